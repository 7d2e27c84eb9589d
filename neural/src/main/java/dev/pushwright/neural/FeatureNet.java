// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.data.Dataset;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import dev.pushwright.neural.nn.Activation;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.Embedding;
import dev.pushwright.neural.nn.EmbeddingSum;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.TrainedUsers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The network of {@link FeatureMlp}. Its first layer is that of [ids, features] side by side, taken
 * apart: a {@link Dense} layer on the ids, and the rows of what a user and an item have summed up.
 */
final class FeatureNet implements PairNet {

  static final String USER_FEATURES = "features.user";
  static final String ITEM_FEATURES = "features.item";

  private static final double ID_DEVIATION = 0.01;
  private static final double FEATURE_DEVIATION = 0.1;

  /**
   * What it is made from.
   *
   * @param layers the widths, of which the first is that of the ids of a user and an item together
   * @param idDropout how often an id is held back in training
   * @param options which fields count
   * @param users what is known of users; of nobody before {@link #fitted}
   * @param items what is known of items; of nobody before {@link #fitted}
   */
  record Shape(
      List<Integer> layers,
      double idDropout,
      FeatureOptions options,
      FeatureRows users,
      FeatureRows items)
      implements Architecture {

    Shape {
      layers = List.copyOf(layers);
    }

    int half() {
      return layers.get(0) / 2;
    }

    @Override
    public Shape fitted(Dataset data, TrainedUsers trained) {
      IntPredicate user = u -> learned(trained.matrix().byUser(), u);
      IntPredicate item = i -> learned(trained.matrix().byItem(), i);
      return with(
          FeatureEncoder.encode(
              FeatureSource.USERS,
              data.userRecords(),
              user,
              options.users(),
              options.maxColumns(),
              options.hashBuckets()),
          FeatureEncoder.encode(
              FeatureSource.ITEMS,
              data.catalogue(),
              item,
              options.items(),
              options.maxColumns(),
              options.hashBuckets()));
    }

    private static boolean learned(SparseRows rows, int row) {
      return rows.start(row) < rows.end(row);
    }

    private Shape with(FeatureRows users, FeatureRows items) {
      return new Shape(layers, idDropout, options, users, items);
    }

    @Override
    public void save(ModelWriter out) {
      users.save(out.section("user"));
      items.save(out.section("item"));
    }

    @Override
    public Shape read(ModelReader in, TrainedUsers trained) {
      return with(
          FeatureRows.read(in.section("user"), trained.users().size()),
          FeatureRows.read(in.section("item"), trained.items().size()));
    }

    @Override
    public boolean describesUser(int user) {
      return users.has(user);
    }

    @Override
    public boolean describesItem(int item) {
      return items.has(item);
    }

    @Override
    public Shape forUser(OptionalInt user) {
      return with(users.only(user.orElse(-1)), items);
    }

    @Override
    public PairNet make(Parameters parameters, int users, int items) {
      return new FeatureNet(parameters, users, items, this);
    }

    @Override
    public PairScorer scorer(Parameters parameters, int items) {
      return new FeatureScorer(parameters, items, this);
    }

    @Override
    public Set<String> userTables() {
      return Set.of(NcfNet.MLP_USER);
    }
  }

  /** The features of one side, for the rows of a batch. */
  private static final class Side {
    private final SparseRows features;
    private final EmbeddingSum sum;
    private int[] starts = {};
    private int[] columns = {};
    private float[] values = {};

    Side(Parameters parameters, String name, FeatureRows of, int width) {
      this.features = of.rows();
      this.sum =
          new EmbeddingSum(
              parameters,
              name,
              Math.max(1, features.columns()),
              width,
              Initializer.normal(FEATURE_DEVIATION));
    }

    float[] forward(int[] entities, int rows) {
      starts = starts.length > rows ? starts : new int[rows + 1];
      int all = 0;
      for (int r = 0; r < rows; r++) {
        starts[r] = all;
        all += features.end(entities[r]) - features.start(entities[r]);
      }
      starts[rows] = all;
      if (columns.length < all) {
        columns = new int[all];
        values = new float[all];
      }
      for (int r = 0; r < rows; r++) {
        int from = features.start(entities[r]);
        for (int k = starts[r]; k < starts[r + 1]; k++) {
          columns[k] = features.column(from + k - starts[r]);
          values[k] = features.value(from + k - starts[r]);
        }
      }
      return sum.forward(starts, columns, values, rows);
    }
  }

