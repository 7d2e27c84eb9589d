// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.vectors;

import dev.pushwright.data.IdIndex;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.TopN;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Names and their vectors, float32 and all of one length. Likeness is the cosine; a name without a
 * direction, whose vector is zero, is like nothing. Immutable and thread-safe.
 */
public final class VectorSpace {

  /**
   * A name close to another.
   *
   * @param name the name
   * @param similarity the cosine, from −1 to 1
   */
  public record Neighbour(String name, double similarity) {}

  // Arora et al. (2017), section 3: a / (a + p(w)), insensitive between 1e-4 and 1e-2.
  private static final double FREQUENT = 1e-3;

  private final IdIndex names;
  private final int dimensions;
  private final float[] vectors;
  private final int[] documents;
  private final double[] lengths;
  private final double total;

  /**
   * A space.
   *
   * @param names the names
   * @param dimensions the length of a vector
   * @param vectors names × dimensions, row-major, finite; not copied
   * @param documents how many documents each name stood in; not copied
   */
  VectorSpace(IdIndex names, int dimensions, float[] vectors, int[] documents) {
    this.names = names;
    this.dimensions = dimensions;
    this.vectors = vectors;
    this.documents = documents;
    this.lengths = new double[names.size()];
    double sum = 0;
    for (int n = 0; n < lengths.length; n++) {
      lengths[n] = Math.sqrt(dot(n, vectors, n * dimensions));
      sum += documents[n];
    }
    this.total = sum;
  }

  /**
   * All names, sorted.
   *
   * @return the names
   */
  public List<String> names() {
    return names.ids();
  }

  /**
   * The length of a vector.
   *
   * @return at least 0; less than was asked for when there are fewer names
   */
  public int dimensions() {
    return dimensions;
  }

  /**
   * The vector of a name.
   *
   * @param name any text
   * @return a copy, or empty when the name is not known
   */
  public Optional<float[]> vector(String name) {
    OptionalInt n = names.find(name);
    return n.isPresent() ? Optional.of(vector(n.getAsInt())) : Optional.empty();
  }

  float[] vector(int n) {
    return Arrays.copyOfRange(vectors, n * dimensions, (n + 1) * dimensions);
  }

  /** Whether a name's vector points anywhere. */
  boolean hasDirection(int n) {
    return lengths[n] > 0;
  }

  IdIndex index() {
    return names;
  }

  int documents(int n) {
    return documents[n];
  }

  /**
   * The cosine of two names' vectors.
   *
   * @param one any text
   * @param other any text
   * @return from −1 to 1; 0 when either is not known or has the zero vector
   */
  public double similarity(String one, String other) {
    OptionalInt a = names.find(one);
    OptionalInt b = names.find(other);
    return a.isEmpty() || b.isEmpty()
        ? 0
        : cosine(a.getAsInt(), vectors, b.getAsInt() * dimensions, lengths[b.getAsInt()]);
  }

  /**
   * The names whose vectors point the same way.
   *
   * @param name any text; one that is not known has no neighbours
   * @param n how many at most, at least 0
   * @return the nearest first, without the name itself; ties by name
   */
  public List<Neighbour> nearest(String name, int n) {
    OptionalInt found = names.find(name);
    if (found.isEmpty()) {
      requireCount(n);
      return List.of();
    }
    int own = found.getAsInt();
    return nearest(vector(own), n, other -> other != own);
  }

  /**
   * The names whose vectors point the same way as a given one.
   *
   * @param vector of {@link #dimensions()} finite numbers; the zero vector has no neighbours
   * @param n how many at most, at least 0
   * @return the nearest first; ties by name
   * @throws IllegalArgumentException when the vector has another length or is not finite
   */
  public List<Neighbour> nearest(float[] vector, int n) {
    if (vector.length != dimensions) {
      throw new IllegalArgumentException(
          "the vector has " + vector.length + " numbers; " + dimensions + " are needed");
    }
    for (float x : vector) {
      if (!Float.isFinite(x)) {
        throw new IllegalArgumentException("the vector holds " + x + "; finite numbers are needed");
      }
    }
    return nearest(vector, n, other -> true);
  }

