// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.Activation;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.Embedding;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.Product;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The networks of {@link NeuMf}: its two towers together, or one of them alone. */
final class NcfNet implements PairNet {

  private static final double GMF_DEVIATION = 0.1;
  private static final double MLP_DEVIATION = 0.01;

  static final String GMF_USER = "gmf.user";
  static final String GMF_ITEM = "gmf.item";
  static final String MLP_USER = "mlp.user";
  static final String MLP_ITEM = "mlp.item";
  static final String OUT = "out";

  /** The name of the layer after the one before it, from 1 on. */
  static String layer(int n) {
    return "mlp." + n;
  }

  /**
   * What it is made from.
   *
   * @param factors F, the width of the GMF tower, 0: none
   * @param layers the widths of the MLP tower, of which the first is that of a user and an item
   *     together; empty: none
   */
  record Shape(int factors, List<Integer> layers) implements Architecture {

    Shape {
      layers = List.copyOf(layers);
    }

    boolean hasGmf() {
      return factors > 0;
    }

    boolean hasMlp() {
      return !layers.isEmpty();
    }

    /** The width of the last layer of the MLP tower. */
    int last() {
      return hasMlp() ? layers.get(layers.size() - 1) : 0;
    }

    @Override
    public PairNet make(Parameters parameters, int users, int items) {
      return new NcfNet(parameters, users, items, this);
    }

    @Override
    public PairScorer scorer(Parameters parameters, int items) {
      return new NcfScorer(parameters, items, this);
    }

    @Override
    public Set<String> userTables() {
      Set<String> names = new HashSet<>();
      if (hasGmf()) {
        names.add(GMF_USER);
      }
      if (hasMlp()) {
        names.add(MLP_USER);
      }
      return names;
    }
  }

  private final Shape shape;
  private final List<Embedding> gmf = new ArrayList<>();
  private final List<Embedding> mlp = new ArrayList<>();
  private final List<Dense> layers = new ArrayList<>();
  private final List<Activation> activations = new ArrayList<>();
  private final Product product = new Product();
  private final Dense out;
  private final Parameter outWeight;
  private final int half;
  private final int joinedWidth;
  private int rows;
  private float[] user = {};
  private float[] item = {};
  private float[] pair = {};
  private float[] joined = {};
  private float[] dProduct = {};
  private float[] dLast = {};
  private float[] dPair = {};

  private NcfNet(Parameters parameters, int users, int items, Shape shape) {
    this.shape = shape;
    int f = shape.factors();
    if (shape.hasGmf()) {
      Initializer begin = Initializer.normal(GMF_DEVIATION);
      gmf.add(new Embedding(parameters, GMF_USER, users, f, begin));
      gmf.add(new Embedding(parameters, GMF_ITEM, items, f, begin));
    }
    this.half = shape.hasMlp() ? shape.layers().get(0) / 2 : 0;
    if (shape.hasMlp()) {
      Initializer begin = Initializer.normal(MLP_DEVIATION);
      mlp.add(new Embedding(parameters, MLP_USER, users, half, begin));
      mlp.add(new Embedding(parameters, MLP_ITEM, items, half, begin));
    }
    for (int n = 1; n < shape.layers().size(); n++) {
      int in = n == 1 ? 2 * half : shape.layers().get(n - 1);
      layers.add(new Dense(parameters, layer(n), in, shape.layers().get(n), Initializer.glorot()));
      activations.add(new Activation(Activation.Function.RELU));
    }
    this.joinedWidth = f + shape.last();
    Initializer ofLast = Initializer.lecun();
    Initializer begin =
        (values, rows, columns, key) -> {
          ofLast.fill(values, rows, columns, key);
          Arrays.fill(values, 0, f, 1);
        };
    this.out = new Dense(parameters, OUT, joinedWidth, 1, begin);
    this.outWeight = parameters.get(OUT + ".weight");
  }

