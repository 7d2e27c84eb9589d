// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.ProfileEvidence;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.ProfileState;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.User;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import dev.pushwright.profile.text.TfIdf;
import dev.pushwright.profile.text.Vocabulary;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.Settings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link TfIdfProfiler} has learnt. Keeps the item vectors and, of each user, a {@link
 * Behaviour}, from which profiles are made when they are asked for.
 */
final class TfIdfModel implements ProfileModel {

  static final Set<Capability> CAPABILITIES =
      Set.of(Capability.FOLD_IN, Capability.EXPLAIN, Capability.UPDATE);

  // Of a file that keeps no more than the profiles of its users.
  private static final Set<Capability> EARLIER_CAPABILITIES = Set.of(Capability.FOLD_IN);

  /**
   * What a model is made of beside its users.
   *
   * @param words how text is cut into words
   * @param vocabulary the terms
   * @param interests the items, and what they are about
   * @param catalogue their categories, brands and prices
   * @param queries those of the training data
   */
  record Knowledge(
      Words words,
      Vocabulary vocabulary,
      Interests interests,
      Catalogue catalogue,
      Queries queries) {}

  private final Provenance provenance;
  private final Settings settings;
  private final Knowledge knowledge;
  private final Folding folding;
  private final Evidence evidence;
  private final ProfileMaker maker;
  private final Instant trainedAt;
  private final People people;
  private final Population population;
  private final @Nullable EarlierUsers earlier;

  /**
   * A model.
   *
   * @param provenance where it comes from
   * @param settings the options
   * @param knowledge what it knows of items
   * @param trainedAt the instant of the last event
   * @param people the users
   * @param population all of them together
   * @param earlier what an earlier version kept of the users, in the place of their behaviour
   */
  TfIdfModel(
      Provenance provenance,
      Settings settings,
      Knowledge knowledge,
      Instant trainedAt,
      People people,
      Population population,
      @Nullable EarlierUsers earlier) {
    this.provenance = provenance;
    this.settings = settings;
    this.knowledge = knowledge;
    this.trainedAt = trainedAt;
    this.people = people;
    this.population = population;
    this.earlier = earlier;
    this.folding = folding(settings, knowledge.interests(), knowledge.catalogue());
    this.evidence =
        new Evidence(knowledge.interests(), folding, new Fading(CommonOptions.weighting(settings)));
    this.maker = new ProfileMaker(settings, knowledge, population);
  }

  static Folding folding(Settings settings, Interests interests, Catalogue catalogue) {
    return new Folding(
        interests,
        catalogue,
        new Fading(CommonOptions.weighting(settings)),
        settings.get(TfIdfProfiler.VISIT_GAP_MINUTES) * 60L);
  }

  @Override
  public void save(ModelWriter out) {
    knowledge.words().save(out.section("words"));
    knowledge.vocabulary().save(out.section("vocabulary"));
    knowledge.interests().save(out);
    out.instant("at", trainedAt);
    people.ids().save(out, "users");
    if (earlier != null) {
      population.everybody().tags().save(out.section("everybody"));
      earlier.save(out);
      return;
    }
    knowledge.catalogue().save(out.section("catalogue"));
    knowledge.queries().save(out.section("queries"));
    people.save(out.section("people"));
    population.everybody().save(out.section("everybody"));
    List<String> names = population.segments().keySet().stream().sorted().toList();
    out.texts("segments", names);
    for (int s = 0; s < names.size(); s++) {
      population
          .segments()
          .getOrDefault(names.get(s), Crowd.NOBODY)
          .save(out.section("segment" + s));
    }
  }

  /** Reads what {@link #save} wrote. */
  static TfIdfModel read(ModelReader in, Settings settings, Provenance provenance, Words words) {
    Vocabulary vocabulary = Vocabulary.read(in.section("vocabulary"), TfIdf.standard());
    boolean isEarlier = !in.section("people").has("dwellViews");
    Queries queries =
        isEarlier ? Queries.of(List.of()) : Queries.read(in.section("queries"), vocabulary.size());
    Fading fading = new Fading(CommonOptions.weighting(settings));
    Interests interests = Interests.read(in, vocabulary, words.analyzer(), queries, fading);
    IdIndex users = IdIndex.read(in, "users");
    Instant trainedAt = in.instant("at");
    if (isEarlier) {
      EarlierUsers earlier = EarlierUsers.read(in, users.size(), vocabulary.size());
      People strangers = People.strangers(users);
      Knowledge knowledge =
          new Knowledge(
              words, vocabulary, interests, Catalogue.unknown(interests.items()), queries);
      Crowd everybody = Crowd.readTags(in.section("everybody"), vocabulary.size());
      Population population =
          new Population(
              everybody, Map.of(), strangers, fallbackZone(settings), earlier.payments());
      return new TfIdfModel(
          provenance, settings, knowledge, trainedAt, strangers, population, earlier);
    }
    Catalogue catalogue = Catalogue.read(in.section("catalogue"), interests.items());
    int categories = catalogue.categories().size();
    People people =
        People.read(in.section("people"), users, interests.items() + queries.size(), categories);
    int brands = catalogue.brands().size();
    Crowd everybody = Crowd.read(in.section("everybody"), vocabulary.size(), categories, brands);
    Map<String, Crowd> segments = new HashMap<>();
    List<String> names = in.texts("segments");
    for (int s = 0; s < names.size(); s++) {
      segments.put(
          names.get(s),
          Crowd.read(in.section("segment" + s), vocabulary.size(), categories, brands));
    }
    return new TfIdfModel(
        provenance,
        settings,
        new Knowledge(words, vocabulary, interests, catalogue, queries),
        trainedAt,
        people,
        population(settings, everybody, segments, people),
        null);
  }

