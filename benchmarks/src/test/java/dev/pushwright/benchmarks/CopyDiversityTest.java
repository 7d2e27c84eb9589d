// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.metrics.SlotErrors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CopyDiversityTest {

  private static final DiversityRow ROW =
      new DiversityRow("lstm", "temperature", 0.5, 0.5, 0.0125, 0.1, 0.2, 0.75, 42);

  @Test
  void rowsAreReadAsTheyWereWritten() {
    assertThat(DiversityRow.parse(ROW.toString())).isEqualTo(ROW);
    assertThat(DiversityRow.table(List.of(ROW)))
        .endsWith("| `lstm` | temperature 0.5 | 0.500 | 1.3 % | 0.100 | 0.200 | 0.750 | 42 |\n");
    assertThatThrownBy(() -> DiversityRow.parse("lstm\t1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 2 cells; 9 are due");
  }

  @Test
  void theChartNamesEveryGenerator() {
    DiversityRow other = new DiversityRow("cvae", "deviation", 1, 0.4, 0, 0.1, 0.2, 0.5, 7);
    assertThat(DiversityChart.svg(List.of(ROW, other))).contains("<svg", "lstm", "cvae");
    assertThatThrownBy(() -> DiversityChart.svg(List.of())).hasMessageContaining("no row");
  }

  @Test
  void sentencesWrittenByHandStateTheirSlotsAndNoOthers() {
    Map<String, String> all =
        Map.of(
            "name", "The Mill",
            "eatType", "pub",
            "food", "Thai",
            "priceRange", "£20-25",
            "customer rating", "average",
            "area", "city centre",
            "familyFriendly", "no",
            "near", "Café Sicilia");
    assertThat(SlotErrors.e2e().find(all, E2eTemplates.text(all))).isEmpty();
    Map<String, String> few =
        Map.of("name", "The Mill", "priceRange", "cheap", "area", "riverside");
    assertThat(E2eTemplates.text(few))
        .isEqualTo("The Mill is a restaurant in the riverside area. It has a cheap price range.");
  }

  /** Says of the seed which food it writes of. */
  private record Forgetful() implements CopyWriter.Trained {
    @Override
    public String knobName() {
      return "temperature";
    }

    @Override
    public List<Double> knobs() {
      return List.of(0.0, 1.0);
    }

    @Override
    public String about() {
      return "";
    }

    @Override
    public List<String> write(List<Map<String, String>> sets, double knob, long seed) {
      return List.of(
          switch ((int) (knob == 0 ? 0 : seed)) {
            case 1 -> "Zizzi serves Thai food in the city centre.";
            case 2 -> "Zizzi has Thai food.";
            case 3 -> "Zizzi: Thai food.";
            default -> "Zizzi.";
          });
    }
  }

  @Test
  void ofSeveralTextsTheFirstWithTheFewestErrorsIsTaken() {
    List<Map<String, String>> sets = List.of(Map.of("name", "Zizzi", "food", "Thai"));
    SlotRules rules = SlotRules.e2e();
    assertThat(CopyDiversity.write(new Forgetful(), sets, 1, 1, rules))
        .containsExactly("Zizzi serves Thai food in the city centre.");
    assertThat(CopyDiversity.write(new Forgetful(), sets, 1, 4, rules))
        .containsExactly("Zizzi has Thai food.");
    assertThat(CopyDiversity.write(new Forgetful(), sets, 0, 4, rules)).containsExactly("Zizzi.");
  }
}
