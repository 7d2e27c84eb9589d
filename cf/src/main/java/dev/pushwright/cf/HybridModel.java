// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Answers by the models of its parts, joined as {@link Hybrid} says. */
final class HybridModel extends ScoringModel {

  /** The parts and how they are joined. */
  static final class Joint {
    private final List<RecommenderModel> models;
    private final double[] weights;
    private final Hybrid.Joining blend;
    private final List<Integer> switchAt;

    /**
     * Joins models.
     *
     * @param models of the parts, all fitted to the same data
     * @param weights one for each
     * @param blend how they are joined
     * @param switchAt see {@link Hybrid}
     */
    Joint(
        List<RecommenderModel> models,
        double[] weights,
        Hybrid.Joining blend,
        List<Integer> switchAt) {
      this.models = List.copyOf(models);
      this.weights = weights.clone();
      this.blend = blend;
      this.switchAt = List.copyOf(switchAt);
    }

    Joint with(List<RecommenderModel> other) {
      return new Joint(other, weights, blend, switchAt);
    }

    Set<Capability> capabilities() {
      Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
      for (Capability capability : Capability.values()) {
        boolean any = capability == Capability.PERSONALIZED || capability == Capability.FOLD_IN;
        if (any
            ? models.stream().anyMatch(model -> model.capabilities().contains(capability))
            : models.stream().allMatch(model -> model.capabilities().contains(capability))) {
          capabilities.add(capability);
        }
      }
      return capabilities;
    }
  }

  private final Joint joint;

  HybridModel(Provenance provenance, TrainedUsers trained, Joint joint) {
    super(provenance, joint.capabilities(), trained);
    this.joint = joint;
  }

  /** Reads what {@link #save} wrote. */
  static HybridModel read(ModelReader in, Provenance provenance, Plugins plugins) {
    TrainedUsers trained = TrainedUsers.read(in);
    Settings settings = Hybrid.OPTIONS.resolve(provenance);
    List<HybridParts.Part> parts = settings.get(Hybrid.PARTS).parts();
    double[] weights = in.doubles("weights", parts.size());
    for (double weight : weights) {
      if (!(weight >= 0 && weight <= 1e9)) {
        throw in.damaged("a part weighs " + weight);
      }
    }
    if (Arrays.stream(weights).sum() == 0) {
      throw in.damaged("every part weighs 0");
    }
    List<RecommenderModel> models = new ArrayList<>();
    for (int k = 0; k < parts.size(); k++) {
      RecommenderModel model =
          readPart(in.section("part" + k), parts.get(k), provenance.matmul(), plugins);
      if (model instanceof ScoringModel scoring && !scoring.items().equals(trained.items())) {
        throw in.damaged("part " + k + " knows other items than the hybrid");
      }
      models.add(model);
    }
    return new HybridModel(
        provenance,
        trained,
        new Joint(
            models, weights, settings.get(Hybrid.BLEND), settings.get(Hybrid.SWITCH_AT).lengths()));
  }

  private static RecommenderModel readPart(
      ModelReader in, HybridParts.Part part, String matmul, Plugins plugins) {
    RecommenderProvider provider = plugins.recommender(part.name());
    List<String> names = in.texts("options");
    List<String> values = in.texts("values", names.size());
    Map<String, String> options = new TreeMap<>();
    for (int o = 0; o < names.size(); o++) {
      options.put(names.get(o), values.get(o));
    }
    Provenance provenance =
        new Provenance(part.name(), options, in.text("data"), in.text("version"), matmul);
    try {
      provider.options().resolve(provenance);
    } catch (IllegalArgumentException e) {
      throw in.damaged("options of " + part.name() + ": " + e.getMessage(), e);
    }
    return provider.read(in.section("model"), provenance);
  }