  @Override
  public float[] forward(int[] users, int[] items, int rows) {
    this.rows = rows;
    grow();
    int f = shape.factors();
    if (shape.hasGmf()) {
      user = gmf.get(0).forward(users, rows);
      item = gmf.get(1).forward(items, rows);
      copy(product.forward(user, item, rows * f), 0, f, joined, 0, joinedWidth, f);
    }
    if (shape.hasMlp()) {
      mlp.get(0).forward(users, 0, rows, pair, 0, 2 * half);
      mlp.get(1).forward(items, 0, rows, pair, half, 2 * half);
      float[] h = pair;
      for (int n = 0; n < layers.size(); n++) {
        h = activations.get(n).forward(layers.get(n).forward(h, rows), rows * width(n));
      }
      copy(h, 0, shape.last(), joined, f, joinedWidth, shape.last());
    }
    return out.forward(joined, rows);
  }

  private int width(int layer) {
    return shape.layers().get(layer + 1);
  }

  private void grow() {
    if (joined.length < rows * joinedWidth) {
      joined = new float[rows * joinedWidth];
      dProduct = new float[rows * shape.factors()];
      dLast = new float[rows * shape.last()];
      pair = new float[rows * 2 * half];
      dPair = new float[rows * 2 * half];
    }
  }

  private void copy(float[] from, int off, int ld, float[] to, int toOff, int toLd, int columns) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, off + r * ld, to, toOff + r * toLd, columns);
    }
  }

  @Override
  public void backward(float[] d, float penalty) {
    float[] dJoined = out.backward(d);
    int f = shape.factors();
    if (shape.hasGmf()) {
      copy(dJoined, 0, joinedWidth, dProduct, 0, f, f);
      product.backward(dProduct);
      penalize(product.dx(), user, rows * f, penalty);
      penalize(product.dy(), item, rows * f, penalty);
      drawToOne(rows * penalty);
      gmf.get(0).backward(product.dx());
      gmf.get(1).backward(product.dy());
    }
    if (shape.hasMlp()) {
      copy(dJoined, f, joinedWidth, dLast, 0, shape.last(), shape.last());
      float[] dh = dLast;
      for (int n = layers.size() - 1; n >= 0; n--) {
        dh = layers.get(n).backward(activations.get(n).backward(dh));
      }
      System.arraycopy(dh, 0, dPair, 0, rows * 2 * half);
      penalize(dPair, pair, rows * 2 * half, penalty);
      mlp.get(0).backward(dPair, 0, 2 * half);
      mlp.get(1).backward(dPair, half, 2 * half);
    }
  }

  /** Were h free, it would grow, and what the rows cost would become nothing. */
  private void drawToOne(float penalty) {
    if (penalty != 0 && !outWeight.isFrozen()) {
      for (int k = 0; k < shape.factors(); k++) {
        outWeight.gradients()[k] += penalty * (outWeight.values()[k] - 1);
      }
    }
  }

  private static void penalize(float[] d, float[] values, int n, float penalty) {
    if (penalty != 0) {
      for (int i = 0; i < n; i++) {
        d[i] += penalty * values[i];
      }
    }
  }

  /**
   * Takes over the parameters of a GMF and an MLP network, each of which gets a share of the logit:
   * the GMF by its tables, so that h stays where it is drawn to, and the MLP by its last weights.
   */
  static void fuse(Parameters into, Parameters gmf, Parameters mlp, float shareOfGmf) {
    float shareOfMlp = 1 - shareOfGmf;
    for (Parameter parameter : into.all()) {
      String name = parameter.name();
      float[] to = parameter.values();
      if (name.equals(OUT + ".bias")) {
        to[0] = shareOfGmf * gmf.get(name).values()[0] + shareOfMlp * mlp.get(name).values()[0];
      } else if (name.equals(OUT + ".weight")) {
        float[] h = gmf.get(name).values();
        scale(h, 1, to, 0);
        scale(mlp.get(name).values(), shareOfMlp, to, h.length);
      } else if (name.startsWith("gmf.")) {
        scale(gmf.get(name).values(), (float) Math.sqrt(shareOfGmf), to, 0);
      } else {
        scale(mlp.get(name).values(), 1, to, 0);
      }
    }
  }

  private static void scale(float[] from, float factor, float[] to, int off) {
    for (int i = 0; i < from.length; i++) {
      to[off + i] = factor * from[i];
    }
  }
}
