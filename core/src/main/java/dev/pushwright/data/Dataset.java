// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import com.google.common.base.Suppliers;
import dev.pushwright.math.SparseRows;
import java.nio.file.Path;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.RandomAccess;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * A snapshot of all that is known: items, users and events. Immutable and thread-safe; {@link
 * #toBuilder()} starts the next one. Events are kept in columns (33 bytes each beside the indices),
 * ordered by user and then by time; events of one user at one instant keep the order in which they
 * came.
 */
public final class Dataset {

  private static final EventType[] TYPES = EventType.values();

  private final IdIndex itemIndex;
  private final IdIndex userIndex;
  private final List<Item> items;
  private final List<User> users;

  // Events of user u stand at starts[u] to starts[u + 1]; item is the dense item or, of a search,
  // −1 − query.
  private final int[] starts;
  private final int[] item;
  private final byte[] type;
  private final double[] value;
  private final double[] amount;
  private final long[] second;
  private final int[] nano;
  private final List<String> queries;

  private final Instant earliest;
  private final Instant latest;
  private final SparseRows seen;
  private final Supplier<String> fingerprint = Suppliers.memoize(this::computeFingerprint);

  private Dataset(Builder b) {
    this.items = List.copyOf(b.collectItems());
    this.users = List.copyOf(b.collectUsers());
    this.itemIndex = IdIndex.of(items.stream().map(Item::id).toList());
    this.userIndex = IdIndex.of(users.stream().map(User::id).toList());
    int n = b.events.size();
    int[] userOf = new int[n];
    this.starts = new int[users.size() + 1];
    for (int e = 0; e < n; e++) {
      userOf[e] = userIndex.find(b.events.get(e).userId()).orElseThrow();
      starts[userOf[e] + 1]++;
    }
    for (int u = 0; u < users.size(); u++) {
      starts[u + 1] += starts[u];
    }
    // A counting sort by user keeps the order of arrival; then each user's few are sorted by time,
    // stably.
    Event[] ordered = new Event[n];
    int[] next = Arrays.copyOf(starts, users.size());
    for (int e = 0; e < n; e++) {
      ordered[next[userOf[e]]++] = b.events.get(e);
    }
    for (int u = 0; u < users.size(); u++) {
      Arrays.sort(ordered, starts[u], starts[u + 1], Comparator.comparing(Event::at));
    }
    this.item = new int[n];
    this.type = new byte[n];
    this.value = new double[n];
    this.amount = new double[n];
    this.second = new long[n];
    this.nano = new int[n];
    List<String> searched = new ArrayList<>();
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
    for (int e = 0; e < n; e++) {
      Event event = ordered[e];
      type[e] = (byte) event.type().ordinal();
      second[e] = event.at().getEpochSecond();
      nano[e] = event.at().getNano();
      first = event.at().isBefore(first) ? event.at() : first;
      last = event.at().isAfter(last) ? event.at() : last;
      if (event instanceof Interaction interaction) {
        item[e] = itemIndex.find(interaction.itemId()).orElseThrow();
        value[e] = interaction.value();
        amount[e] = interaction.amount();
      } else if (event instanceof Search search) {
        item[e] = -1 - searched.size();
        searched.add(search.query());
      }
    }
    this.queries = List.copyOf(searched);
    this.earliest = n == 0 ? Instant.EPOCH : first;
    this.latest = n == 0 ? Instant.EPOCH : last;
    this.seen = computeSeen();
  }

  private SparseRows computeSeen() {
    SparseRows.Builder rows = SparseRows.builder(items.size());
    for (int u = 0; u < users.size(); u++) {
      int[] row = new int[starts[u + 1] - starts[u]];
      int size = 0;
      for (int e = starts[u]; e < starts[u + 1]; e++) {
        if (item[e] >= 0 && TYPES[type[e]].marksSeen()) {
          row[size++] = item[e];
        }
      }
      Arrays.sort(row, 0, size);
      for (int p = 0; p < size; p++) {
        if (p == 0 || row[p] != row[p - 1]) {
          rows.add(row[p], 1);
        }
      }
      rows.endRow();
    }
    return rows.build();
  }

  /**
   * Starts an empty data set.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads a file of items and a file of events, both CSV with a header in the usual words; {@link
   * CsvIngest} is for any other file, for cleaning rules and for the report.
   *
   * @param items the items, such as {@code item_id,title,category,price}
   * @param events the events, such as {@code user_id,item_id,event,timestamp}
   * @return the data; how many rows were accepted, merged and rejected is logged
   * @throws IngestException when a file cannot be read, its columns are not understood, or more
   *     than 1 % of its rows are malformed
   */
  public static Dataset fromCsv(Path items, Path events) {
    IngestResult result = CsvIngest.builder().add(items).add(events).read();
    IngestReport.Counts total = result.report().total();
    LoggerFactory.getLogger(Dataset.class)
        .info(
            "read {} rows of {} and {}: accepted {}, merged {}, rejected {}",
            total.read(),
            items.getFileName(),
            events.getFileName(),
            total.accepted(),
            total.mergedRows(),
            total.rejectedRows());
    return result.dataset();
  }

  /**
   * A builder that starts from everything here.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    Builder b = new Builder();
    items.forEach(b::add);
    users.forEach(b::add);
    b.addAll(events());
    return b;
  }

  /**
   * The item ids; dense item integers everywhere refer to this.
   *
   * @return all items of the catalogue and of the events
   */
  public IdIndex items() {
    return itemIndex;
  }

  /**
   * The user ids; dense user integers everywhere refer to this.
   *
   * @return all users of the user records and of the events
   */
  public IdIndex users() {
    return userIndex;
  }

  /**
   * The items in the order of {@link #items()}. One known from events only has its id for a title.
   *
   * @return an unmodifiable list
   */
  public List<Item> catalogue() {
    return items;
  }

  /**
   * The users in the order of {@link #users()}. One known from events only has no attributes.
   *
   * @return an unmodifiable list
   */
  public List<User> userRecords() {
    return users;
  }

  /**
   * An item by its id.
   *
   * @param itemId any text
   * @return the item, or empty when there is none
   */
  public Optional<Item> item(String itemId) {
    OptionalInt index = itemIndex.find(itemId);
    return index.isPresent() ? Optional.of(items.get(index.getAsInt())) : Optional.empty();
  }

  /**
   * A user by id.
   *
   * @param userId any text
   * @return the user, or empty when there is none
   */
  public Optional<User> user(String userId) {
    OptionalInt index = userIndex.find(userId);
    return index.isPresent() ? Optional.of(users.get(index.getAsInt())) : Optional.empty();
  }

  /**
   * How many events there are.
   *
   * @return at least 0
   */
  public int eventCount() {
    return item.length;
  }

  /**
   * Whether there is an event of a type; looks at no more than the types.
   *
   * @param wanted the type
   * @return whether there is one
   */
  public boolean hasEvent(EventType wanted) {
    byte ordinal = (byte) wanted.ordinal();
    for (byte each : type) {
      if (each == ordinal) {
        return true;
      }
    }
    return false;
  }

  /**
   * All events, by user and then by time.
   *
   * @return an unmodifiable list that makes each event when asked for it
   */
  public List<Event> events() {
    return new EventList(0, item.length);
  }

  /**
   * The events of one user, by time.
   *
   * @param userId any text; a user who is not here has none
   * @return an unmodifiable list that makes each event when asked for it
   */
  public List<Event> eventsOf(String userId) {
    OptionalInt user = userIndex.find(userId);
    return user.isPresent()
        ? new EventList(starts[user.getAsInt()], starts[user.getAsInt() + 1])
        : List.of();
  }

  /**
   * The instant of the first event.
   *
   * @return the instant, {@link Instant#EPOCH} when there is no event
   */
  public Instant earliest() {
    return earliest;
  }

  /**
   * The instant of the last event: the "now" that the age of events is counted to where no other is
   * given.
   *
   * @return the instant, {@link Instant#EPOCH} when there is no event
   */
  public Instant latest() {
    return latest;
  }

  /**
   * Whether the events carry times. Without a time column every event stands at {@link
   * Instant#EPOCH}: nothing fades, and a split by time has nothing to go by.
   *
   * @return whether any event stands elsewhere
   */
  public boolean timed() {
    return !latest.equals(Instant.EPOCH) || !earliest.equals(Instant.EPOCH);
  }

  /**
   * The items each user has seen, in the sense of {@link EventType#marksSeen()}.
   *
   * @return users × items, 1 where seen
   */
  public SparseRows seen() {
    return seen;
  }

  /**
   * The weights of all events as of {@link #latest()}.
   *
   * @param weighting what each event weighs
   * @return the matrix
   */
  public InteractionMatrix interactions(Weighting weighting) {
    return interactions(weighting, latest);
  }

  /**
   * The weights of all events.
   *
   * @param weighting what each event weighs
   * @param at the instant that ages are counted to
   * @return the matrix
   */
  public InteractionMatrix interactions(Weighting weighting, Instant at) {
    return InteractionMatrix.of(this, weighting, at);
  }

  /** All events weighed, in the order of a matrix. */
  WeighedEvents weighed(Weighting weighting, Instant at) {
    return new WeighedEvents(
        starts,
        item,
        type,
        items.size(),
        weighting.combine(),
        (user, weights) -> weigh(user, weighting, at, weights));
  }

  private void weigh(int user, Weighting weighting, Instant at, double[] weights) {
    int from = starts[user];
    for (int e = from; e < starts[user + 1]; e++) {
      weights[e - from] =
          item[e] < 0
              ? WeighedEvents.NOTHING
              : weighting.weigh(TYPES[type[e]], value[e], second[e], nano[e], at);
    }
  }

  /**
   * A digest of all content. Equal data give equal fingerprints in whatever order they were added,
   * but for the events of one user at one instant, whose order is content.
   *
   * @return 16 hexadecimal digits
   */
  public String fingerprint() {
    return fingerprint.get();
  }

  private String computeFingerprint() {
    Fingerprint all = new Fingerprint().number(items.size()).number(users.size());
    for (Item i : items) {
      all.text(i.id()).number(i.price().orElse(-1)).text(i.title());
      texts(all, i.attributes());
      all.number(i.tags().size());
      i.tags().forEach(all::text);
      all.number(i.vectorNames().size());
      for (String name : new TreeSet<>(i.vectorNames())) {
        all.text(name).number(i.vector(name).length).numbers(i.vector(name));
      }
    }
    for (User u : users) {
      texts(all.text(u.id()), u.attributes());
    }
    all.numbers(starts).bytes(type).numbers(second).numbers(nano);
    all.numbers(item).numbers(value).numbers(amount);
    queries.forEach(all::text);
    return all.digits();
  }

  private static void texts(Fingerprint all, Map<String, String> texts) {
    all.number(texts.size());
    texts.forEach((name, text) -> all.text(name).text(text));
  }

  @Override
  public String toString() {
    return users.size() + " users, " + items.size() + " items, " + item.length + " events";
  }

  private final class EventList extends AbstractList<Event> implements RandomAccess {
    private final int from;
    private final int to;
    private final int firstUser;

    EventList(int from, int to) {
      this.from = from;
      this.to = to;
      this.firstUser = from == to ? 0 : userAt(from);
    }

    @Override
    public Event get(int index) {
      int e = from + Objects.checkIndex(index, to - from);
      // Of one user's events the user is known; of all events it is looked up.
      int user = e < starts[firstUser + 1] ? firstUser : userAt(e);
      Instant at = Instant.ofEpochSecond(second[e], nano[e]);
      String userId = userIndex.id(user);
      return item[e] < 0
          ? new Search(userId, queries.get(-1 - item[e]), at)
          : new Interaction(userId, itemIndex.id(item[e]), TYPES[type[e]], value[e], amount[e], at);
    }

    private int userAt(int e) {
      int found = Arrays.binarySearch(starts, e + 1);
      int user = found >= 0 ? found : -found - 1;
      // Users without events share a start: step back to the first whose end lies beyond e.
      while (user > 0 && starts[user - 1] > e) {
        user--;
      }
      return user - 1;
    }

    @Override
    public int size() {
      return to - from;
    }
  }

  /** Collects a {@link Dataset} from objects and streams. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Map<String, User> users = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();

    private Builder() {}

    /**
     * Adds an item to the catalogue.
     *
     * @param item the item
     * @return this
     * @throws IllegalArgumentException when another item of this id was added; {@link
     *     #replace(Item)} is for that
     */
    public Builder add(Item item) {
      Item before = items.putIfAbsent(item.id(), item);
      if (before != null && !before.equals(item)) {
        throw new IllegalArgumentException(
            "item " + item.id() + " was added twice and differs; use replace(item) to change it");
      }
      return this;
    }

    /**
     * Adds an item, or puts it in the place of the one with the same id.
     *
     * @param item the item
     * @return this
     */
    public Builder replace(Item item) {
      items.put(item.id(), item);
      return this;
    }

    /**
     * Adds a user record.
     *
     * @param user the user
     * @return this
     * @throws IllegalArgumentException when another record of this id was added; {@link
     *     #replace(User)} is for that
     */
    public Builder add(User user) {
      User before = users.putIfAbsent(user.id(), user);
      if (before != null && !before.equals(user)) {
        throw new IllegalArgumentException(
            "user " + user.id() + " was added twice and differs; use replace(user) to change it");
      }
      return this;
    }

    /**
     * Adds a user record, or puts it in the place of the one with the same id.
     *
     * @param user the user
     * @return this
     */
    public Builder replace(User user) {
      users.put(user.id(), user);
      return this;
    }

    /**
     * Adds an event. The same event twice counts twice.
     *
     * @param event the event; its user and its item need no record of their own
     * @return this
     */
    public Builder add(Event event) {
      events.add(Objects.requireNonNull(event, "event"));
      return this;
    }

    /**
     * Adds events.
     *
     * @param events the events
     * @return this
     */
    public Builder addAll(Collection<? extends Event> events) {
      events.forEach(this::add);
      return this;
    }

    /**
     * Adds events.
     *
     * @param events the events; the stream is read to its end and closed
     * @return this
     */
    public Builder addAll(Stream<? extends Event> events) {
      try (events) {
        events.forEachOrdered(this::add);
      }
      return this;
    }

    private Collection<Item> collectItems() {
      Map<String, Item> all = new LinkedHashMap<>(items);
      for (Event event : events) {
        if (event instanceof Interaction interaction) {
          all.computeIfAbsent(interaction.itemId(), Item::of);
        }
      }
      List<Item> sorted = new ArrayList<>(all.values());
      sorted.sort(Comparator.comparing(Item::id));
      return Collections.unmodifiableList(sorted);
    }

    private Collection<User> collectUsers() {
      Map<String, User> all = new LinkedHashMap<>(users);
      for (Event event : events) {
        all.computeIfAbsent(event.userId(), User::of);
      }
      List<User> sorted = new ArrayList<>(all.values());
      sorted.sort(Comparator.comparing(User::id));
      return Collections.unmodifiableList(sorted);
    }

    /**
     * The data set of all that was added.
     *
     * @return an immutable data set
     */
    public Dataset build() {
      return new Dataset(this);
    }
  }
}
