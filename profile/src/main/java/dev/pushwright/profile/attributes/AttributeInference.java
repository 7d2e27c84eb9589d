// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import dev.pushwright.api.FitContext;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Learns to tell an attribute that some users have declared from what they do.
 *
 * <p><b>Features.</b> A user is the items they had to do with, by TF-IDF of length 1 with tf = ln(1
 * + Σ weight of the events), and beside them the shares of the items' tags, categories and brands.
 * Searches and items without users among those who declared count for nothing.
 *
 * <p><b>Learning</b> is Tribuo's. What it has learnt, weights or trees, is taken out of its models,
 * and answered from by plain code: to the bit as Tribuo does, for a forest with the mean of the
 * shares in the leaves where Tribuo counts votes.
 *
 * <p><b>Cross-validation.</b> Users are dealt into folds evenly by value. For each fold a model is
 * fitted to the others, idf and scales included, and scores the fold. The scores of all folds
 * calibrate the model that is then fitted to everybody. For the {@linkplain Result#report report}
 * each fold is calibrated by the scores of the other folds, so that no figure in it rests on what
 * the user declared.
 *
 * <p><b>Cost.</b> One fit for each fold and one more, spread over the threads of the context, whose
 * number does not change the result.
 *
 * <p>See the package's note on sensitive attributes before you use this.
 */
public final class AttributeInference {

  /** How scores become probabilities. */
  public enum Calibration {
    /** A logistic curve: for a few hundred users and more. */
    PLATT,
    /** The best rising function: for a few thousand users and more. */
    ISOTONIC
  }

  /**
   * A fitted model and how far it is to be trusted.
   *
   * @param model the model
   * @param report by cross-validation
   */
  public record Result(InferredAttribute model, AttributeReport report) {}

  private final Builder settings;

  private AttributeInference(Builder settings) {
    this.settings = settings;
  }

  /**
   * Starts from the defaults.
   *
   * @param attribute the attribute of {@link User#attributes()} to infer, not blank
   * @return a builder
   */
  public static Builder builder(String attribute) {
    if (attribute.isBlank()) {
      throw new IllegalArgumentException("the attribute is blank; name the one to infer");
    }
    return new Builder(attribute);
  }

  /**
   * Fits and validates a model.
   *
   * @param data users, some of whom have declared the attribute, and their events
   * @return the model and its report
   * @throws IllegalStateException when Tribuo is not on the class path; the message names the
   *     artifact
   * @throws IllegalArgumentException when fewer than two values have been declared by enough users
   */
  public Result fit(Dataset data) {
    return fit(data, FitContext.standard());
  }

  /**
   * Fits and validates a model.
   *
   * @param data users, some of whom have declared the attribute, and their events
   * @param context threads and progress; the result does not depend on them
   * @return the model and its report
   * @throws IllegalStateException when Tribuo is not on the class path; the message names the
   *     artifact
   * @throws IllegalArgumentException when fewer than two values have been declared by enough users
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public Result fit(Dataset data, FitContext context) {
    settings.learner.requirePresent();
    Behaviour behaviour = Behaviour.of(data, settings.weighting);
    Declared declared = declared(data, behaviour);
    int n = declared.classOf.length;
    int classes = declared.values.size();
    int folds = settings.folds;
    int[] foldOf = Validation.folds(declared.classOf, folds, settings.seed);
    double[][] scores = new double[n][classes];
    FeatureScales[] scales = new FeatureScales[folds + 1];
    Scorer[] scorers = new Scorer[folds + 1];
    context.forBlocks(
        "folds",
        folds + 1,
        1,
        (from, to) -> {
          // The last is fitted to everybody.
          int[] training = Validation.users(foldOf, from, false);
          List<Features> raw = Arrays.stream(training).mapToObj(declared.users::get).toList();
          FeatureScales scale = FeatureScales.of(behaviour, raw);
          scales[from] = scale;
          scorers[from] =
              TribuoTrainer.train(
                  raw.stream().map(scale::of).toList(),
                  Arrays.stream(training).map(u -> declared.classOf[u]).toArray(),
                  classes,
                  scale.columns(),
                  settings.trainer());
          for (int u : Validation.users(foldOf, from, true)) {
            scores[u] = scorers[from].scores(scale.of(declared.users.get(u)));
          }
        });
    double[][] probabilities = new double[n][];
    for (int fold = 0; fold < folds; fold++) {
      Calibrators others =
          Calibrators.of(
              settings.calibration,
              scores,
              declared.classOf,
              Validation.users(foldOf, fold, false));
      for (int u : Validation.users(foldOf, fold, true)) {
        probabilities[u] = others.probabilities(scores[u]);
      }
    }
    AttributeReport report =
        Validation.report(
            settings.attribute,
            declared.values,
            declared.classOf,
            foldOf,
            folds,
            probabilities,
            settings.minProbability);
    double[] priors = new double[classes];
    for (int c : declared.classOf) {
      priors[c] += 1.0 / n;
    }
    return new Result(
        new InferredAttribute(
            settings.attribute,
            declared.values,
            settings.minProbability,
            priors,
            behaviour,
            scales[folds],
            scorers[folds],
            Calibrators.of(
                settings.calibration,
                scores,
                declared.classOf,
                Validation.users(foldOf, folds, false))),
        report);
  }

  /** The users who declared the attribute and had to do with an item, by id. */
  private static final class Declared {
    final List<String> values;
    final List<Features> users;
    final int[] classOf;

    Declared(List<String> values, List<Features> users, int[] classOf) {
      this.values = values;
      this.users = users;
      this.classOf = classOf;
    }
  }

  private Declared declared(Dataset data, Behaviour behaviour) {
    TreeMap<String, List<Features>> byValue = new TreeMap<>();
    List<String> values = new ArrayList<>();
    List<Features> users = new ArrayList<>();
    for (User user : data.userRecords()) {
      String value =
          user.attribute(settings.attribute).map(settings.values).map(String::strip).orElse("");
      Features own = value.isEmpty() ? null : behaviour.of(data.eventsOf(user.id()));
      if (own != null && own.size() > 0) {
        byValue.computeIfAbsent(value, v -> new ArrayList<>()).add(own);
        values.add(value);
        users.add(own);
      }
    }
    Map<String, Integer> counts = new TreeMap<>();
    byValue.forEach((value, own) -> counts.put(value, own.size()));
    byValue.values().removeIf(own -> own.size() < settings.minUsers);
    List<String> kept = List.copyOf(byValue.keySet());
    if (kept.size() < 2) {
      throw new IllegalArgumentException(
          "attribute "
              + settings.attribute
              + " was declared by users with events as "
              + counts
              + "; at least two values with "
              + settings.minUsers
              + " users each are needed");
    }
    List<Features> keptUsers = new ArrayList<>();
    List<Integer> classOf = new ArrayList<>();
    for (int u = 0; u < users.size(); u++) {
      int at = kept.indexOf(values.get(u));
      if (at >= 0) {
        keptUsers.add(users.get(u));
        classOf.add(at);
      }
    }
    return new Declared(kept, keptUsers, classOf.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Builds an {@link AttributeInference}. */
  public static final class Builder {
    private final String attribute;
    private AttributeLearner learner = AttributeLearner.LINEAR_SVM;
    private Calibration calibration = Calibration.PLATT;
    private UnaryOperator<String> values = value -> value;
    private Weighting weighting = Weighting.standard();
    private double minProbability = 0.7;
    private int folds = 5;
    private int minUsers = 10;
    private double cost = 0.2;
    private int trees = 100;
    private int maxDepth = 12;
    private int minLeaf = 5;
    private int treeFeatures = 150;
    private long seed = 42;

    private Builder(String attribute) {
      this.attribute = attribute;
    }

    /**
     * Sets the learner; {@link AttributeLearner#LINEAR_SVM} where it is not set.
     *
     * @param learner the learner
     * @return this
     */
    public Builder learner(AttributeLearner learner) {
      this.learner = learner;
      return this;
    }

    /**
     * Sets how scores become probabilities; {@link Calibration#PLATT} where it is not set.
     *
     * @param calibration the way
     * @return this
     */
    public Builder calibration(Calibration calibration) {
      this.calibration = calibration;
      return this;
    }

    /**
     * Sets what is learnt of a declared value, such as the band that an age lies in.
     *
     * @param values from what was declared to what is learnt; blank: as if nothing was declared
     * @return this
     */
    public Builder values(UnaryOperator<String> values) {
      this.values = values;
      return this;
    }

    /**
     * Sets what events weigh; {@link Weighting#standard()} where it is not set. They do not fade.
     *
     * @param weighting the weighting
     * @return this
     */
    public Builder weighting(Weighting weighting) {
      this.weighting = weighting;
      return this;
    }

    /**
     * Sets from which probability on a value is told; 0.7 where it is not set.
     *
     * @param minProbability from 0 to 1
     * @return this
     */
    public Builder minProbability(double minProbability) {
      this.minProbability = checked("minProbability", minProbability, 0, 1);
      return this;
    }

    /**
     * Sets into how many parts the users are split; 5 where it is not set.
     *
     * @param folds from 2 to 20
     * @return this
     */
    public Builder folds(int folds) {
      this.folds = (int) checked("folds", folds, 2, 20);
      return this;
    }

    /**
     * Leaves out values that few users declared; 10 where it is not set, and never less than there
     * are folds.
     *
     * @param minUsers how many users a value needs, at least 2
     * @return this
     */
    public Builder minUsers(int minUsers) {
      this.minUsers = (int) checked("minUsers", minUsers, 2, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets the cost C of an error of the support vector machine; 0.2 where it is not set. A smaller
     * one regularizes more.
     *
     * @param cost from 1e-6 to 1e6
     * @return this
     */
    public Builder cost(double cost) {
      this.cost = checked("cost", cost, 1e-6, 1e6);
      return this;
    }

    /**
     * Sets how many trees a forest has; 100 where it is not set.
     *
     * @param trees from 1 to 10,000
     * @return this
     */
    public Builder trees(int trees) {
      this.trees = (int) checked("trees", trees, 1, 10_000);
      return this;
    }

    /**
     * Sets how deep a tree is at most; 12 where it is not set.
     *
     * @param maxDepth from 1 to 1,000
     * @return this
     */
    public Builder maxDepth(int maxDepth) {
      this.maxDepth = (int) checked("maxDepth", maxDepth, 1, 1000);
      return this;
    }

    /**
     * Sets how many users a leaf of a tree has at least; 5 where it is not set.
     *
     * @param minLeaf at least 1
     * @return this
     */
    public Builder minLeaf(int minLeaf) {
      this.minLeaf = (int) checked("minLeaf", minLeaf, 1, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets how many features trees may ask: those whose means differ most between the values, by
     * the F statistic on the training users; 150 where it is not set. A tree's cost grows with
     * them.
     *
     * @param treeFeatures at least 1
     * @return this
     */
    public Builder treeFeatures(int treeFeatures) {
      this.treeFeatures = (int) checked("treeFeatures", treeFeatures, 1, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets the seed of folds and learners; 42 where it is not set.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    private static double checked(String name, double value, double least, double most) {
      // Written so that NaN fails it.
      if (!(value >= least && value <= most)) {
        throw new IllegalArgumentException(
            name + " is " + value + "; a number from " + least + " to " + most + " is needed");
      }
      return value;
    }

    private TribuoTrainer.Settings trainer() {
      return new TribuoTrainer.Settings(
          learner, cost, trees, maxDepth, minLeaf, treeFeatures, seed);
    }

    /**
     * The algorithm.
     *
     * @return an immutable algorithm
     */
    public AttributeInference build() {
      Builder copy = new Builder(attribute);
      copy.learner = learner;
      copy.calibration = calibration;
      copy.values = values;
      copy.weighting = weighting;
      copy.minProbability = minProbability;
      copy.folds = folds;
      copy.minUsers = Math.max(folds, minUsers);
      copy.cost = cost;
      copy.trees = trees;
      copy.maxDepth = maxDepth;
      copy.minLeaf = minLeaf;
      copy.treeFeatures = treeFeatures;
      copy.seed = seed;
      return new AttributeInference(copy);
    }
  }
}