  static Population population(
      Settings settings, Crowd everybody, Map<String, Crowd> segments, People people) {
    List<Double> payments = new ArrayList<>();
    for (int u = 0; u < people.size(); u++) {
      double paid = people.behaviour(u).occasions().paid();
      if (paid > 0) {
        payments.add(paid);
      }
    }
    return new Population(
        everybody,
        segments,
        people,
        fallbackZone(settings),
        payments.stream().mapToDouble(paid -> paid).toArray());
  }

  static ZoneId fallbackZone(Settings settings) {
    return settings.get(TfIdfProfiler.ZONE);
  }

  /** Refuses values that no share and no vector of length 1 has; rounding may pass 1 a little. */
  static void requireShares(ModelReader in, String name, SparseRows rows) {
    for (int p = 0; p < rows.size(); p++) {
      if (!(rows.value(p) > 0 && rows.value(p) < 1.001f)) {
        throw in.damaged(name + " hold " + rows.value(p) + "; numbers from 0 to 1 are needed");
      }
    }
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public Set<Capability> capabilities() {
    return earlier == null ? CAPABILITIES : EARLIER_CAPABILITIES;
  }

  @Override
  public UserProfile profile(ProfileQuery query) {
    Instant at = query.at().orElse(trainedAt);
    OptionalInt user = people.ids().find(query.userId());
    ProfileMaker.Subject subject = subject(query, user);
    if (query.state().isPresent()) {
      TfIdfState state = own(query.state().get());
      Basis basis = state.added() == 0 ? Basis.TRAINED : Basis.HISTORY;
      boolean replaces = state.added() > 0;
      return maker.profile(subject, basis, state.behaviour(), replaces, at);
    }
    if (query.history().isPresent()) {
      Behaviour behaviour = folding.of(query.history().get(), at);
      return maker.profile(subject, Basis.HISTORY, behaviour, false, at);
    }
    if (earlier != null && user.isPresent()) {
      return maker.profile(
          subject, earlier.tags(user.getAsInt()), earlier.purchases(user.getAsInt()), at);
    }
    return maker.profile(subject, Basis.TRAINED, subject.trained(), false, at);
  }

  private ProfileMaker.Subject subject(ProfileQuery query, OptionalInt user) {
    Optional<User> record = query.user();
    String segmentBy = settings.get(TfIdfProfiler.SEGMENT_BY);
    ZoneId fallback = fallbackZone(settings);
    Optional<ZoneId> trainedZone =
        user.isPresent() ? people.zone(user.getAsInt()) : Optional.empty();
    Optional<String> trainedSegment =
        user.isPresent() ? people.segment(user.getAsInt()) : Optional.empty();
    return new ProfileMaker.Subject(
        query.userId(),
        user.isPresent() ? people.behaviour(user.getAsInt()) : Behaviour.NONE,
        trainedZone.orElse(fallback),
        trainedSegment,
        record.flatMap(User::zone).or(() -> trainedZone).orElse(fallback),
        record.flatMap(known -> People.segment(known, segmentBy)).or(() -> trainedSegment));
  }

  private TfIdfState own(ProfileState state) {
    if (state instanceof TfIdfState own && own.model() == this) {
      return own;
    }
    throw new IllegalArgumentException(
        "the state of user "
            + state.userId()
            + " is of another model; ask the model it came from, or begin with state(userId) of"
            + " this one");
  }

  @Override
  public ProfileState state(String userId) {
    if (earlier != null) {
      throw new UnsupportedOperationException(
          "this model was saved by an earlier version, which kept too little of its users to take"
              + " in events; fit it again");
    }
    OptionalInt user = people.ids().find(userId);
    Behaviour behaviour = user.isPresent() ? people.behaviour(user.getAsInt()) : Behaviour.NONE;
    return new TfIdfState(this, userId, behaviour, 0);
  }

  Behaviour plus(Behaviour before, Event event) {
    return folding.plus(before, event);
  }

  @Override
  public List<ProfileEvidence> explain(ProfileQuery query, String tag) {
    Instant at = query.at().orElse(trainedAt);
    if (query.state().isPresent()) {
      return evidence.of(own(query.state().get()).behaviour(), tag, at);
    }
    if (query.history().isPresent()) {
      return evidence.of(query.history().get(), tag, at);
    }
    if (earlier != null) {
      throw new UnsupportedOperationException(
          "this model was saved by an earlier version, which kept too little of its users to"
              + " explain their tags; give the query a history, or fit the model again");
    }
    OptionalInt user = people.ids().find(query.userId());
    return user.isEmpty() ? List.of() : evidence.of(people.behaviour(user.getAsInt()), tag, at);
  }
}
