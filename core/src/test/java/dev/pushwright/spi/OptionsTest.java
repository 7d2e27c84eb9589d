// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import dev.pushwright.data.Weighting.Combine;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsTest {

  private static final OptionSpec<Integer> NEIGHBOURS =
      OptionSpec.integer("neighbours", 50, 1, 10_000, "How many neighbours are kept.");
  private static final OptionSpec<Double> SHRINKAGE =
      OptionSpec.number("shrinkage", 10, 0, 1e6, "How much small overlaps are shrunk.");
  private static final OptionSpec<Boolean> STRICT = OptionSpec.flag("strict", true, "Strictly?");
  private static final OptionSpec<Combine> COMBINE =
      OptionSpec.choice("combine", Combine.SUM, "How events are joined.");
  private static final OptionSpec<Long> SEED = OptionSpec.seed(42);
  private static final OptionSpec<String> LABEL = OptionSpec.text("label", "", "any", "A label.");
  private static final OptionSet ALL =
      OptionSet.of(NEIGHBOURS, SHRINKAGE, STRICT, COMBINE, SEED, LABEL, CommonOptions.WEIGHTS);

  private static void refused(OptionSpec<?> spec, Object value, String inMessage) {
    assertThatThrownBy(() -> spec.read(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option " + spec.name() + " is " + value)
        .hasMessageContaining("allowed: " + spec.range())
        .message()
        .contains(inMessage);
  }

  @Test
  void wholeNumbersAreReadWithinTheirRange() {
    assertThat(NEIGHBOURS.read(" 7 ")).isEqualTo(7);
    assertThat(NEIGHBOURS.read(1)).isEqualTo(1);
    assertThat(NEIGHBOURS.read(10_000L)).isEqualTo(10_000);
    for (Object value : List.of(0, 10_001, -1, "", "many", 5.5, "99999999999", Long.MAX_VALUE)) {
      refused(NEIGHBOURS, value, "neighbours");
    }
  }

  @Test
  void numbersAreReadWithinTheirRangeAndAreNeverNaN() {
    assertThat(SHRINKAGE.read("0.5")).isEqualTo(0.5);
    assertThat(SHRINKAGE.read(3)).isEqualTo(3.0);
    assertThat(SHRINKAGE.read(1e6f)).isEqualTo(1e6);
    for (Object value :
        List.of(-0.001, 1e7, Double.NaN, "NaN", "Infinity", Double.NEGATIVE_INFINITY, "ten")) {
      refused(SHRINKAGE, value, "shrinkage");
    }
  }

  @Test
  void flagsChoicesSeedsAndTextsAreReadAsTheyAreWritten() {
    assertThat(STRICT.read("FALSE")).isFalse();
    refused(STRICT, "yes", "neither true nor false");
    refused(STRICT, 1, "neither true nor false");
    assertThat(COMBINE.read("max")).isEqualTo(Combine.MAX);
    assertThat(COMBINE.read(Combine.LAST)).isEqualTo(Combine.LAST);
    refused(COMBINE, "average", "sum, max, last, binary (none of these)");
    OptionSpec<Dash> dashed = OptionSpec.choice("dash", Dash.ONE_TWO, "A dash.");
    assertThat(dashed.range()).isEqualTo("one-two, three");
    assertThat(dashed.read("one-two")).isEqualTo(Dash.ONE_TWO);
    assertThat(SEED.read("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(SEED.read(7)).isEqualTo(7L);
    refused(SEED, "1.5", "any whole number (no whole number within that)");
    refused(NEIGHBOURS, 50.5, "1 to 10000 (no whole number within that)");
    refused(SHRINKAGE, "ten", "(no number)");
    assertThat(LABEL.read("Grüße")).isEqualTo("Grüße");
  }

  private enum Dash {
    ONE_TWO,
    THREE
  }

  @Test
  void defaultOutOfRangeIsAFaultOfTheOption() {
    assertThatThrownBy(() -> OptionSpec.integer("n", 0, 1, 5, "N."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option n is 0; allowed: 1 to 5");
    assertThatThrownBy(() -> NEIGHBOURS.withDefault(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(NEIGHBOURS.withDefault(20).defaultValue()).isEqualTo(20);
    assertThat(NEIGHBOURS.withDefault(20))
        .hasToString("neighbours (default 20; 1 to 10000): How many neighbours are kept.");
  }

  @Test
  void everySettingReadsBackFromItsText() {
    Settings settings =
        ALL.resolve(
            Options.of("neighbours", 7, "shrinkage", 0.1)
                .with("strict", "false")
                .with("combine", Combine.LAST)
                .with("seed", Long.MAX_VALUE)
                .with("label", "a=b, c")
                .with("weights", "view:1@14, PURCHASE:5*log, rating>=4:0.1"));
    Settings again = ALL.resolve(new Options(Map.copyOf(settings.asText())));
    assertThat(again).isEqualTo(settings).hasSameHashCodeAs(settings);
    assertThat(again.asText()).isEqualTo(settings.asText());
    assertThat(settings.asText())
        .containsEntry("combine", "last")
        .containsEntry("weights", "VIEW:1@14, PURCHASE:5*log, RATING>=4:0.1");
    assertThat(settings.asText().keySet())
        .containsExactly(
            "neighbours", "shrinkage", "strict", "combine", "seed", "label", "weights");
  }

  @Test
  void whatIsNotSetHasItsDefault() {
    Settings settings = ALL.resolve(Options.none());
    assertThat(settings.get(NEIGHBOURS)).isEqualTo(50);
    assertThat(settings.get(SEED)).isEqualTo(42);
    assertThat(settings.get(LABEL)).isEmpty();
    assertThat(settings.get(CommonOptions.WEIGHTS)).isEqualTo(Weighting.standard());
  }

  @Test
  void unknownOptionIsRefusedWithTheNearestSpellingAndAllNames() {
    assertThatThrownBy(() -> ALL.resolve(Options.of("neighbors", 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "there is no option \"neighbors\"; did you mean \"neighbours\"? Known: neighbours,"
                + " shrinkage, strict, combine, seed, label, weights");
    assertThatThrownBy(() -> ALL.resolve(Options.of("LABLE", 7)))
        .hasMessageContaining("did you mean \"label\"?");
    assertThatThrownBy(() -> ALL.resolve(Options.of("epochs", 7)))
        .message()
        .doesNotContain("did you mean");
    assertThatThrownBy(() -> OptionSet.of().resolve(Options.of("epochs", 7)))
        .hasMessage("there is no option \"epochs\", nor any other option");
  }

  @Test
  void nearestSpellingIsASlipAndNoOtherWord() {
    assertThat(Spelling.nearest("item-kn", List.of("item-knn", "user-knn"))).contains("item-knn");
    assertThat(Spelling.nearest("tfdif", List.of("tfidf"))).contains("tfidf");
    assertThat(Spelling.nearest("a", List.of("mf"))).isEqualTo(Optional.empty());
    assertThat(Spelling.nearest("bb", List.of("ba", "ab"))).contains("ab");
    assertThat(Spelling.nearest("x", List.of())).isEqualTo(Optional.empty());
  }

  @Test
  void twoOptionsOfOneNameAreRefused() {
    assertThatThrownBy(() -> OptionSet.of(SEED, NEIGHBOURS, OptionSpec.seed(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two options are named seed");
  }

  @Test
  void optionOfAnotherPluginIsRefused() {
    Settings settings = ALL.resolve(Options.none());
    for (OptionSpec<?> foreign :
        List.of(
            OptionSpec.integer("depth", 1, 1, 2, "No such name."),
            OptionSpec.integer("seed", 1, 1, 2, "No such type."))) {
      assertThatThrownBy(() -> settings.get(foreign))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "option " + foreign.name() + " of type Integer is not among [neighbours, ");
    }
  }

  @Test
  void optionWithAnotherDefaultIsTheSameOption() {
    Settings settings = OptionSet.of(NEIGHBOURS.withDefault(7)).resolve(Options.none());
    assertThat(settings.get(NEIGHBOURS)).isEqualTo(7);
  }

  @Test
  void optionsAreCopiedAndReadFromTheCommandLine() {
    Map<String, Object> mine = new HashMap<>(Map.of("a", 1));
    Options options = new Options(mine);
    mine.put("b", 2);
    assertThat(options.values()).containsExactly(Map.entry("a", 1));
    assertThat(options.with("a", 3).values()).containsExactly(Map.entry("a", 3));
    assertThat(options.values()).containsExactly(Map.entry("a", 1));
    assertThatThrownBy(() -> options.values().put("c", 3))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(Options.parse(List.of(" lambda = 300", "label=a=b", "empty=")).values())
        .containsExactly(
            Map.entry("lambda", "300"), Map.entry("label", "a=b"), Map.entry("empty", ""));
    for (String wrong : List.of("lambda", "=300", "")) {
      assertThatThrownBy(() -> Options.parse(List.of(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"" + wrong + "\" is no option; write name=value");
    }
  }

  private static OptionSet common() {
    return OptionSet.of(CommonOptions.WEIGHTS, CommonOptions.HALF_LIFE_DAYS, CommonOptions.COMBINE);
  }

  @Test
  void commonOptionsMakeAWeighting() {
    assertThat(CommonOptions.weighting(common().resolve(Options.none())))
        .isEqualTo(Weighting.standard());
    Weighting faded =
        CommonOptions.weighting(
            common()
                .resolve(
                    Options.of("weights", "VIEW:2, CART:4@1", "halfLifeDays", 10)
                        .with("combine", "max")));
    assertThat(faded.combine()).isEqualTo(Combine.MAX);
    Instant at = Instant.EPOCH.plus(Duration.ofDays(10));
    assertThat(faded.weigh(Interaction.view("u", "i", Instant.EPOCH), at)).isEqualTo(1.0);
    assertThat(faded.rules().get(EventType.CART))
        .as("a half-life within weights comes first")
        .extracting(Weighting.Rule::halfLifeDays)
        .isEqualTo(1.0);
  }

  @Test
  void weightsThatCombineInAnotherWayThanTheOptionAreRefused() {
    Weighting max = Weighting.standard().withCombine(Combine.MAX);
    Settings contradiction = common().resolve(Options.of("weights", max));
    assertThatThrownBy(() -> CommonOptions.weighting(contradiction))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("max")
        .hasMessageContaining("sum");
    Settings agreed = common().resolve(Options.of("weights", max, "combine", "max"));
    assertThat(CommonOptions.weighting(agreed)).isEqualTo(max);
  }

  @Test
  void everyConstantOfAChoiceReadsBack() {
    for (Combine combine : Arrays.asList(Combine.values())) {
      Settings settings = OptionSet.of(COMBINE).resolve(Options.of("combine", combine));
      assertThat(COMBINE.read(Objects.requireNonNull(settings.asText().get("combine"))))
          .isEqualTo(combine);
    }
  }
}
