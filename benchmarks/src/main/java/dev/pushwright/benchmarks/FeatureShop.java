// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.Splits;
import dev.pushwright.profile.TfIdfProfiler;
import dev.pushwright.profile.cluster.SegmentMembership;
import dev.pushwright.profile.cluster.SegmentModel;
import dev.pushwright.profile.cluster.Segmentation;
import dev.pushwright.profile.text.Language;
import dev.pushwright.profile.text.TextAnalyzers;
import dev.pushwright.profile.vectors.CooccurrenceVectors;
import dev.pushwright.profile.vectors.ItemVectors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A shop's sales cut in two at an instant, and what may be known of it by then: profiles of its
 * customers, their segments, and vectors of items by what is bought together. Nothing of the second
 * part is in any of them.
 *
 * @param split the sales; items carry the vector {@value #VECTOR}, customers the attribute {@value
 *     #SEGMENT}
 * @param profiles of the customers as of the cut, by id
 */
record FeatureShop(Split split, Map<String, UserProfile> profiles) {

  static final String VECTOR = "basket";
  static final String SEGMENT = "segment";

  private static final double TEST_SHARE = 0.2;

  /**
   * Reads a file of UCI Online Retail.
   *
   * @param validation whether the second part is cut from the first one, so that options can be
   *     chosen by it
   */
  static FeatureShop read(Path file, int vectorDimensions, boolean validation, FitContext context) {
    Dataset all = CsvIngest.builder().add(file, CsvMapping.named("online-retail")).read().dataset();
    Split split = Splits.byTime(all, TEST_SHARE);
    return of(
        validation ? Splits.byTime(split.train(), TEST_SHARE) : split, vectorDimensions, context);
  }

  /** What may be known of the first part of a split. */
  static FeatureShop of(Split split, int vectorDimensions, FitContext context) {
    Dataset train = split.train();
    ProfileModel profiler =
        TfIdfProfiler.builder()
            .stopWords("set", "pack", "of", "design")
            .build()
            .fit(train, context);
    SegmentModel segments =
        Segmentation.builder().segments(6).build().fit(train, profiler, context);
    Dataset.Builder with = train.toBuilder();
    for (User user : train.userRecords()) {
      segmentOf(segments, user.id())
          .ifPresent(segment -> with.replace(user.with(SEGMENT, segment)));
    }
    Dataset known = with.build();
    Optional<ItemVectors> vectors = Optional.empty();
    if (vectorDimensions > 0) {
      vectors =
          Optional.of(
              CooccurrenceVectors.builder()
                  .dimensions(vectorDimensions)
                  .build()
                  .fitItems(known, TextAnalyzers.of(Language.ENGLISH), context));
      known = vectors.get().attachTo(known, VECTOR);
    }
    Map<String, UserProfile> profiles = new TreeMap<>();
    for (String user : split.test().keySet()) {
      if (!known.eventsOf(user).isEmpty()) {
        UserProfile.Builder profile = profiler.profile(user).toBuilder();
        segmentOf(segments, user).ifPresent(profile::segment);
        Dataset data = known;
        vectors
            .map(v -> v.userVector(data.eventsOf(user), Weighting.standard(), data.latest()))
            .filter(vector -> vector.length > 0)
            .ifPresent(vector -> profile.vector(VECTOR, vector));
        profiles.put(user, profile.build());
      }
    }
    return new FeatureShop(new Split(known, split.test(), split.report()), profiles);
  }

  private static Optional<String> segmentOf(SegmentModel segments, String user) {
    return segments.segmentOf(user).map(SegmentMembership::segment).map(s -> s.name());
  }

  Dataset train() {
    return split.train();
  }

  User record(String user) {
    return train().user(user).orElseGet(() -> User.of(user));
  }

  /** The items of the catalogue that a customer bought before the cut. */
  Set<String> before(String user) {
    return items(train().eventsOf(user));
  }

  /** The items of the catalogue that a customer bought after the cut and not before. */
  List<String> wanted(String user) {
    Set<String> items = items(split.test().getOrDefault(user, List.of()));
    items.removeAll(before(user));
    items.removeIf(item -> !train().items().contains(item));
    return List.copyOf(items);
  }

  private static Set<String> items(List<Event> events) {
    Set<String> items = new TreeSet<>();
    for (Event event : events) {
      if (event instanceof Interaction interaction) {
        items.add(interaction.itemId());
      }
    }
    return items;
  }
}
