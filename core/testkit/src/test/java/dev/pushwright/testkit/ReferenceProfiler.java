// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import com.google.common.base.Splitter;
import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileEvidence;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.ProfileState;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.ProfilerProvider;
import dev.pushwright.spi.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts the tags of what a user did something with; the smallest profiler that is sound. */
public class ReferenceProfiler implements ProfilerProvider {

  private static final OptionSpec<Integer> MAX_TAGS =
      OptionSpec.integer("maxTags", 20, 1, 1000, "How many tags a profile has at most.");

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String description() {
    return "Counts tags.";
  }

  @Override
  public OptionSet options() {
    return OptionSet.of(MAX_TAGS);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.FOLD_IN, Capability.UPDATE, Capability.EXPLAIN);
  }

  @Override
  public Profiler create(Options options) {
    Settings settings = options().resolve(options);
    return (data, context) -> fit(settings, data, context);
  }

  ProfileModel fit(Settings settings, Dataset data, FitContext context) {
    context.checkCancelled();
    Map<String, List<Deed>> deedsOf = new TreeMap<>();
    for (String user : data.users().ids()) {
      deedsOf.put(user, deeds(data.eventsOf(user)));
    }
    Map<String, Set<String>> tags = new TreeMap<>();
    for (Item item : data.catalogue()) {
      tags.put(item.id(), item.tags());
    }
    Provenance provenance = Provenance.of(name(), settings.asText(), data.fingerprint());
    return new Model(this, provenance, deedsOf, tags, settings.get(MAX_TAGS));
  }

  /** What is kept of an event. */
  record Deed(String item, EventType type, Instant at) {
    static Deed of(Interaction event) {
      return new Deed(event.itemId(), event.type(), event.at());
    }

    static Deed parse(String text) {
      List<String> parts = Splitter.on(' ').limit(3).splitToList(text);
      return new Deed(parts.get(2), EventType.valueOf(parts.get(0)), Instant.parse(parts.get(1)));
    }

    @Override
    public String toString() {
      return type + " " + at + " " + item;
    }
  }

  /** What is kept of a user. */
  record State(ReferenceProfiler provider, String userId, List<Deed> deeds, boolean added)
      implements ProfileState {
    @Override
    public ProfileState plus(Event event) {
      return provider.plus(this, event);
    }
  }

  State plus(State state, Event event) {
    if (!event.userId().equals(state.userId())) {
      throw new IllegalArgumentException(event.userId() + " is not " + state.userId());
    }
    List<Deed> deeds = new ArrayList<>(state.deeds());
    deeds.addAll(deeds(List.of(event)));
    return new State(this, state.userId(), List.copyOf(deeds), true);
  }

  private static List<Deed> deeds(List<? extends Event> events) {
    return events.stream()
        .filter(Interaction.class::isInstance)
        .map(event -> Deed.of((Interaction) event))
        .toList();
  }

  @Override
  public ProfileModel read(ModelReader in, Provenance provenance) {
    List<String> users = in.texts("users");
    List<List<String>> deedLists = in.textLists("deedsOf", users.size());
    List<String> items = in.texts("items");
    List<List<String>> tagLists = in.textLists("tags", items.size());
    Map<String, List<Deed>> deedsOf = new TreeMap<>();
    for (int u = 0; u < users.size(); u++) {
      deedsOf.put(users.get(u), deedLists.get(u).stream().map(Deed::parse).toList());
    }
    Map<String, Set<String>> tags = new TreeMap<>();
    for (int i = 0; i < items.size(); i++) {
      tags.put(items.get(i), Set.copyOf(tagLists.get(i)));
    }
    int maxTags = options().resolve(provenance).get(MAX_TAGS);
    return new Model(this, provenance, deedsOf, tags, maxTags);
  }

  UserProfile answer(Model model, ProfileQuery query) {
    return model.sound(query);
  }

  boolean does(Capability capability) {
    return capabilities().contains(capability);
  }

  List<ProfileEvidence> evidence(Model model, ProfileQuery query, String tag) {
    return model.soundEvidence(query, tag);
  }

  record Model(
      ReferenceProfiler provider,
      Provenance provenance,
      Map<String, List<Deed>> deedsOf,
      Map<String, Set<String>> tags,
      int maxTags)
      implements ProfileModel {

    @Override
    public Set<Capability> capabilities() {
      return provider.capabilities();
    }

    @Override
    public UserProfile profile(ProfileQuery query) {
      return provider.answer(this, query);
    }

    @Override
    public void save(ModelWriter out) {
      out.texts("users", List.copyOf(deedsOf.keySet()))
          .textLists(
              "deedsOf",
              deedsOf.values().stream()
                  .map(deeds -> deeds.stream().map(Deed::toString).toList())
                  .toList())
          .texts("items", List.copyOf(tags.keySet()))
          .textLists("tags", tags.values().stream().map(TreeSet::new).toList());
    }

    @Override
    public ProfileState state(String userId) {
      return provider.does(Capability.UPDATE)
          ? new State(provider, userId, deedsOf.getOrDefault(userId, List.of()), false)
          : ProfileModel.super.state(userId);
    }

    @Override
    public List<ProfileEvidence> explain(ProfileQuery query, String tag) {
      return provider.does(Capability.EXPLAIN)
          ? provider.evidence(this, query, tag)
          : ProfileModel.super.explain(query, tag);
    }

    private List<Deed> deeds(ProfileQuery query) {
      return query
          .history()
          .map(ReferenceProfiler::deeds)
          .or(() -> query.state().map(state -> ((State) state).deeds()))
          .orElseGet(() -> deedsOf.getOrDefault(query.userId(), List.of()));
    }

    List<ProfileEvidence> soundEvidence(ProfileQuery query, String tag) {
      List<Deed> deeds =
          deeds(query).stream()
              .filter(deed -> tags.getOrDefault(deed.item(), Set.of()).contains(tag))
              .toList();
      return deeds.stream()
          .map(
              deed ->
                  new ProfileEvidence(deed.type(), deed.item(), deed.at(), 1, 1.0 / deeds.size()))
          .toList();
    }

    UserProfile sound(ProfileQuery query) {
      List<String> items = deeds(query).stream().map(Deed::item).toList();
      boolean told =
          query.history().isPresent()
              || query.state().filter(state -> ((State) state).added()).isPresent();
      Basis basis = told ? Basis.HISTORY : Basis.TRAINED;
      boolean foldIn = capabilities().contains(Capability.FOLD_IN);
      Map<String, Integer> counts = new TreeMap<>();
      for (String item : items) {
        if (tags.containsKey(item) && (query.history().isEmpty() || foldIn)) {
          tags.get(item).forEach(tag -> counts.merge(tag, 1, Integer::sum));
        }
      }
      if (counts.isEmpty()) {
        return UserProfile.empty(query.userId());
      }
      List<Map.Entry<String, Integer>> top =
          counts.entrySet().stream()
              .sorted(
                  Map.Entry.<String, Integer>comparingByValue()
                      .reversed()
                      .thenComparing(Map.Entry.comparingByKey()))
              .limit(maxTags)
              .toList();
      double sum = top.stream().mapToInt(Map.Entry::getValue).sum();
      UserProfile.Builder profile = UserProfile.builder(query.userId(), basis);
      top.forEach(tag -> profile.tag(tag.getKey(), tag.getValue() / sum));
      return profile.build();
    }
  }
}
