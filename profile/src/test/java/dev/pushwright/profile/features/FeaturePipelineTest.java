// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.testkit.DamagedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The numbers expected are those of scikit-learn 1.9.1 where a comment names its class, and come
 * from the formulas of {@link NumberColumn} elsewhere.
 */
class FeaturePipelineTest {

  private static final double MISSING = Double.NaN;

  // Training values and later ones; the mean of the former is 3.79166667, the median 3.5.
  private static final double[] TRAIN = {3.5, MISSING, -1.25, 10, 3.5, MISSING, 7, 0};
  private static final double[] LATER = {MISSING, 12, -4, 2.25};

  @TempDir Path folder;

  private static Row row(double x) {
    return Double.isNaN(x) ? Row.builder().build() : Row.builder().number("x", x).build();
  }

  private static List<Row> rows(double... x) {
    return Arrays.stream(x).mapToObj(FeaturePipelineTest::row).toList();
  }

  private static double[] numbers(NumberColumn column, double[] train, double... later) {
    FeaturePipeline pipeline = Preprocessing.of(column).fit(rows(train));
    double[] out = new double[later.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = pipeline.transform(row(later[i]))[0];
    }
    return out;
  }

  private static NumberColumn x() {
    return Column.number("x");
  }

  // SimpleImputer(strategy) followed by MinMaxScaler() and StandardScaler().
  @Test
  void imputedAndScaledNumbersAreThoseOfScikitLearn() {
    assertThat(numbers(x().imputeMean().minMaxUnbounded(), TRAIN, LATER))
        .containsExactly(
            new double[] {0.44814815, 1.17777778, -0.24444444, 0.31111111}, within(1e-7));
    assertThat(numbers(x().imputeMedian().minMaxUnbounded(), TRAIN, LATER))
        .containsExactly(
            new double[] {0.42222222, 1.17777778, -0.24444444, 0.31111111}, within(1e-7));
    assertThat(numbers(x().imputeMean().zScore(), TRAIN, LATER))
        .containsExactly(new double[] {0, 2.46370327, -2.33864219, -0.46272600}, within(3e-7));
    assertThat(numbers(x().imputeMostFrequent().zScore(), TRAIN, LATER))
        .containsExactly(
            new double[] {-0.06560994, 2.48380505, -2.31509377, -0.44052391}, within(3e-7));
  }

  // MinMaxScaler((-1, 3), clip=True)
  @Test
  void valuesOutsideOfTheTrainedRangeAreKeptWithinByMinMax() {
    assertThat(numbers(x().imputeMean().minMax(-1, 3), TRAIN, LATER))
        .containsExactly(new double[] {0.79259259, 3, -1, 0.24444444}, within(1e-6));
  }

  // StandardScaler() on data with NaN, which it passes by; log1p, then StandardScaler().
  @Test
  void missingValuesDoNotCountInAScaleAndGiveZeroInTheEnd() {
    assertThat(numbers(x().zScore(), TRAIN, LATER))
        .containsExactly(new double[] {0, 2.13362962, -2.02532355, -0.40073247}, within(3e-7));
    assertThat(numbers(x().log().zScore(), new double[] {0, 1, 9.5, 250}, 3, 1000))
        .containsExactly(new double[] {-0.35471718, 2.23575216}, within(3e-7));
    assertThat(numbers(x(), TRAIN, LATER)).containsExactly(0, 12, -4, 2.25);
  }

  @Test
  void logarithmOfANegativeNumberMirrorsThatOfThePositiveOne() {
    assertThat(numbers(x().log(), TRAIN, Math.E - 1, 1 - Math.E, 0, MISSING))
        .containsExactly(new double[] {1, -1, 0, 0}, within(1e-7));
  }

  @Test
  void constantColumnGivesTheLowEndAndZeroWhateverComesLater() {
    // The mean of three times 0.1 is not 0.1 in floating point.
    double[] constant = {0.1, 0.1, 0.1};
    assertThat(numbers(x().zScore(), constant, 0.1, 5, MISSING)).containsExactly(0, 0, 0);
    assertThat(numbers(x().minMax(2, 4), constant, 0.1, 5, -5)).containsExactly(2, 2, 2);
    assertThat(numbers(x().minMaxUnbounded(), constant, 0.1, 5)).containsExactly(0, 0);
    assertThat(numbers(x().zScore(), new double[0], 3)).as("no rows").containsExactly(0);
    assertThat(numbers(x().zScore(), new double[] {1e-300, 2e-300}, 1, 2))
        .as("a spread too small to square")
        .containsExactly(0, 0);
  }

