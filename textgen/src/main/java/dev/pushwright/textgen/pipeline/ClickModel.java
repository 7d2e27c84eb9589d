// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import com.google.common.hash.Hashing;
import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Graphemes;
import dev.pushwright.api.ItemNames;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How likely a text is to be opened, learned from {@link Feedback}: a logistic regression over the
 * channel, the lengths, and the words around the names of items, hashed into {@value #SIZE}
 * weights. It takes in one message after another by FTRL-Proximal [1] with α 0.1, β 1, λ₁ 0 and λ₂
 * 1, so that it can be updated for good: all at once or day by day, the same messages in the same
 * order give the same bits. Immutable.
 *
 * <p>[1] McMahan, Holt, Sculley and others: Ad click prediction: a view from the trenches. KDD
 * 2013.
 */
public final class ClickModel implements Ranker {

  /** How many weights there are. */
  static final int SIZE = 1 << 12;

  private static final double ALPHA = 0.1;
  private static final double BETA = 1;
  private static final double L2 = 1;

  // What the paper calls z and n: the sum of the shifted gradients, and of their squares.
  private final double[] gradients;
  private final double[] squares;

  private ClickModel(double[] gradients, double[] squares) {
    this.gradients = gradients;
    this.squares = squares;
  }

  /**
   * A model that has seen nothing and gives every text one half.
   *
   * @return the model
   */
  public static ClickModel empty() {
    return new ClickModel(new double[SIZE], new double[SIZE]);
  }

  /**
   * Takes in feedback.
   *
   * @param feedback in the order of time
   * @return a new model that knows it too
   */
  public ClickModel updated(Collection<Feedback> feedback) {
    double[] z = gradients.clone();
    double[] n = squares.clone();
    for (Feedback seen : feedback) {
      int[] features =
          features(seen.channel(), seen.text().title(), seen.text().body(), seen.items());
      double error = probability(z, n, features) - (seen.clicked() ? 1 : 0);
      for (int i : features) {
        double sigma = (Math.sqrt(n[i] + error * error) - Math.sqrt(n[i])) / ALPHA;
        z[i] += error - sigma * weight(z[i], n[i]);
        n[i] += error * error;
      }
    }
    return new ClickModel(z, n);
  }

  /**
   * How likely a text is to be opened.
   *
   * @param channel where it is shown
   * @param title its title
   * @param body its body
   * @param items what it is about
   * @return between 0 and 1
   */
  public double probability(Channel channel, String title, String body, Collection<Item> items) {
    return probability(gradients, squares, features(channel, title, body, items));
  }

  @Override
  public double score(ContentRequest request, Candidate candidate) {
    return probability(
        request.channel(), candidate.title(), candidate.body(), request.knownItems());
  }

  private static double probability(double[] z, double[] n, int[] features) {
    double sum = 0;
    for (int i : features) {
      sum += weight(z[i], n[i]);
    }
    return 1 / (1 + StrictMath.exp(-sum));
  }

  private static double weight(double z, double n) {
    return -z / ((BETA + Math.sqrt(n)) / ALPHA + L2);
  }

  private static int[] features(
      Channel channel, String title, String body, Collection<Item> items) {
    Set<String> features = new LinkedHashSet<>();
    features.add("any");
    features.add("channel " + channel);
    features.add("title length " + Graphemes.count(title) / 10);
    features.add("body length " + Graphemes.count(body) / 20);
    features.add("question " + (title + body).matches("(?s).*[?？].*"));
    features.add("exclamation " + (title + body).matches("(?s).*[!！].*"));
    features.add("price " + (title + body).matches("(?s).*\\p{Sc}.*"));
    features.add("name in title " + ItemNames.mask(title, items).contains(ItemNames.MASK));
    words(ItemNames.mask(title, items)).forEach(word -> features.add("title " + word));
    words(ItemNames.mask(body, items)).forEach(word -> features.add("body " + word));
    return features.stream()
        .mapToInt(
            feature ->
                Hashing.murmur3_32_fixed().hashString(feature, StandardCharsets.UTF_8).asInt()
                    & (SIZE - 1))
        .distinct()
        .toArray();
  }

  private static List<String> words(String masked) {
    return Words.cut(masked).stream().filter(word -> !word.equals(ItemNames.MASK)).toList();
  }

  /**
   * Writes the model, as a part of another or alone.
   *
   * @param out takes the parts
   */
  public void save(ModelWriter out) {
    out.doubles("gradients", gradients).doubles("squares", squares);
  }

  /**
   * Reads what {@link #save(ModelWriter)} wrote.
   *
   * @param in the parts
   * @return the model
   * @throws dev.pushwright.io.ModelFormatException when the numbers are not of such a model
   */
  public static ClickModel read(ModelReader in) {
    double[] z = in.doubles("gradients", SIZE);
    double[] n = in.doubles("squares", SIZE);
    for (int i = 0; i < SIZE; i++) {
      if (!Double.isFinite(z[i]) || !(n[i] >= 0 && Double.isFinite(n[i]))) {
        throw in.damaged(
            "weight " + i + " has the gradient " + z[i] + " and the sum of squares " + n[i]);
      }
    }
    return new ClickModel(z, n);
  }

  /**
   * Saves the model to a file of its own.
   *
   * @param file where to; an existing file is replaced
   * @throws java.io.UncheckedIOException when it cannot be written
   */
  public void save(Path file) {
    TensorFileWriter out = new TensorFileWriter();
    save(new ModelWriter(out));
    out.write(file);
  }

  /**
   * Loads a model from a file of its own.
   *
   * @param file what {@link #save(Path)} wrote
   * @return the model
   * @throws dev.pushwright.io.ModelFormatException when it is damaged or no such file
   * @throws java.io.UncheckedIOException when it cannot be read
   */
  public static ClickModel load(Path file) {
    try (TensorFile in = TensorFile.open(file)) {
      return read(new ModelReader(in));
    }
  }
}
