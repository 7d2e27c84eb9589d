// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Stochastic gradient descent on ratings, epoch after epoch: what does not depend on how a rating
 * is predicted. Vectors begin at random, those of users and items without ratings at 0, where they
 * stay. Of the ratings that are watched, the epoch that predicts them best is kept.
 */
abstract class RatingSgd {

  // The standard deviation of first vectors' products is the square of this, in stars.
  private static final double FIRST_LENGTH = 0.5;

  // What predictions of watched ratings have to gain to count as better, in stars.
  private static final double GAIN = 1e-4;

  final String algorithm;
  final SgdOptions options;
  final FitContext context;
  final RatingSamples learned;
  final RatingSamples watched;
  final int factors;
  final float[] userBias;
  final float[] itemBias;
  final float[][] userFactors;
  final float[][] itemFactors;

  private final Ratings ratings;
  private final List<Double> losses = new ArrayList<>();

  RatingSgd(String algorithm, Ratings ratings, SgdOptions options, FitContext context) {
    this.algorithm = algorithm;
    this.ratings = ratings;
    this.options = options;
    this.context = context;
    RatingSamples.Split split =
        RatingSamples.of(ratings, options.validationShare(), options.seed());
    boolean watch = split.watched().size() > 0 && split.learned().size() > 0;
    this.learned = watch ? split.learned() : RatingSamples.of(ratings, 0, 0).learned();
    this.watched = watch ? split.watched() : RatingSamples.NONE;
    this.factors = options.factors();
    this.userBias = new float[ratings.byUser().rows()];
    this.itemBias = new float[ratings.byUser().columns()];
    this.userFactors = vectors(userBias.length, learned.users(), 1);
    this.itemFactors = vectors(itemBias.length, learned.items(), 2);
  }

  /** First vectors of those who occur among {@code ids}: uniform around 0. */
  final float[][] vectors(int rows, int[] ids, int stream) {
    float[][] vectors = new float[rows][factors];
    boolean[] occurs = new boolean[rows];
    for (int id : ids) {
      occurs[id] = true;
    }
    // A uniform number from −a to a has the variance a² / 3.
    double bound = FIRST_LENGTH * Math.sqrt(3.0 / factors);
    SplittableRandom random = random(stream, 0);
    for (int r = 0; r < rows; r++) {
      if (occurs[r]) {
        for (int f = 0; f < factors; f++) {
          vectors[r][f] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
      }
    }
    return vectors;
  }

  /** Random numbers of a purpose of their own. */
  final SplittableRandom random(int stream, int number) {
    return new SplittableRandom(options.seed() + 0x9E3779B97F4A7C15L * (stream + 16L * number));
  }

  /** Learns from every rating once and returns the sum of the squared errors met on the way. */
  abstract double epoch(int epoch, float rate);

  /** Called before {@link #product} is, after an epoch. */
  void prepare() {}

  /** What is added to the biases for a user and an item. */
  abstract double product(int user, int item);

  /** Everything that is learned, to be kept and brought back. */
  abstract List<float[][]> learnedTensors();

  /** The users' vectors as the model needs them, in stars. */
  abstract float[][] finalUserFactors();

  /** What having rated an item tells, in stars; none by default. */
  float[][] finalImplicitFactors() {
    return new float[0][];
  }

  /** Trains, all epochs or until the watched ratings are predicted no better. */
  final RatingFactors train() {
    long began = System.nanoTime();
    double best = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    List<float[][]> kept = List.of();
    for (int epoch = 1; epoch <= options.epochs() && learned.size() > 0; epoch++) {
      context.checkCancelled();
      double rate =
          options.learningRate() * Math.pow(options.learningRateDecay(), (double) epoch - 1);
      double loss = epoch(epoch, (float) rate) / learned.size();
      losses.add(loss);
      context.epochDone(
          "epochs", epoch, options.epochs(), Duration.ofNanos(System.nanoTime() - began), loss);
      if (watched.size() > 0) {
        double error = watchedError();
        if (error < best - GAIN) {
          best = error;
          bestEpoch = epoch;
          kept = copy(learnedTensors());
        } else if (epoch - bestEpoch >= options.patience()) {
          break;
        }
      }
    }
    if (!kept.isEmpty()) {
      restore(kept, learnedTensors());
    }
    prepare();
    return result();
  }

  /** By epoch: the mean of the squared errors that each rating met when it was learned from. */
  final List<Double> losses() {
    return List.copyOf(losses);
  }

  private double watchedError() {
    prepare();
    double sum = 0;
    for (int s = 0; s < watched.size(); s++) {
      int user = watched.users()[s];
      int item = watched.items()[s];
      double error = watched.values()[s] - (userBias[user] + itemBias[item] + product(user, item));
      sum += error * error;
    }
    return Math.sqrt(sum / watched.size());
  }

  private static List<float[][]> copy(List<float[][]> tensors) {
    List<float[][]> copies = new ArrayList<>();
    for (float[][] tensor : tensors) {
      float[][] rows = new float[tensor.length][];
      for (int r = 0; r < rows.length; r++) {
        rows[r] = tensor[r].clone();
      }
      copies.add(rows);
    }
    return copies;
  }

  private static void restore(List<float[][]> from, List<float[][]> to) {
    for (int t = 0; t < from.size(); t++) {
      for (int r = 0; r < from.get(t).length; r++) {
        System.arraycopy(from.get(t)[r], 0, to.get(t)[r], 0, from.get(t)[r].length);
      }
    }
  }

  /** What to throw when training runs away. */
  final IllegalStateException diverged(int epoch, String place, double loss) {
    return new IllegalStateException(
        algorithm
            + " diverged in epoch "
            + epoch
            + ", "
            + place
            + ", with learningRate "
            + options.learningRate()
            + ": the loss is "
            + loss
            + "; choose a smaller learningRate");
  }

  private RatingFactors result() {
    double unstretch = 1 / RatingSamples.stretch(ratings);
    check("item vectors", itemFactors, RatingFactors.MAX_ITEM_FACTOR);
    RatingFactors result =
        new RatingFactors(
            stars(userBias, unstretch),
            stars(itemBias, unstretch),
            RatingFactors.flat(stars(finalUserFactors(), unstretch), factors),
            RatingFactors.byFactor(itemFactors, factors),
            RatingFactors.flat(stars(finalImplicitFactors(), unstretch), factors));
    check("user vectors", new float[][] {result.userFactors()}, RatingFactors.MAX_USER_SIDE);
    check("implicit", new float[][] {result.implicitFactors()}, RatingFactors.MAX_USER_SIDE);
    check("biases", new float[][] {userBias, itemBias}, RatingFactors.MAX_ITEM_FACTOR);
    return result;
  }

  private void check(String what, float[][] rows, double bound) {
    for (float[] row : rows) {
      for (float value : row) {
        if (!(Math.abs(value) <= bound)) {
          throw diverged(losses.size(), what + " hold " + value, losses.get(losses.size() - 1));
        }
      }
    }
  }

  private static double[] stars(float[] values, double unstretch) {
    double[] stars = new double[values.length];
    for (int v = 0; v < stars.length; v++) {
      stars[v] = values[v] * unstretch;
    }
    return stars;
  }

  private static float[][] stars(float[][] rows, double unstretch) {
    float[][] stars = new float[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      stars[r] = new float[rows[r].length];
      for (int f = 0; f < stars[r].length; f++) {
        stars[r][f] = (float) (rows[r][f] * unstretch);
      }
    }
    return stars;
  }
}