  @Test
  void outputsAreFiniteAtTheEndsOfTheNumbers() {
    double most = Row.MAX_NUMBER;
    assertThat(numbers(x(), TRAIN, most, -most)).containsExactly(Float.MAX_VALUE, -Float.MAX_VALUE);
    for (NumberColumn column :
        List.of(
            x().minMaxUnbounded().zScore().log(),
            x().zScore().minMax(),
            x().imputeMean().minMaxUnbounded().minMax(-most, most).zScore())) {
      for (double[] train :
          List.of(new double[] {-most, most}, new double[] {0, Double.MIN_VALUE, 1})) {
        for (double v : numbers(column, train, most, -most, 0, Double.MIN_VALUE, MISSING)) {
          assertThat(v).isFinite();
        }
      }
    }
  }

  @Test
  void mostFrequentTakesTheSmallestOfEquals() {
    assertThat(numbers(x().imputeMostFrequent(), new double[] {7, 5, 5, 7, 1, MISSING}, MISSING))
        .containsExactly(5);
    assertThat(numbers(x().imputeConstant(-9), TRAIN, MISSING)).containsExactly(-9);
    assertThat(numbers(x().imputeMedian(), new double[] {1, 9, 2, 4}, MISSING)).containsExactly(3);
  }

  @Test
  void columnWithoutAnyValueCannotBeImputedFrom() {
    assertThatThrownBy(() -> Preprocessing.of(x().imputeMean()).fit(rows(MISSING)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("column x", "no value", "imputeConstant");
    assertThatThrownBy(
            () -> Preprocessing.of(Column.category("c").imputeMostFrequent().oneHot()).fit(rows(1)))
        .hasMessageContainingAll("column c", "no value", "imputeConstant");
  }

  private static Row category(String... values) {
    return Row.builder().texts("c", List.of(values)).build();
  }

  @Test
  void oneHotGivesZerosForAnUnseenCategoryOrAnOutputOfTheirOwn() {
    List<Row> rows =
        List.of(category("b"), category("a"), category("b", "d"), category(), category("b", "b"));
    FeaturePipeline plain = Preprocessing.of(Column.category("c").oneHot()).fit(rows);
    assertThat(plain.names()).containsExactly("c=a", "c=b", "c=d");
    assertThat(plain.transform(category("d", "a"))).containsExactly(1, 0, 1);
    assertThat(plain.transform(category("never"))).containsExactly(0, 0, 0);
    assertThat(plain.transform(category())).containsExactly(0, 0, 0);
    FeaturePipeline other =
        Preprocessing.of(Column.category("c").imputeMostFrequent().oneHotWithOther(2)).fit(rows);
    assertThat(other.names()).containsExactly("c=b", "c=*");
    assertThat(other.transform(category("never"))).containsExactly(0, 1);
    assertThat(other.transform(category("d"))).as("too rare").containsExactly(0, 1);
    assertThat(other.transform(category())).as("imputed").containsExactly(1, 0);
    FeaturePipeline constant =
        Preprocessing.of(Column.category("c").imputeConstant("none").oneHot()).fit(rows);
    assertThat(constant.names()).containsExactly("c=a", "c=b", "c=d", "c=none");
    assertThat(constant.transform(category())).containsExactly(0, 0, 0, 1);
  }

  // FeatureHasher(size, input_type="dict").transform([{column: value}]): output and sign.
  @ParameterizedTest
  @CsvSource({
    "city, Leeds, 8, 3, -1",
    "city, Zürich, 8, 7, 1",
    "zip, 10115, 8, 1, -1",
    "tag, 紅茶, 8, 5, -1",
    "tag, red, 8, 0, 1",
    "city, Leeds, 5, 3, -1",
    "city, Zürich, 5, 2, 1",
    "zip, 10115, 5, 1, -1",
    "tag, 紅茶, 5, 1, -1",
    "tag, red, 5, 4, 1",
    "city, Leeds, 64, 27, -1",
    "city, Zürich, 64, 23, 1",
    "zip, 10115, 64, 17, -1",
    "tag, 紅茶, 64, 21, -1",
    "tag, red, 64, 40, 1"
  })
  void hashingIsThatOfScikitLearn(String column, String value, int size, int output, float sign) {
    FeaturePipeline pipeline =
        Preprocessing.of(Column.category(column).hashing(size)).fit(List.of());
    float[] expected = new float[size];
    expected[output] = sign;
    assertThat(pipeline.transform(Row.builder().text(column, value).build()))
        .containsExactly(expected);
    assertThat(pipeline.names()).hasSize(size).startsWith(column + "#0");
  }

  @Test
  void columnsStandSideBySideInTheOrderGiven() {
    List<Row> users =
        List.of(
            Row.of(User.of("a").with("age", "20").with("city", "Leeds")),
            Row.of(User.of("b").with("age", "40")),
            Row.of(User.of("c").with("city", "York")));
    FeaturePipeline pipeline =
        Preprocessing.of(
                Column.category("city").oneHot(), Column.number("age").imputeMean().minMax())
            .fit(users);
    assertThat(pipeline.names()).containsExactly("city=Leeds", "city=York", "age");
    assertThat(pipeline.transform(users.get(0))).containsExactly(1, 0, 0);
    assertThat(pipeline.transform(users.get(2))).containsExactly(0, 1, 0.5f);
  }

  @Test
  void itemsGiveTheirAttributesTagsAndPrice() {
    Row row =
        Row.of(
            Item.builder("i")
                .category("Mugs")
                .tags("red", "gift")
                .price(4.5)
                .attribute("price", "cheap")
                .build());
    assertThat(row.texts("tags")).containsExactly("red", "gift");
    assertThat(row.texts("category")).containsExactly("Mugs");
    assertThat(row.number("price")).hasValue(4.5);
    assertThat(row.texts("price")).containsExactly("4.5");
    assertThat(Row.of(Item.of("j")).number("price")).isEmpty();
    assertThat(Row.builder().number("code", 7).build().texts("code")).containsExactly("7");
  }

  @Test
  void whatIsNoNumberIsRefusedWithColumnValueAndRemedy() {
    FeaturePipeline pipeline = Preprocessing.of(x().imputeMean()).fit(rows(1));
    assertThatThrownBy(() -> pipeline.transform(Row.builder().text("x", "old").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("column x", "old", "no number", "make it a category");
    assertThatThrownBy(() -> pipeline.transform(Row.builder().text("x", "NaN").build()))
        .hasMessageContainingAll("column x", "NaN");
    assertThatThrownBy(
            () -> pipeline.transform(Row.builder().texts("x", List.of("1", "2")).build()))
        .hasMessageContainingAll("column x", "[1, 2]");
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e101}) {
      assertThatThrownBy(() -> Row.builder().number("x", bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("column x", String.valueOf(bad));
    }
    assertThatThrownBy(() -> x().minMax(3, 3)).hasMessageContainingAll("column x", "low < high");
    assertThatThrownBy(() -> Column.category("c").hashing(0)).hasMessageContaining("size is 0");
    assertThatThrownBy(() -> Preprocessing.of(x(), x().log())).hasMessageContaining("given twice");
  }

  private static FeaturePipeline everything() {
    SplittableRandom random = new SplittableRandom(3);
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < 50; r++) {
      Row.Builder row = Row.builder().number("x", random.nextDouble() * 100 - 30);
      if (r % 3 > 0) {
        row.text("c", "k" + random.nextInt(6)).number("y", random.nextInt(4));
      }
      rows.add(row.build());
    }
    return Preprocessing.of(
            x().log().zScore(),
            Column.number("y").imputeMostFrequent().minMax(-1, 1),
            Column.category("c").imputeConstant("none").oneHotWithOther(2),
            Column.category("d").hashing(7))
        .fit(rows);
  }

  private static List<Row> probes() {
    return List.of(
        row(17.25),
        row(-3),
        Row.builder().build(),
        Row.builder().number("y", 99).text("c", "k3").text("d", "p").build(),
        Row.builder().number("y", 1).text("c", "zz").texts("d", List.of("p", "q", "r")).build());
  }

  @Test
  void loadedPipelineGivesTheSameBits() {
    FeaturePipeline pipeline = everything();
    Path file = folder.resolve("pipeline.safetensors");
    pipeline.save(file);
    FeaturePipeline loaded = FeaturePipeline.load(file);
    assertThat(loaded.names()).isEqualTo(pipeline.names());
    for (Row probe : probes()) {
      assertThat(loaded.transform(probe)).isEqualTo(pipeline.transform(probe));
    }
  }

  @Test
  void damagedFilesAreRefusedOrDoNoHarm() throws IOException {
    Path file = folder.resolve("pipeline.safetensors");
    everything().save(file);
    DamagedFiles.areRefusedOrDoNoHarm(
            file,
            1000,
            damaged -> {
              FeaturePipeline loaded = FeaturePipeline.load(damaged);
              for (Row probe : probes()) {
                for (float v : loaded.transform(probe)) {
                  assertThat(v).isFinite();
                }
              }
            })
        .hasBoth(0.05);
  }

  @Test
  void fileOfAnotherKindIsRefused() {
    Path file = folder.resolve("other.safetensors");
    dev.pushwright.profile.PartFile.save("tea", out -> out.text("a", "b"), file);
    assertThatThrownBy(() -> FeaturePipeline.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll("holds tea", "feature-pipeline was asked for");
  }
}
