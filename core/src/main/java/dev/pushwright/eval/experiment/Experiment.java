// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.experiment;

import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Assigns users to the arms of an experiment: a control group and one or more variants. The arm
 * follows from the experiment's name and the user's id alone, by a hash: nothing is stored, every
 * server says the same, and a user stays in the same arm for good. Experiments of different names
 * are independent of each other. Immutable.
 *
 * <pre>{@code
 * Experiment emoji =
 *     Experiment.named("emoji-in-title-2026").control("plain", 1).variant("emoji", 1).build();
 * if (emoji.assign(userId).equals("emoji")) …
 * }</pre>
 *
 * <p>Changing weights or the order of arms moves users from arm to arm, which spoils the
 * comparison: start an experiment of another name instead.
 */
public final class Experiment {

  private final String name;
  private final Map<String, Double> weights;
  private final List<String> arms;
  // Where each arm's part of [0, 1) ends.
  private final double[] ends;

  private Experiment(Builder b) {
    this.name = b.name;
    this.weights = Collections.unmodifiableMap(new LinkedHashMap<>(b.weights));
    this.arms = List.copyOf(weights.keySet());
    this.ends = new double[arms.size()];
    double total = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    double sum = 0;
    int a = 0;
    for (double weight : weights.values()) {
      sum += weight;
      ends[a++] = sum / total;
    }
  }

  /**
   * Starts an experiment.
   *
   * @param name the name, not blank; it salts the hash
   * @return a builder without arms
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /**
   * The name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * The arms in the order given, the control group first.
   *
   * @return weights by arm; an unmodifiable map
   */
  public Map<String, Double> weights() {
    return weights;
  }

  /**
   * The control group.
   *
   * @return the name of its arm
   */
  public String control() {
    return arms.get(0);
  }

  /**
   * The arm of a user: SHA-256 over name and id gives a number in [0, 1), which falls into an arm's
   * part.
   *
   * @param userId any text
   * @return the name of an arm
   */
  public String assign(String userId) {
    // The length keeps ("ab", "c") apart from ("a", "bc").
    long hash =
        Hashing.sha256()
            .newHasher()
            .putInt(name.length())
            .putUnencodedChars(name)
            .putUnencodedChars(userId)
            .hash()
            .asLong();
    double place = (hash >>> 11) * 0x1.0p-53;
    for (int a = 0; a < ends.length - 1; a++) {
      if (place < ends[a]) {
        return arms.get(a);
      }
    }
    return arms.get(arms.size() - 1);
  }

  @Override
  public String toString() {
    return name + " " + weights;
  }

  /** Builds an {@link Experiment}. */
  public static final class Builder {
    private final String name;
    private final Map<String, Double> weights = new LinkedHashMap<>();

    private Builder(String name) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("an experiment needs a name; it salts the hash");
      }
      this.name = name;
    }

    /**
     * Sets the control group, which goes on as before.
     *
     * @param arm its name, not blank
     * @param weight its share of the users is its weight by the sum of all; finite and above 0
     * @return this
     * @throws IllegalStateException when there is an arm already
     */
    public Builder control(String arm, double weight) {
      if (!weights.isEmpty()) {
        throw new IllegalStateException(
            "control \"" + arm + "\" comes after arms " + weights.keySet() + "; give it first");
      }
      return add(arm, weight);
    }

    /**
     * Adds a variant.
     *
     * @param arm its name, not blank, not taken yet
     * @param weight its share of the users is its weight by the sum of all; finite and above 0
     * @return this
     * @throws IllegalStateException when there is no control group yet
     */
    public Builder variant(String arm, double weight) {
      if (weights.isEmpty()) {
        throw new IllegalStateException(
            "variant \"" + arm + "\" has no control group to compare with; give control first");
      }
      return add(arm, weight);
    }

    private Builder add(String arm, double weight) {
      if (arm.isBlank() || weights.containsKey(arm)) {
        throw new IllegalArgumentException(
            "the name \"" + arm + "\" is blank or taken; each arm needs one of its own");
      }
      if (!(weight > 0 && weight <= 1e9)) {
        throw new IllegalArgumentException(
            "weight of arm "
                + arm
                + " is "
                + weight
                + "; a number above 0, at most 1e9, is needed");
      }
      weights.put(arm, weight);
      return this;
    }

    /**
     * The experiment.
     *
     * @return an immutable experiment
     * @throws IllegalStateException when there is no variant
     */
    public Experiment build() {
      if (weights.size() < 2) {
        throw new IllegalStateException(
            "experiment "
                + name
                + " has arms "
                + new ArrayList<>(weights.keySet())
                + "; a control group and at least one variant are needed");
      }
      return new Experiment(this);
    }
  }
}
