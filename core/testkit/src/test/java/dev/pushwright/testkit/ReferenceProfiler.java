// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.ProfilerProvider;
import dev.pushwright.spi.Settings;
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
    return Set.of(Capability.FOLD_IN);
  }

  @Override
  public Profiler create(Options options) {
    Settings settings = options().resolve(options);
    return (data, context) -> fit(settings, data, context);
  }

  ProfileModel fit(Settings settings, Dataset data, FitContext context) {
    context.checkCancelled();
    Map<String, List<String>> itemsOf = new TreeMap<>();
    for (String user : data.users().ids()) {
      itemsOf.put(user, items(data.eventsOf(user)));
    }
    Map<String, Set<String>> tags = new TreeMap<>();
    for (Item item : data.catalogue()) {
      tags.put(item.id(), item.tags());
    }
    Provenance provenance = Provenance.of(name(), settings.asText(), data.fingerprint());
    return new Model(this, provenance, itemsOf, tags, settings.get(MAX_TAGS));
  }

  private static List<String> items(List<? extends Event> events) {
    return events.stream()
        .filter(Interaction.class::isInstance)
        .map(event -> ((Interaction) event).itemId())
        .toList();
  }

  @Override
  public ProfileModel read(ModelReader in, Provenance provenance) {
    List<String> users = in.texts("users");
    List<List<String>> itemLists = in.textLists("itemsOf", users.size());
    List<String> items = in.texts("items");
    List<List<String>> tagLists = in.textLists("tags", items.size());
    Map<String, List<String>> itemsOf = new TreeMap<>();
    for (int u = 0; u < users.size(); u++) {
      itemsOf.put(users.get(u), itemLists.get(u));
    }
    Map<String, Set<String>> tags = new TreeMap<>();
    for (int i = 0; i < items.size(); i++) {
      tags.put(items.get(i), Set.copyOf(tagLists.get(i)));
    }
    int maxTags = options().resolve(provenance).get(MAX_TAGS);
    return new Model(this, provenance, itemsOf, tags, maxTags);
  }

  UserProfile answer(Model model, ProfileQuery query) {
    return model.sound(query);
  }

  record Model(
      ReferenceProfiler provider,
      Provenance provenance,
      Map<String, List<String>> itemsOf,
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
      out.texts("users", List.copyOf(itemsOf.keySet()))
          .textLists("itemsOf", List.copyOf(itemsOf.values()))
          .texts("items", List.copyOf(tags.keySet()))
          .textLists("tags", tags.values().stream().map(TreeSet::new).toList());
    }

    UserProfile sound(ProfileQuery query) {
      List<String> items =
          query
              .history()
              .map(ReferenceProfiler::items)
              .orElseGet(() -> itemsOf.getOrDefault(query.userId(), List.of()));
      Basis basis = query.history().isPresent() ? Basis.HISTORY : Basis.TRAINED;
      boolean foldIn = capabilities().contains(Capability.FOLD_IN);
      Map<String, Integer> counts = new TreeMap<>();
      for (String item : items) {
        if (tags.containsKey(item) && (basis == Basis.TRAINED || foldIn)) {
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
