// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import de.bwaldvogel.liblinear.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.VariableIDInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.liblinear.LibLinearClassificationModel;
import org.tribuo.classification.liblinear.LibLinearClassificationTrainer;
import org.tribuo.classification.liblinear.LinearClassificationType;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Trains with Tribuo and takes what was learnt out of its models. The only class that knows Tribuo:
 * without the library it is never loaded.
 */
final class TribuoTrainer {

  // Held, so that the level set on it is not collected with it.
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  static {
    // It tells java.util.logging of every tree, which prints by default. Who set a level keeps it.
    if (TRIBUO.getLevel() == null) {
      TRIBUO.setLevel(Level.WARNING);
    }
  }

  /**
   * What to learn with.
   *
   * @param learner the learner
   * @param cost C of the support vector machine
   * @param trees how many trees a forest has
   * @param maxDepth how deep a tree is at most
   * @param minLeaf how many users a leaf has at least
   * @param treeFeatures how many features trees may ask at most
   * @param seed of the learner
   */
  record Settings(
      AttributeLearner learner,
      double cost,
      int trees,
      int maxDepth,
      int minLeaf,
      int treeFeatures,
      long seed) {}

  private TribuoTrainer() {}

  /**
   * Learns.
   *
   * @param users the training users
   * @param classOf the class of each, from 0
   * @param classes how many classes; each has a user
   * @param columns how many columns features have
   * @param settings what to learn with
   */
  static Scorer train(
      List<Features> users, int[] classOf, int classes, int columns, Settings settings) {
    MutableDataset<Label> data =
        dataset(
            settings.learner() == AttributeLearner.LINEAR_SVM
                ? users
                : TellingColumns.of(users, classOf, classes, columns, settings.treeFeatures()),
            classOf);
    if (data.size() == 0) {
      // No feature differs between the classes: all that is known is how frequent they are.
      return TreeScorer.leaf(classes, classOf);
    }
    return switch (settings.learner()) {
      case LINEAR_SVM -> linear(svm(settings).train(data), classes, columns);
      case DECISION_TREE -> trees(List.of(tree(settings, 1).train(data)), classes);
      case RANDOM_FOREST -> {
        // A forest's trees look at √columns of the columns for each split.
        float fraction = (float) Math.min(1, 1 / Math.sqrt(data.getFeatureMap().size()));
        RandomForestTrainer<Label> trainer =
            new RandomForestTrainer<>(
                tree(settings, fraction), new VotingCombiner(), settings.trees(), settings.seed());
        WeightedEnsembleModel<Label> forest = (WeightedEnsembleModel<Label>) trainer.train(data);
        yield trees(forest.getModels(), classes);
      }
    };
  }

  static LibLinearClassificationTrainer svm(Settings settings) {
    return new LibLinearClassificationTrainer(
        new LinearClassificationType(LinearClassificationType.LinearType.L2R_L2LOSS_SVC_DUAL),
        settings.cost(),
        1000,
        0.1,
        settings.seed());
  }

  static CARTClassificationTrainer tree(Settings settings, float fraction) {
    return new CARTClassificationTrainer(
        settings.maxDepth(),
        settings.minLeaf(),
        0,
        fraction,
        false,
        new GiniIndex(),
        settings.seed());
  }

  static MutableDataset<Label> dataset(List<Features> users, int[] classOf) {
    LabelFactory factory = new LabelFactory();
    MutableDataset<Label> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("users", factory), factory);
    Map<Integer, String> names = new HashMap<>();
    for (int u = 0; u < classOf.length; u++) {
      Features user = users.get(u);
      if (user.size() > 0) {
        data.add(example(user, classOf[u], names));
      }
    }
    return data;
  }

  /** Columns are named so that Tribuo, which sorts by name, keeps their order. */
  static Example<Label> example(Features user, int classOf, Map<Integer, String> names) {
    String[] columns = new String[user.size()];
    for (int p = 0; p < columns.length; p++) {
      columns[p] = names.computeIfAbsent(user.columns[p], column -> String.format("%08x", column));
    }
    return new ArrayExample<>(new Label(String.valueOf(classOf)), columns, user.values.clone());
  }

  private static int column(VariableIDInfo feature) {
    return Integer.parseInt(feature.getName(), 16);
  }

  private static Scorer linear(org.tribuo.Model<Label> trained, int classes, int columns) {
    LibLinearClassificationModel model = (LibLinearClassificationModel) trained;
    Model inner = model.getInnerModels().get(0);
    double[] w = inner.getFeatureWeights();
    int[] ids = inner.getLabels();
    int[] classOf = new int[ids.length];
    for (int k = 0; k < ids.length; k++) {
      classOf[k] = Integer.parseInt(model.getOutputIDInfo().getOutput(ids[k]).getLabel());
    }
    // Of two classes liblinear keeps one row of weights, for the first label; the other's is −it.
    int rows = ids.length == 2 ? 1 : ids.length;
    double[] weights = new double[columns * classes];
    double[] bias = new double[classes];
    int features = model.getFeatureIDMap().size();
    for (int f = 0; f <= features; f++) {
      double[] into = f == features ? bias : weights;
      int at = f == features ? 0 : column(model.getFeatureIDMap().get(f)) * classes;
      for (int row = 0; row < rows; row++) {
        into[at + classOf[row]] = w[f * rows + row];
      }
      if (rows == 1) {
        into[at + classOf[1]] = -w[f];
      }
    }
    return new LinearScorer(weights, bias);
  }

  private static Scorer trees(List<? extends org.tribuo.Model<Label>> models, int classes) {
    Flattened flat = new Flattened(classes);
    for (org.tribuo.Model<Label> model : models) {
      flat.add((TreeModel<Label>) model);
    }
    return flat.scorer();
  }

  /** Nodes of all trees in one row. */
  private static final class Flattened {
    private final int classes;
    private final List<Integer> roots = new ArrayList<>();
    private final List<Integer> column = new ArrayList<>();
    private final List<Double> split = new ArrayList<>();
    private final List<Integer> lower = new ArrayList<>();
    private final List<Integer> upper = new ArrayList<>();
    private final List<Double> shares = new ArrayList<>();

    Flattened(int classes) {
      this.classes = classes;
    }

    void add(TreeModel<Label> tree) {
      roots.add(column.size());
      int unused = add(tree, tree.getRoot());
    }

    private int add(TreeModel<Label> tree, Node<Label> node) {
      int at = column.size();
      column.add(0);
      split.add(0.0);
      lower.add(0);
      upper.add(0);
      if (node instanceof SplitNode<Label> inner) {
        column.set(at, column(tree.getFeatureIDMap().get(inner.getFeatureID())));
        split.set(at, inner.splitValue());
        lower.set(at, add(tree, inner.getLessThanOrEqual()));
        upper.set(at, add(tree, inner.getGreaterThan()));
        return at;
      }
      column.set(at, -1 - shares.size() / classes);
      double[] ofLeaf = new double[classes];
      ((LeafNode<Label>) node)
          .getDistribution()
          .forEach((name, label) -> ofLeaf[Integer.parseInt(name)] = label.getScore());
      shares.addAll(Doubles.asList(ofLeaf));
      return at;
    }

    TreeScorer scorer() {
      return new TreeScorer(
          classes,
          Ints.toArray(roots),
          Ints.toArray(column),
          Doubles.toArray(split),
          Ints.toArray(lower),
          Ints.toArray(upper),
          Doubles.toArray(shares));
    }
  }
}