  private static void requireCount(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("n is " + n + "; at least 0 is needed");
    }
  }

  private List<Neighbour> nearest(float[] vector, int n, IntPredicate counts) {
    requireCount(n);
    double length = length(vector);
    List<Neighbour> nearest = new ArrayList<>();
    if (length == 0 || n == 0) {
      return nearest;
    }
    TopN best = new TopN(Math.min(n, lengths.length));
    for (int other = 0; other < lengths.length; other++) {
      if (lengths[other] > 0 && counts.test(other)) {
        best.offer(other, cosine(other, vector, 0, length));
      }
    }
    int[] order = new int[best.size()];
    double[] cosines = new double[order.length];
    best.drain(order, cosines);
    for (int i = 0; i < order.length; i++) {
      nearest.add(new Neighbour(names.id(order[i]), cosines[i]));
    }
    return nearest;
  }

  /**
   * What several names have in common: the mean of their vectors, each of length 1, weighted by how
   * rare the name is [1], scaled to length 1.
   *
   * <pre>
   *   v = Σ_w a / (a + p(w)) · v_w / ‖v_w‖,   a = 0.001
   * </pre>
   *
   * <p>[1] S. Arora, Y. Liang, T. Ma: A simple but tough-to-beat baseline for sentence embeddings.
   * ICLR 2017; without its removal of the common component.
   *
   * @param several any texts, each counted as often as it stands there
   * @return {@link #dimensions()} numbers, or none when no name is known or they cancel out
   */
  public float[] textVector(List<String> several) {
    Map<Integer, Double> weights = new TreeMap<>();
    for (String name : several) {
      names
          .find(name)
          .ifPresent(
              n ->
                  weights.merge(
                      n, FREQUENT / (FREQUENT + documents[n] / Math.max(1, total)), Double::sum));
    }
    return meanOf(weights);
  }

  /**
   * The weighted mean of vectors, each of length 1, scaled to length 1: a user as the mean of what
   * they dealt with.
   *
   * @param weights a finite weight for each name; names that are not known are passed over
   * @return {@link #dimensions()} numbers, or none when no name is known or they cancel out
   */
  public float[] mean(Map<String, Double> weights) {
    Map<Integer, Double> known = new TreeMap<>();
    weights.forEach(
        (name, weight) -> {
          if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("the weight of " + name + " is " + weight);
          }
          names.find(name).ifPresent(n -> known.put(n, weight));
        });
    return meanOf(known);
  }

  private float[] meanOf(Map<Integer, Double> weights) {
    // Against the largest, so that no sum of weights overflows.
    double most = weights.values().stream().mapToDouble(Math::abs).max().orElse(0);
    double[] sum = new double[dimensions];
    weights.forEach(
        (n, weight) -> {
          if (lengths[n] > 0 && most > 0) {
            for (int d = 0; d < dimensions; d++) {
              sum[d] += weight / most * (vectors[n * dimensions + d] / lengths[n]);
            }
          }
        });
    return scaled(sum);
  }

  /** Scaled to length 1; empty when there is no length to speak of. */
  static float[] scaled(double[] sum) {
    double squares = 0;
    for (double x : sum) {
      squares += x * x;
    }
    double length = Math.sqrt(squares);
    if (!(length > 1e-9)) {
      return new float[0];
    }
    float[] out = new float[sum.length];
    for (int d = 0; d < out.length; d++) {
      out[d] = (float) (sum[d] / length);
    }
    return out;
  }

  private static double length(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    return Math.sqrt(squares);
  }

  private double dot(int n, float[] other, int at) {
    double sum = 0;
    for (int d = 0, own = n * dimensions; d < dimensions; d++, own++) {
      sum += (double) vectors[own] * other[at + d];
    }
    return sum;
  }

  private double cosine(int n, float[] other, int at, double length) {
    double product = lengths[n] * length;
    // Rounding may pass 1 by a little.
    return product > 0 ? Math.max(-1, Math.min(1, dot(n, other, at) / product)) : 0;
  }

  /**
   * Writes {@code names}, {@code vectors} (names × dimensions) and {@code documents}.
   *
   * @param out a section of its own
   */
  public void save(ModelWriter out) {
    names.save(out, "names");
    out.floats("vectors", vectors, names.size(), dimensions).ints("documents", documents);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in the section
   * @return the space
   * @throws dev.pushwright.io.ModelFormatException when it is none
   */
  public static VectorSpace read(ModelReader in) {
    IdIndex names = IdIndex.read(in, "names");
    int[] documents = in.ints("documents", names.size());
    float[] vectors = in.floats("vectors");
    int dimensions = names.size() == 0 ? 0 : vectors.length / names.size();
    if (vectors.length != names.size() * dimensions) {
      throw in.damaged(vectors.length + " numbers are no vectors of " + names.size() + " names");
    }
    for (float x : vectors) {
      // Squares of what is larger do not add up in float64.
      if (!(Math.abs(x) <= 1e30f)) {
        throw in.damaged("vectors hold " + x);
      }
    }
    for (int count : documents) {
      if (count < 0) {
        throw in.damaged("documents hold " + count);
      }
    }
    return new VectorSpace(names, dimensions, vectors, documents);
  }
}
