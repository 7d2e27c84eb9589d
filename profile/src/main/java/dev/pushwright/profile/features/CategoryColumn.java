// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.features;

import com.google.common.collect.Maps;
import com.google.common.hash.Hashing;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A column of categories and how they become numbers. A row may hold several categories, such as
 * tags, or none.
 *
 * <ul>
 *   <li><b>One-hot</b>: an output for each category of the training rows, in the order of the
 *       texts, 1 where the row has it and 0 elsewhere. A category that was never seen gives zeros,
 *       as in scikit-learn's {@code OneHotEncoder(handle_unknown="ignore")}, or 1 in an output of
 *       its own (see {@link Start#oneHotWithOther}).
 *   <li><b>Hashing</b> [1]: with h the 32-bit MurmurHash3 of the UTF-8 bytes of {@code
 *       name=category}, seed 0, output |h| mod size gets 1 where h ≥ 0 and −1 elsewhere. These are
 *       the definitions of scikit-learn's {@code FeatureHasher}. Nothing is learnt, so there are no
 *       unseen categories; two of them may share an output.
 * </ul>
 *
 * <p>A row without a category gives zeros, or what {@link Start#imputeMostFrequent} or {@link
 * Start#imputeConstant} put in its place.
 *
 * <p>[1] K. Weinberger, A. Dasgupta, J. Langford, A. Smola, J. Attenberg: Feature hashing for large
 * scale multitask learning. ICML 2009.
 */
public final class CategoryColumn implements Column {

  /** The largest number of outputs of one column. */
  public static final int MAX_OUTPUTS = 1 << 20;

  // What stands in a name for all categories that have no output of their own.
  private static final String OTHER = "*";

  enum Filling {
    NONE,
    MOST_FREQUENT,
    CONSTANT
  }

  private final Start start;
  private final int hashes;
  private final int minCount;
  private final boolean other;

  private CategoryColumn(Start start, int hashes, int minCount, boolean other) {
    this.start = start;
    this.hashes = hashes;
    this.minCount = minCount;
    this.other = other;
  }

  /** A column of categories whose encoding is still to be chosen. Immutable. */
  public static final class Start {
    private final String name;
    private final Filling filling;
    private final String constant;

    Start(String name, Filling filling, String constant) {
      this.name = name;
      this.filling = filling;
      this.constant = constant;
    }

    /**
     * Puts the category that most training rows have where there is none; of equally frequent ones
     * the first by text.
     *
     * @return the column with this step
     */
    public Start imputeMostFrequent() {
      return new Start(name, Filling.MOST_FREQUENT, "");
    }

    /**
     * Puts a category where there is none, such as {@code "unknown"}.
     *
     * @param category the category, not blank; to one-hot it is one that was never seen when no
     *     training row lacked a category
     * @return the column with this step
     */
    public Start imputeConstant(String category) {
      if (category.isBlank()) {
        throw new IllegalArgumentException("column " + name + ": the constant is blank");
      }
      return new Start(name, Filling.CONSTANT, category.strip());
    }

    /**
     * Gives an output to each category.
     *
     * @return the column
     */
    public CategoryColumn oneHot() {
      return new CategoryColumn(this, 0, 1, false);
    }

    /**
     * Gives an output to each category that enough training rows have, and one more, the last, to
     * all others, those that were never seen among them.
     *
     * @param minCount how many rows a category needs for an output of its own, at least 1
     * @return the column
     */
    public CategoryColumn oneHotWithOther(int minCount) {
      if (minCount < 1) {
        throw new IllegalArgumentException(
            "column " + name + ": minCount is " + minCount + "; at least 1 is needed");
      }
      return new CategoryColumn(this, 0, minCount, true);
    }

    /**
     * Spreads the categories over a fixed number of outputs.
     *
     * @param size how many outputs, from 1 to {@link CategoryColumn#MAX_OUTPUTS}
     * @return the column
     */
    public CategoryColumn hashing(int size) {
      if (size < 1 || size > MAX_OUTPUTS) {
        throw new IllegalArgumentException(
            "column " + name + ": size is " + size + "; 1 to " + MAX_OUTPUTS + " is needed");
      }
      return new CategoryColumn(this, size, 1, false);
    }
  }

  @Override
  public String name() {
    return start.name;
  }

  Fitted fit(List<Row> rows) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    int empty = 0;
    for (Row row : rows) {
      Set<String> categories = new LinkedHashSet<>(row.texts(name()));
      empty += categories.isEmpty() ? 1 : 0;
      categories.forEach(category -> counts.merge(category, 1, Integer::sum));
    }
    String filling = start.constant;
    if (start.filling == Filling.MOST_FREQUENT) {
      filling = mostFrequent(counts);
    }
    if (!filling.isEmpty() && empty > 0) {
      counts.merge(filling, empty, Integer::sum);
    }
    List<String> categories = new ArrayList<>();
    if (hashes == 0) {
      counts.forEach(
          (category, count) -> {
            if (count >= minCount) {
              categories.add(category);
            }
          });
    }
    if (categories.size() >= MAX_OUTPUTS) {
      throw new IllegalArgumentException(
          "column "
              + name()
              + " has "
              + categories.size()
              + " categories, "
              + (MAX_OUTPUTS - 1)
              + " at most can be encoded; use hashing or oneHotWithOther");
    }
    return new Fitted(name(), filling, hashes, categories, other);
  }

  private String mostFrequent(SortedMap<String, Integer> counts) {
    String best = "";
    int most = 0;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        best = entry.getKey();
      }
    }
    if (most == 0) {
      throw new IllegalArgumentException(
          "column "
              + name()
              + " has no value in any row, so that there is nothing to put where it is missing;"
              + " use imputeConstant or leave the column out");
    }
    return best;
  }

  /** The encoding with the categories it knows. */
  static final class Fitted implements FittedColumn {

    static final String KIND = "category";

    private final String name;
    private final String filling;
    private final int hashes;
    private final List<String> categories;
    private final boolean other;
    private final Map<String, Integer> positions;

    private Fitted(
        String name, String filling, int hashes, List<String> categories, boolean other) {
      this.name = name;
      this.filling = filling;
      this.hashes = hashes;
      this.categories = List.copyOf(categories);
      this.other = other;
      this.positions = Maps.newHashMapWithExpectedSize(categories.size());
      for (String category : this.categories) {
        positions.put(category, positions.size());
      }
    }

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public List<String> names() {
      List<String> names = new ArrayList<>();
      for (int h = 0; h < hashes; h++) {
        names.add(name + "#" + h);
      }
      categories.forEach(category -> names.add(name + "=" + category));
      if (other) {
        names.add(name + "=" + OTHER);
      }
      return names;
    }

    @Override
    public void write(Row row, float[] out, int at) {
      List<String> held = row.texts(name);
      if (held.isEmpty() && !filling.isEmpty()) {
        held = List.of(filling);
      }
      for (String category : held) {
        if (hashes > 0) {
          int hash =
              Hashing.murmur3_32_fixed(0)
                  .hashString(name + "=" + category, StandardCharsets.UTF_8)
                  .asInt();
          out[at + (int) (Math.abs((long) hash) % hashes)] += hash >= 0 ? 1 : -1;
        } else {
          Integer position = positions.get(category);
          if (position != null) {
            out[at + position] = 1;
          } else if (other) {
            out[at + categories.size()] = 1;
          }
        }
      }
    }

    @Override
    public void save(ModelWriter out) {
      out.texts("filling", List.of(filling))
          .ints("layout", new int[] {hashes, other ? 1 : 0})
          .texts("categories", categories);
    }

    static Fitted read(String name, ModelReader in) {
      String filling = in.texts("filling", 1).get(0);
      int[] layout = in.ints("layout", 2);
      List<String> categories = in.texts("categories");
      if (layout[0] < 0 || layout[0] > MAX_OUTPUTS || (layout[1] != 0 && layout[1] != 1)) {
        throw in.damaged("layout holds " + layout[0] + " and " + layout[1]);
      }
      if (new LinkedHashSet<>(categories).size() != categories.size()) {
        throw in.damaged("categories hold one twice");
      }
      return new Fitted(name, filling, layout[0], categories, layout[1] == 1);
    }
  }
}
