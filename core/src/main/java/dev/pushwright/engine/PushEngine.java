// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.util.concurrent.Striped;
import dev.pushwright.api.Capability;
import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Message;
import dev.pushwright.api.ProfileEnricher;
import dev.pushwright.api.ProfileEvidence;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.User;
import dev.pushwright.engine.PushLog.Sent;
import dev.pushwright.engine.Withheld.Cause;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Profile, recommendation and text in one: asks the policy, chooses the items, has the text written
 * and checked, and remembers what was sent. Thread-safe. {@link #observe} is taken into account by
 * the next {@link #push} of that user without any training; {@link #retrain} fits new models in the
 * background and swaps them in while pushes go on.
 */
public final class PushEngine {

  private final TextWriter writer;
  private final PushPolicy policy;
  private final PushLog log;
  private final EngineClock clock;
  private final Function<String, Optional<User>> users;
  private final Locale locale;
  private final @Nullable Currency currency;
  private final long seed;

  // One push of a user at a time, so that two at once cannot both slip under a cap.
  private final Striped<Lock> userLocks = Striped.lock(256);
  private final Generations generations;

  private PushEngine(Builder b) {
    Plugins plugins = b.plugins == null ? Plugins.load() : b.plugins;
    Profiler profiler = b.profiler.apply(plugins);
    Recommender recommender = b.recommender.apply(plugins);
    this.writer = new TextWriter(b.generator.apply(plugins), b.fallbackGenerator.apply(plugins));
    this.policy = b.policy;
    this.log = b.log;
    this.clock = new EngineClock(b.clock);
    this.users = b.users;
    this.locale = b.locale;
    this.currency = b.currency;
    this.seed = b.seed;
    this.generations =
        new Generations(
            new Training(profiler, recommender, writer, b.enrichments, clock, b.fitContext),
            b.data,
            b.executor);
  }

  /**
   * Starts an engine.
   *
   * @param data what it is fitted to when it is built
   * @return a builder of an engine of {@code tfidf}, {@code item-knn} and {@code template}
   */
  public static Builder builder(Dataset data) {
    return new Builder(data);
  }

  /**
   * Decides about a recommendation on Android, now.
   *
   * @param userId to whom; a user never seen gets what is popular, unless the policy wants personal
   *     pushes only
   * @return a push, which counts as sent from now on, or the reason why there is none
   */
  public PushDecision push(String userId) {
    return push(PushRequest.to(userId).build());
  }

  /**
   * Decides about a push.
   *
   * @param request to whom, where, and under which conditions
   * @return a push, which counts as sent from now on, or the reason why there is none
   */
  public PushDecision push(PushRequest request) {
    Lock lock = userLocks.get(request.userId());
    lock.lock();
    try {
      return decide(request);
    } finally {
      lock.unlock();
    }
  }

  private PushDecision decide(PushRequest request) {
    EngineState now = generations.current();
    Instant at = request.at().orElseGet(clock::now);
    User user = user(now, request.userId());
    List<Sent> sent = log.sentTo(user.id(), at.minus(policy.memory()));
    Optional<Withheld> silent = policy.beforeChoosing(user, at, sent);
    if (silent.isPresent()) {
      return silent.get();
    }
    UserProfile profile = now.profile(ProfileQuery.of(user.id()).withUser(user).at(at), at);
    ItemChooser.Choice choice = ItemChooser.choose(now, policy, request, at, sent);
    if (choice.basis().isFallback() && policy.personalOnly()) {
      return new Withheld(
          user.id(),
          Cause.NOT_PERSONAL,
          "nothing is known of the user that an item could be chosen by",
          null);
    }
    if (choice.items().size() < policy.minItems()) {
      return new Withheld(
          user.id(),
          Cause.TOO_FEW_ITEMS,
          choice.items().size()
              + " items, the policy asks for "
              + policy.minItems()
              + " ("
              + choice.shortfall()
              + ")",
          null);
    }
    ContentRequest content = contentRequest(now, request, user, profile, choice.items(), sent);
    TextWriter.Written written = writer.write(now, content);
    PushContent text = written.text();
    if (text == null) {
      return new Withheld(user.id(), Cause.NO_TEXT, written.reason(), null);
    }
    log.record(
        user.id(),
        new Sent(
            at,
            request.channel(),
            choice.items().stream().map(p -> p.item().id()).toList(),
            new Message(text.title(), text.body())));
    return new Push(user.id(), text, choice.items(), choice.basis(), profile, at);
  }

  private User user(EngineState now, String userId) {
    User user =
        users.apply(userId).or(() -> now.data.user(userId)).orElseGet(() -> User.of(userId));
    if (!user.id().equals(userId)) {
      // One user's push under another's consent and name must never happen.
      throw new IllegalStateException(
          "the users(...) of the engine gave the record of user "
              + user.id()
              + " for user "
              + userId);
    }
    return user;
  }

  /**
   * Who a user is, everything observed so far included.
   *
   * @param userId any text
   * @return the profile as of now
   */
  public UserProfile profile(String userId) {
    EngineState now = generations.current();
    Instant at = clock.now();
    return now.profile(query(now, userId, at), at);
  }

  private ProfileQuery query(EngineState now, String userId, Instant at) {
    ProfileQuery query = ProfileQuery.of(userId).at(at);
    // No record has such an id, and to ask for one would be an error.
    return userId.isBlank() ? query : query.withUser(user(now, userId));
  }

  /**
   * What a tag of a user's profile comes from, event by event, everything observed so far included.
   *
   * @param userId any text
   * @param tag the name of a tag
   * @return the events that speak for it, those with the largest share first; the shares add up to
   *     1, unless there are none
   * @throws UnsupportedOperationException when the profile model explains no tags
   */
  public List<ProfileEvidence> explain(String userId, String tag) {
    EngineState now = generations.current();
    ProfileQuery query = query(now, userId, clock.now());
    return now.profiles.explain(
        now.profiles.capabilities().contains(Capability.FOLD_IN)
            ? query.withHistory(now.historyOf(userId))
            : now.observed(query),
        tag);
  }

  private ContentRequest contentRequest(
      EngineState now,
      PushRequest request,
      User user,
      UserProfile profile,
      List<PushItem> items,
      List<Sent> sent) {
    ContentRequest.Builder content =
        ContentRequest.builder(profile, items)
            .user(user)
            .channel(request.channel())
            .locale(request.locale().or(user::locale).orElse(locale))
            .tone(request.tone())
            .occasion(request.occasion())
            .recent(policy.notRepeated(sent))
            .seed(request.seed().orElseGet(() -> textSeed(user.id(), sent)));
    for (PushItem item : items) {
      for (Reason reason : item.reasons()) {
        if (reason instanceof Reason.OwnItem own) {
          now.data.item(own.itemId()).ifPresent(known -> content.mention(List.of(known)));
        }
      }
    }
    request.oldPrice().ifPresent(content::oldPrice);
    request.facts().forEach(content::fact);
    if (currency != null) {
      content.currency(currency);
    }
    return content.build();
  }

  // Another text after each push, and the same one when the same history is played again.
  private long textSeed(String userId, List<Sent> sent) {
    Hasher hasher =
        Hashing.murmur3_128()
            .newHasher()
            .putLong(seed)
            .putString(userId, StandardCharsets.UTF_8)
            .putInt(sent.size());
    sent.stream()
        .map(Sent::at)
        .max(Instant::compareTo)
        .ifPresent(last -> hasher.putLong(last.getEpochSecond()).putInt(last.getNano()));
    return hasher.hash().asLong();
  }

  /**
   * Something happened. The next push of this user takes it into account; the next {@link #retrain}
   * learns from it, and until then it is kept in memory.
   *
   * @param event the event; its user and its item may be new
   * @throws IllegalArgumentException when it lies more than a day ahead of the engine's clock:
   *     weights fade from the latest event on, and beside one of a far future all others are naught
   */
  public void observe(Event event) {
    Objects.requireNonNull(event, "event");
    Instant now = clock.now();
    if (EngineClock.isAhead(event.at(), now)) {
      throw new IllegalArgumentException(
          "event "
              + event
              + " lies more than a day ahead of the engine's clock, "
              + now
              + "; mend its time, or give the engine the clock(...) that its events go by");
    }
    generations.observe(event);
  }

  /**
   * Fits new models to the data and everything observed so far, in the background, and swaps them
   * in. Pushes go on with the old ones until then. Events observed meanwhile are kept for the next
   * time and still count in each push.
   *
   * @return completes with the data the new models know, or exceptionally when a fit failed: then
   *     everything stays as it was. While one is under way, another call gives the same future. To
   *     cancel it ends the waiting, not the fit.
   */
  public CompletableFuture<Dataset> retrain() {
    return generations.retrain();
  }

  /**
   * As {@link #retrain()}, with a change to the data first, such as new items or the removal of old
   * events. When a fit is under way, this one begins after it.
   *
   * @param change gets the data with everything observed so far, and gives the data to fit to
   * @return as {@link #retrain()}
   */
  public CompletableFuture<Dataset> retrain(UnaryOperator<Dataset> change) {
    return generations.retrain(change);
  }

  /**
   * The data that the models in use were fitted to.
   *
   * @return the data, without what was observed since
   */
  public Dataset data() {
    return generations.current().data;
  }

  /**
   * The profile model in use.
   *
   * @return the model, immutable
   */
  public ProfileModel profileModel() {
    return generations.current().profiles;
  }

  /**
   * The recommender model in use.
   *
   * @return the model, immutable
   */
  public RecommenderModel recommenderModel() {
    return generations.current().recommendations;
  }

  /** Builds a {@link PushEngine}. */
  public static final class Builder {
    private final Dataset data;
    private @Nullable Plugins plugins;
    private Function<Plugins, Profiler> profiler = p -> p.profiler("tfidf", Options.none());
    private Function<Plugins, Recommender> recommender =
        p -> p.recommender("item-knn", Options.none());
    private Function<Plugins, ContentGenerator> generator =
        p -> p.generator(TextWriter.FALLBACK, Options.none());
    private Function<Plugins, Optional<ContentGenerator>> fallbackGenerator =
        TextWriter::installedFallback;
    private final List<ProfileEnricher.Fit> enrichments = new ArrayList<>();
    private PushPolicy policy = PushPolicy.standard();
    private PushLog log = new MemoryPushLog();
    private Clock clock = Clock.systemUTC();
    private Function<String, Optional<User>> users = id -> Optional.empty();
    private Locale locale = Locale.ENGLISH;
    private @Nullable Currency currency;
    private long seed;
    private FitContext fitContext = FitContext.standard();
    private Executor executor = PushEngine::inBackground;

    private Builder(Dataset data) {
      this.data = Objects.requireNonNull(data, "data");
    }

    /**
     * Sets where plug-ins are looked up by name; {@link Plugins#load()} where it is not set.
     *
     * @param plugins the plug-ins
     * @return this
     */
    public Builder plugins(Plugins plugins) {
      this.plugins = Objects.requireNonNull(plugins, "plugins");
      return this;
    }

    /**
     * Sets the profiler by name.
     *
     * @param name its name
     * @return this
     */
    public Builder profiler(String name) {
      return profiler(name, Options.none());
    }

    /**
     * Sets the profiler by name.
     *
     * @param name its name
     * @param options its options
     * @return this
     */
    public Builder profiler(String name, Options options) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(options, "options");
      this.profiler = p -> p.profiler(name, options);
      return this;
    }

    /**
     * Sets the profiler.
     *
     * @param profiler the algorithm
     * @return this
     */
    public Builder profiler(Profiler profiler) {
      Objects.requireNonNull(profiler, "profiler");
      this.profiler = p -> profiler;
      return this;
    }

    /**
     * Sets the recommender by name.
     *
     * @param name its name
     * @return this
     */
    public Builder recommender(String name) {
      return recommender(name, Options.none());
    }

    /**
     * Sets the recommender by name.
     *
     * @param name its name
     * @param options its options
     * @return this
     */
    public Builder recommender(String name, Options options) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(options, "options");
      this.recommender = p -> p.recommender(name, options);
      return this;
    }

    /**
     * Sets the recommender.
     *
     * @param recommender the algorithm
     * @return this
     */
    public Builder recommender(Recommender recommender) {
      Objects.requireNonNull(recommender, "recommender");
      this.recommender = p -> recommender;
      return this;
    }

    /**
     * Sets the generator by name.
     *
     * @param name its name
     * @return this
     */
    public Builder generator(String name) {
      return generator(name, Options.none());
    }

    /**
     * Sets the generator by name.
     *
     * @param name its name
     * @param options its options
     * @return this
     */
    public Builder generator(String name, Options options) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(options, "options");
      this.generator = p -> p.generator(name, options);
      return this;
    }

    /**
     * Sets the generator.
     *
     * @param generator the algorithm
     * @return this
     */
    public Builder generator(ContentGenerator generator) {
      Objects.requireNonNull(generator, "generator");
      this.generator = p -> generator;
      return this;
    }

    /**
     * Sets what writes when the generator refuses or fails; where it is not set, {@code template}
     * does if it is installed.
     *
     * @param generator the algorithm
     * @return this
     */
    public Builder fallbackGenerator(ContentGenerator generator) {
      Objects.requireNonNull(generator, "generator");
      this.fallbackGenerator = p -> Optional.of(generator);
      return this;
    }

    /**
     * Adds something that adds to profiles. Each gets what those before it gave.
     *
     * @param enricher asked in each push, from many threads
     * @return this
     */
    public Builder enrich(ProfileEnricher enricher) {
      Objects.requireNonNull(enricher, "enricher");
      return fitEnricher((data, profiles, context) -> enricher);
    }

    /**
     * Adds something to every profile that is learned from the same data, such as segments, and
     * learned again by {@link PushEngine#retrain}; several work in the order they are given.
     *
     * @param fit called at each training
     * @return this
     */
    public Builder fitEnricher(ProfileEnricher.Fit fit) {
      enrichments.add(Objects.requireNonNull(fit, "fit"));
      return this;
    }

    /**
     * Sets when it is better to be silent.
     *
     * @param policy the policy
     * @return this
     */
    public Builder policy(PushPolicy policy) {
      this.policy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets where is remembered what was sent; in memory where it is not set.
     *
     * @param log the log
     * @return this
     */
    public Builder log(PushLog log) {
      this.log = Objects.requireNonNull(log, "log");
      return this;
    }

    /**
     * Sets what tells the time; the system's clock where it is not set.
     *
     * @param clock the clock
     * @return this
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets where users' records are looked up first, such as a live consent table; a user who is
     * not there is looked up in the data.
     *
     * @param users gives a user's record; called in each push, from many threads
     * @return this
     */
    public Builder users(Function<String, Optional<User>> users) {
      this.users = Objects.requireNonNull(users, "users");
      return this;
    }

    /**
     * Sets the language of users whose own is not known; English where it is not set.
     *
     * @param locale the locale
     * @return this
     */
    public Builder locale(Locale locale) {
      this.locale = Objects.requireNonNull(locale, "locale");
      return this;
    }

    /**
     * Sets the currency of all prices.
     *
     * @param currency the currency
     * @return this
     */
    public Builder currency(Currency currency) {
      this.currency = Objects.requireNonNull(currency, "currency");
      return this;
    }

    /**
     * Sets the seed that the choice among texts starts from; 0 where it is not set.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Sets threads and progress of all fits.
     *
     * @param fitContext the circumstances
     * @return this
     */
    public Builder fitContext(FitContext fitContext) {
      this.fitContext = Objects.requireNonNull(fitContext, "fitContext");
      return this;
    }

    /**
     * Sets what runs {@link PushEngine#retrain}; a thread of its own each time where it is not set.
     *
     * @param executor the executor
     * @return this
     */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Fits the models, on the calling thread.
     *
     * @return an engine that is ready
     * @throws IllegalArgumentException when a plug-in or an option is not there
     */
    public PushEngine build() {
      return new PushEngine(this);
    }
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "pushwright-retrain");
    thread.setDaemon(true);
    thread.start();
  }
}