  @Override
  public void save(ModelWriter out) {
    super.save(out);
    out.doubles("weights", joint.weights);
    for (int k = 0; k < joint.models.size(); k++) {
      RecommenderModel model = joint.models.get(k);
      Provenance provenance = model.provenance();
      ModelWriter section = out.section("part" + k);
      section
          .texts("options", List.copyOf(provenance.options().keySet()))
          .texts("values", List.copyOf(provenance.options().values()))
          .text("data", provenance.data())
          .text("version", provenance.version());
      model.save(section.section("model"));
    }
  }

  @Override
  public RecommenderModel update(Collection<? extends Event> events) {
    if (!capabilities().contains(Capability.UPDATE)) {
      return super.update(events);
    }
    List<RecommenderModel> updated = new ArrayList<>();
    for (RecommenderModel model : joint.models) {
      updated.add(model.update(events));
    }
    return new HybridModel(
        provenance().updated(events.size()), trained().plus(events), joint.with(updated));
  }

  @Override
  public double predictRating(String userId, String itemId) {
    if (!capabilities().contains(Capability.PREDICT_RATINGS)) {
      return super.predictRating(userId, itemId);
    }
    double sum = 0;
    double weights = 0;
    for (int k = 0; k < joint.weights.length; k++) {
      double weight = joint.weights[k];
      sum += weight * joint.models.get(k).predictRating(userId, itemId);
      weights += weight;
    }
    return sum / weights;
  }

  @Override
  protected boolean score(OptionalInt user, UserItems items, float[] scores) {
    throw new IllegalStateException("a hybrid is asked with the query");
  }

  @Override
  protected boolean score(
      RecommendationQuery query, OptionalInt user, UserItems items, float[] scores) {
    float[][] parts = partScores(joint.models, query, items(), asked(items));
    if (parts.length == 0) {
      return false;
    }
    switch (joint.blend) {
      case SCORES, RANKS -> {
        comparable(parts, joint.blend, items);
        Blend.sum(parts, joint.weights, scores);
      }
      case SWITCHING, CASCADE -> Blend.cascade(parts, scores);
    }
    return true;
  }

  /** Brings the scores of all parts to one scale. */
  static void comparable(float[][] parts, Hybrid.Joining blend, UserItems own) {
    for (float[] part : parts) {
      if (part.length > 0) {
        if (blend == Hybrid.Joining.RANKS) {
          Blend.reciprocalRanks(part, own);
        } else {
          Blend.standardize(part);
        }
      }
    }
  }

  /** By part: whether it is asked about a user with these items. */
  private boolean[] asked(UserItems items) {
    boolean[] asked = new boolean[joint.models.size()];
    if (joint.blend == Hybrid.Joining.SWITCHING) {
      int part = 0;
      while (part < joint.switchAt.size() && items.size() >= joint.switchAt.get(part)) {
        part++;
      }
      asked[part] = true;
    } else {
      for (int k = 0; k < asked.length; k++) {
        asked[k] = joint.weights[k] > 0 || joint.blend == Hybrid.Joining.CASCADE;
      }
    }
    return asked;
  }

  /**
   * What each part says of the user.
   *
   * @return by part and item, an empty row for a part that says nothing of this user; no rows when
   *     none says anything personal
   */
  static float[][] partScores(
      List<RecommenderModel> models, RecommendationQuery query, IdIndex items, boolean[] asked) {
    float[][] scores = new float[models.size()][0];
    boolean personal = false;
    for (int k = 0; k < scores.length; k++) {
      RecommenderModel model = models.get(k);
      if (asked[k]) {
        float[] part = new float[items.size()];
        Basis basis =
            model instanceof ScoringModel scoring
                ? scoring.scores(query, part)
                : scoresOf(model, query, items, part);
        if (!basis.isFallback()) {
          personal = true;
          scores[k] = part;
        } else if (!model.capabilities().contains(Capability.PERSONALIZED)) {
          scores[k] = part;
        }
      }
    }
    return personal ? scores : new float[0][];
  }

  /** The scores of a model of another kind: all it would recommend without any filter. */
  private static Basis scoresOf(
      RecommenderModel model, RecommendationQuery query, IdIndex items, float[] scores) {
    Arrays.fill(scores, NO_EVIDENCE);
    Recommendations all =
        model.recommend(unfiltered(query).limit(Math.max(1, items.size())).build());
    for (Recommendation item : all.items()) {
      items.find(item.itemId()).ifPresent(i -> scores[i] = (float) item.score());
    }
    return all.basis();
  }

