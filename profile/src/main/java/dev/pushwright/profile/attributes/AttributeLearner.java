// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

/** The learners of {@link AttributeInference}; all of them are Tribuo's. */
public enum AttributeLearner {
  /** A linear support vector machine, one class against the rest (liblinear). Usually the best. */
  LINEAR_SVM(
      "org.tribuo.classification.liblinear.LibLinearClassificationTrainer",
      "org.tribuo:tribuo-classification-liblinear"),
  /** A decision tree (CART, Gini impurity): the easiest to read and the least accurate. */
  DECISION_TREE(
      "org.tribuo.classification.dtree.CARTClassificationTrainer",
      "org.tribuo:tribuo-classification-tree"),
  /**
   * Many decision trees, each on a sample of the users, and on a sample of the features a split.
   */
  RANDOM_FOREST(
      "org.tribuo.classification.dtree.CARTClassificationTrainer",
      "org.tribuo:tribuo-classification-tree");

  private final String trainer;
  private final String artifact;

  AttributeLearner(String trainer, String artifact) {
    this.trainer = trainer;
    this.artifact = artifact;
  }

  /** Refuses to go on without the library that has the learner. */
  void requirePresent() {
    try {
      Class<?> unused = Class.forName(trainer, false, AttributeLearner.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "the learner "
              + name()
              + " needs "
              + artifact
              + ", which is not on the class path; add this optional dependency (version 4.3.2), or"
              + " load a model that was fitted where it is",
          e);
    }
  }
}
