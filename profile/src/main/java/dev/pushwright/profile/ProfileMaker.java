// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Dwell;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.UserProfile.Rfm;
import dev.pushwright.data.EventType;
import dev.pushwright.profile.TfIdfModel.Knowledge;
import dev.pushwright.profile.text.SparseVector;
import dev.pushwright.spi.Settings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;

/** Writes a {@link Behaviour} down as a {@link UserProfile}. Immutable and thread-safe. */
final class ProfileMaker {

  /**
   * About whom.
   *
   * @param userId any text
   * @param trained what training knew
   * @param trainedZone the zone that training counted the visits in
   * @param trainedSegment the segment that training counted the user to
   * @param zone whose clock the user goes by
   * @param segment the user's segment
   */
  record Subject(
      String userId,
      Behaviour trained,
      ZoneId trainedZone,
      Optional<String> trainedSegment,
      ZoneId zone,
      Optional<String> segment) {}

  private static final int HOURS = 24;

  private final int maxTags;
  private final Knowledge knowledge;
  private final Population population;

  ProfileMaker(Settings settings, Knowledge knowledge, Population population) {
    this.maxTags = settings.get(TfIdfProfiler.MAX_TAGS);
    this.knowledge = knowledge;
    this.population = population;
  }

  /**
   * A profile.
   *
   * @param subject of whom
   * @param basis what the behaviour comes from
   * @param behaviour what the user did
   * @param replaces whether the behaviour stands in the place of what training knew when the user
   *     is compared with others; else the others are as they were in training
   * @param at the instant asked about
   */
  UserProfile profile(
      Subject subject, Basis basis, Behaviour behaviour, boolean replaces, Instant at) {
    Interests interests = knowledge.interests();
    Catalogue catalogue = knowledge.catalogue();
    SparseVector tags = interests.of(behaviour, at).heaviest(maxTags);
    UserProfile.Builder profile =
        tags.size() > 0 ? UserProfile.builder(subject.userId(), basis) : fallback(subject);
    if (tags.size() > 0) {
      list(tags, knowledge.vocabulary()::label, profile::tag);
      list(
          interests.of(behaviour, catalogue.categories(), at).heaviest(maxTags),
          catalogue.categories().names()::get,
          profile::category);
      list(
          interests.of(behaviour, catalogue.brands(), at).heaviest(maxTags),
          catalogue.brands().names()::get,
          profile::brand);
    }
    behaviour
        .occasions()
        .summary()
        .ifPresent(
            bought ->
                profile.rfm(
                    rfm(
                        bought,
                        replaces
                            ? population.percentile(
                                bought.paid(), subject.trained().occasions().paid())
                            : population.percentile(bought.paid()),
                        at)));
    behaviour.prices().affinities(catalogue.categories().names()).forEach(profile::price);
    if (behaviour.dwellViews() > 0) {
      profile.dwell(
          new Dwell(behaviour.dwellViews(), behaviour.dwellSeconds() / behaviour.dwellViews()));
    }
    behaviour.visits().rhythm(at).ifPresent(profile::rhythm);
    eventTypes(behaviour, profile);
    hours(subject, basis, behaviour, replaces, profile);
    subject.segment().ifPresent(profile::segment);
    return profile.build();
  }

  /** A profile of which an earlier version kept no more than this. */
  UserProfile profile(Subject subject, SparseVector tags, Optional<Purchases> bought, Instant at) {
    UserProfile.Builder profile =
        tags.size() > 0 ? UserProfile.builder(subject.userId(), Basis.TRAINED) : fallback(subject);
    list(tags, knowledge.vocabulary()::label, profile::tag);
    bought.ifPresent(b -> profile.rfm(rfm(b, population.percentile(b.paid()), at)));
    return profile.build();
  }

  private UserProfile.Builder fallback(Subject subject) {
    Population.Others others = population.others(subject.segment());
    UserProfile.Builder profile = UserProfile.builder(subject.userId(), others.basis());
    list(others.crowd().tags(), knowledge.vocabulary()::label, profile::tag);
    list(
        others.crowd().categories(),
        knowledge.catalogue().categories().names()::get,
        profile::category);
    list(others.crowd().brands(), knowledge.catalogue().brands().names()::get, profile::brand);
    return profile;
  }

  private interface Adder {
    UserProfile.Builder add(String name, double weight);
  }

  private static void list(SparseVector weights, IntFunction<String> name, Adder adder) {
    double total = 0;
    for (int p = 0; p < weights.size(); p++) {
      total += weights.value(p);
    }
    for (int p = 0; p < weights.size(); p++) {
      adder.add(name.apply(weights.term(p)), weights.value(p) / total);
    }
  }

  private static Rfm rfm(Purchases bought, double percentile, Instant at) {
    return new Rfm(
        Math.max(0, Days.between(bought.last(), at)),
        bought.occasions(),
        bought.paid(),
        percentile);
  }

  private static void eventTypes(Behaviour behaviour, UserProfile.Builder profile) {
    long total = 0;
    for (EventType type : EventType.values()) {
      total += type == EventType.IMPRESSION ? 0 : behaviour.typeCounts().of(type);
    }
    for (EventType type : EventType.values()) {
      int count = behaviour.typeCounts().of(type);
      if (count > 0 && type != EventType.IMPRESSION) {
        profile.eventType(type, (double) count / total);
      }
    }
  }

  private void hours(
      Subject subject,
      Basis basis,
      Behaviour behaviour,
      boolean replaces,
      UserProfile.Builder profile) {
    int[] own = behaviour.visits().byHour(subject.zone());
    Hours.active(own, subject.zone()).ifPresent(profile::activeHours);
    // With fewer visits than the day has hours, a segment says too little.
    Optional<String> segment = subject.segment();
    long[] others = segment.isPresent() ? others(subject, segment, own, replaces) : new long[HOURS];
    boolean known = Arrays.stream(others).sum() >= HOURS;
    Hours.best(
            own,
            basis,
            known ? others : others(subject, Optional.empty(), own, replaces),
            known ? Basis.SEGMENT : Basis.EVERYBODY,
            subject.zone())
        .ifPresent(profile::sendHour);
  }

  /** The visits of a segment or of everybody, the user's own as they are now among them. */
  private long[] others(Subject subject, Optional<String> segment, int[] own, boolean replaces) {
    boolean counted = segment.isEmpty() || segment.equals(subject.trainedSegment());
    return population.hours(
        segment,
        replaces && counted
            ? subject.trained().visits().byHour(subject.trainedZone())
            : new int[HOURS],
        replaces ? own : new int[HOURS]);
  }
}