  private final Shape shape;
  private final int half;
  private final int first;
  private final Embedding user;
  private final Embedding item;
  private final Side userSide;
  private final Side itemSide;
  private final List<Dense> layers = new ArrayList<>();
  private final List<Activation> activations = new ArrayList<>();
  private final Dense out;
  private int rows;
  private float[] ids = {};
  private float[] dIds = {};
  private boolean[] held = {};

  private FeatureNet(Parameters parameters, int users, int items, Shape shape) {
    this.shape = shape;
    this.half = shape.half();
    Initializer begin = Initializer.normal(ID_DEVIATION);
    this.user = new Embedding(parameters, NcfNet.MLP_USER, users, half, begin);
    this.item = new Embedding(parameters, NcfNet.MLP_ITEM, items, half, begin);
    this.first = shape.layers().get(1);
    this.userSide = new Side(parameters, USER_FEATURES, shape.users(), first);
    this.itemSide = new Side(parameters, ITEM_FEATURES, shape.items(), first);
    for (int n = 1; n < shape.layers().size(); n++) {
      int in = n == 1 ? 2 * half : shape.layers().get(n - 1);
      int width = shape.layers().get(n);
      layers.add(new Dense(parameters, NcfNet.layer(n), in, width, Initializer.glorot()));
      activations.add(new Activation(Activation.Function.RELU));
    }
    int last = shape.layers().get(shape.layers().size() - 1);
    this.out = new Dense(parameters, NcfNet.OUT, last, 1, Initializer.lecun());
  }

  @Override
  public float[] forward(int[] users, int[] items, int rows) {
    grow(rows);
    Arrays.fill(held, 0, 2 * rows, false);
    return run(users, items, rows);
  }

  @Override
  public float[] learn(int[] users, int[] items, long[] samples, long key, int rows) {
    grow(rows);
    for (int r = 0; r < rows; r++) {
      held[2 * r] = CounterRandom.uniform(key, 2 * samples[r]) < shape.idDropout();
      held[2 * r + 1] = CounterRandom.uniform(key, 2 * samples[r] + 1) < shape.idDropout();
    }
    return run(users, items, rows);
  }

  private void grow(int rows) {
    if (held.length < 2 * rows) {
      held = new boolean[2 * rows];
      ids = new float[rows * 2 * half];
      dIds = new float[rows * 2 * half];
    }
  }

  private float[] run(int[] users, int[] items, int rows) {
    this.rows = rows;
    user.forward(users, 0, rows, ids, 0, 2 * half);
    item.forward(items, 0, rows, ids, half, 2 * half);
    holdBack(ids);
    float[] h = layers.get(0).forward(ids, rows);
    add(userSide.forward(users, rows), h, rows * first);
    add(itemSide.forward(items, rows), h, rows * first);
    h = activations.get(0).forward(h, rows * first);
    for (int n = 1; n < layers.size(); n++) {
      h =
          activations
              .get(n)
              .forward(layers.get(n).forward(h, rows), rows * shape.layers().get(n + 1));
    }
    return out.forward(h, rows);
  }

  private static void add(float[] from, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] += from[i];
    }
  }

  private void holdBack(float[] x) {
    for (int h = 0; h < 2 * rows; h++) {
      if (held[h]) {
        Arrays.fill(x, h * half, (h + 1) * half, 0);
      }
    }
  }

  @Override
  public void backward(float[] d, float penalty) {
    float[] dh = out.backward(d);
    for (int n = layers.size() - 1; n > 0; n--) {
      dh = layers.get(n).backward(activations.get(n).backward(dh));
    }
    dh = activations.get(0).backward(dh);
    userSide.sum.backward(dh);
    itemSide.sum.backward(dh);
    float[] dx = layers.get(0).backward(dh);
    for (int i = 0; i < rows * 2 * half; i++) {
      dIds[i] = dx[i] + penalty * ids[i];
    }
    holdBack(dIds);
    user.backward(dIds, 0, 2 * half);
    item.backward(dIds, half, 2 * half);
  }
}
