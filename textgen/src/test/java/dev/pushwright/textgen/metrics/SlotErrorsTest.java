// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotErrorsTest {

  private static final SlotErrors E2E = SlotErrors.e2e();

  private static Map<String, String> slots(String mr) {
    Map<String, String> slots = new LinkedHashMap<>();
    for (Matcher m = Pattern.compile("([\\w ]+?)\\[(.*?)\\]").matcher(mr); m.find(); ) {
      slots.put(m.group(1).strip(), m.group(2));
    }
    return slots;
  }

  private static String found(String mr, String text) {
    StringBuilder all = new StringBuilder();
    E2E.find(slots(mr), text).forEach(e -> all.append(e.slot()).append(' ').append(e.kind()));
    return all.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "name[Cotto], eatType[pub], near[The Rice Boat]; The pub Cotto is near the Rice Boat.",
        "name[Cotto], eatType[pub], near[Café Rouge]; Cotto is a pub by Cafe Rouge.",
        "name[Cotto], eatType[restaurant], food[Thai]; Cotto: a place to eat for Thai eaters, an"
            + " eatery.",
        "name[The Eagle], food[Indian], near[Raja Indian Cuisine]; The Eagle near Raja Indian"
            + " Cuisine serves Indian food.",
        "name[Clowns], priceRange[less than £20]; Clowns is cheap.",
        "name[Clowns], priceRange[less than £20]; Clowns sells meals for under 20 pounds.",
        "name[Clowns], priceRange[£20-25]; Prices at Clowns are moderate.",
        "name[Clowns], priceRange[high]; Clowns is an expensive restaurant.",
        "name[Clowns], customer rating[5 out of 5]; Clowns has a high customer rating.",
        "name[Clowns], customer rating[1 out of 5]; Clowns got one out of five stars.",
        "name[Clowns], customer rating[average]; Customers rate Clowns as average.",
        "name[Clowns], familyFriendly[no]; Clowns is not a place for children.",
        "name[Clowns], familyFriendly[no]; Clowns is an adults only pub.",
        "name[Clowns], familyFriendly[yes]; Clowns welcomes families with kids.",
        "name[Clowns], area[city centre]; Clowns is in the center of the city.",
        "name[Clowns], area[riverside]; Clowns lies by the river.",
      })
  void goodTextsHaveNoError(String mr, String text) {
    // Adults only PUB and a restaurant that was not asked for: an addition, and none.
    String expected = text.contains("adults only pub") ? "eatType ADDED" : "";
    assertThat(found(mr, text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "name[Cotto]; The pub is nice.; name MISSINGeatType ADDED",
        "name[Cotto], near[Ranch]; Cotto.; near MISSING",
        "name[Cotto]; Cotto is near Burger King.; near ADDED",
        "name[Cotto]; Cotto is near the river.; area ADDED",
        "name[Cotto], food[French]; Cotto serves Italian food.; food WRONG",
        "name[Cotto], food[French]; Cotto serves French and Italian food.; food WRONG",
        "name[Cotto], eatType[pub]; Cotto is a restaurant.; eatType MISSING",
        "name[Cotto], eatType[pub]; Cotto is a coffee shop.; eatType WRONG",
        "name[Cotto], priceRange[cheap]; Cotto costs less than £20.; priceRange WRONG",
        "name[Cotto], priceRange[moderate]; Cotto is expensive.; priceRange WRONG",
        "name[Cotto], customer rating[low]; Cotto has a low price.; customer rating"
            + " MISSINGpriceRange ADDED",
        "name[Cotto], customer rating[3 out of 5]; Rated 5 out of 5: Cotto.; customer rating WRONG",
        "name[Cotto], familyFriendly[yes]; Cotto is not family-friendly.; familyFriendly WRONG",
        "name[Cotto], familyFriendly[no]; Cotto is family-friendly.; familyFriendly WRONG",
        "name[Cotto], area[riverside]; Cotto is in the city centre.; area WRONG",
        "name[Loch Fyne]; Loch Fynes.; name MISSING",
      })
  void eachKindOfErrorIsFound(String mr, String text, String expected) {
    // In whatever order the slots come.
    for (String part : expected.split("(?<=MISSING)", -1)) {
      assertThat(found(mr, text)).contains(part);
    }
    assertThat(found(mr, text)).hasSameSizeAs(expected);
  }

  @Test
  void theRateCountsErrorsForEachSlotAsked() {
    SlotErrorRate rate =
        E2E.rate(
            List.of(
                slots("name[Cotto], food[French]"),
                slots("name[Cotto], food[French]"),
                slots("name[Cotto], food[French]")),
            List.of("Cotto is French.", "Cotto is Italian, by the river.", "Cotto."));
    assertThat(rate).isEqualTo(new SlotErrorRate(3, 6, 1, 1, 1, 2));
    assertThat(rate.rate()).isEqualTo(0.5);
    assertThat(rate.textErrorRate()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(E2E.rate(List.of(), List.of()).rate()).isZero();
  }

  @Test
  void aTableOfOnesOwn() throws IOException {
    SlotErrors own =
        SlotErrors.read(
            "own.tsv",
            new StringReader(
                "# mine\nitem\t*\nsize\tbig|huge\t\\bbig\\b\nsize\thuge\t\\bhuge\\b\n"));
    assertThat(own.find(Map.of("item", "Mug", "size", "huge"), "A big mug")).isEmpty();
    assertThat(own.find(Map.of("item", "Mug", "size", "big"), "A huge mug"))
        .containsExactly(new SlotError("size", SlotError.Kind.WRONG, "huge"));
    // A value that no line names is looked for by its own words.
    assertThat(own.find(Map.of("size", "tiny"), "A tiny mug")).isEmpty();
    assertThat(own.find(Map.of("size", "tiny"), "A mug"))
        .containsExactly(new SlotError("size", SlotError.Kind.MISSING, "tiny"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> own.find(Map.of("colour", "red"), "A red mug"))
        .withMessage("slot colour is not known; the known ones are [item, size]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "item; line 1: 1 cells",
        "item ,x; line 1: 2 cells",
        "item,x,(; line 1: Unclosed group",
        "#; has no line"
      })
  void aTableThatIsNoneIsRefused(String table, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SlotErrors.read("own.tsv", new StringReader(table.replace(',', '\t'))))
        .withMessageContaining("own.tsv")
        .withMessageContaining(message);
  }

  @Test
  void findsWhatPeopleLeaveOutOfTheirTexts() throws IOException {
    Path file = Path.of(System.getProperty("pushwright.data", "absent"), "e2e/devset.csv.gz");
    Assumptions.assumeThat(file).exists();
    List<Map<String, String>> slots = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    try (Reader in =
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8)) {
      CsvReader.builder()
          .ofNamedCsvRecord(in)
          .forEach(
              row -> {
                slots.add(slots(row.getField("mr")));
                texts.add(row.getField("ref"));
              });
    }
    SlotErrorRate rate = E2E.rate(slots, texts);
    // Measured: 8.4 %. The data set is known for such noise; see Dušek and others, INLG 2019.
    assertThat(rate.texts()).isEqualTo(4_672);
    assertThat(rate.rate()).as(rate.toString()).isBetween(0.08, 0.09);
  }
}