  private static RecommendationQuery.Builder unfiltered(RecommendationQuery query) {
    RecommendationQuery.Builder copy =
        query.userId().isPresent()
            ? RecommendationQuery.forUser(query.userId().get())
            : RecommendationQuery.forHistory(query.history().orElse(List.of()));
    query.history().ifPresent(copy::history);
    query.segment().ifPresent(copy::segment);
    query.at().ifPresent(copy::at);
    return copy.excludeSeen(false);
  }

  /**
   * The reasons of the parts, each by how much its part adds to the score. Where no part adds
   * anything, the item being below the mean of all, those with a say count by their weights.
   */
  @Override
  protected List<Reason> reasons(
      RecommendationQuery query, OptionalInt user, UserItems items, int item) {
    float[][] parts = partScores(joint.models, query, items(), asked(items));
    boolean weighed = joint.blend == Hybrid.Joining.SCORES || joint.blend == Hybrid.Joining.RANKS;
    double[] says = new double[parts.length];
    if (weighed) {
      double[] whole = new double[parts.length];
      boolean[] evidence = new boolean[parts.length];
      for (int k = 0; k < parts.length; k++) {
        float[] part = parts[k];
        evidence[k] = part.length > 0 && part[item] != NO_EVIDENCE;
      }
      comparable(parts, joint.blend, items);
      for (int k = 0; k < parts.length; k++) {
        float[] part = parts[k];
        if (part.length > 0 && evidence[k]) {
          says[k] = Math.max(0, joint.weights[k] * part[item]);
          whole[k] = joint.weights[k];
        }
      }
      if (Arrays.stream(says).sum() == 0) {
        says = whole;
      }
    } else {
      for (int k = 0; k < parts.length; k++) {
        float[] part = parts[k];
        if (part.length > 0 && part[item] != NO_EVIDENCE) {
          says[k] = 1;
          break;
        }
      }
    }
    return joined(query, says, item);
  }

  private List<Reason> joined(RecommendationQuery query, double[] says, int item) {
    RecommendationQuery one =
        unfiltered(query).candidates(List.of(items().id(item))).limit(1).explain(true).build();
    Map<List<String>, Reason> reasons = new LinkedHashMap<>();
    double whole = Arrays.stream(says).sum();
    for (int k = 0; k < says.length; k++) {
      if (says[k] > 0) {
        double share = says[k] / whole;
        joint.models.get(k).recommend(one).items().stream()
            .flatMap(found -> found.reasons().stream())
            .map(reason -> withShare(reason, reason.share() * share))
            .forEach(
                reason ->
                    reasons.merge(
                        subject(reason), reason, (a, b) -> withShare(a, a.share() + b.share())));
      }
    }
    if (reasons.isEmpty()) {
      // Nothing speaks for it but that others like it; some part had to rank it somewhere.
      return List.of(new Reason.Popular("", 1));
    }
    return reasons.values().stream()
        .sorted(Comparator.comparingDouble(Reason::share).reversed())
        .toList();
  }

  /** What two reasons have in common when they are one: an item, whatever event it came by. */
  private static List<String> subject(Reason reason) {
    if (reason instanceof Reason.OwnItem own) {
      return List.of("item", own.itemId());
    }
    if (reason instanceof Reason.Interest interest) {
      return List.of("interest", interest.tag());
    }
    return List.of("popular", ((Reason.Popular) reason).segment());
  }

  private static Reason withShare(Reason reason, double share) {
    if (reason instanceof Reason.OwnItem own) {
      return new Reason.OwnItem(own.itemId(), own.type(), share);
    }
    if (reason instanceof Reason.Interest interest) {
      return new Reason.Interest(interest.tag(), share);
    }
    return new Reason.Popular(((Reason.Popular) reason).segment(), share);
  }
}
