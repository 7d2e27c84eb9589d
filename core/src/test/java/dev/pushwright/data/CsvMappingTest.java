// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CsvMappingTest {

  @Test
  void theTextFormIsReadBack() {
    CsvMapping mapping =
        CsvMapping.builder()
            .delimiter("\t")
            .charset(StandardCharsets.ISO_8859_1)
            .header(true)
            .quote('\'')
            .user("Customer ID")
            .item("Stock:Code")
            .type("what = it")
            .type("bought it", EventType.PURCHASE)
            .value("#count")
            .price("Price")
            .query("q")
            .time("when", "dd.MM.yyyy HH:mm")
            .locale(Locale.CHINA)
            .zone(ZoneId.of("Asia/Shanghai"))
            .earliest(Instant.parse("2000-01-01T00:00:00Z"))
            .latest(Instant.parse("2030-01-01T00:00:00Z"))
            .title("标题")
            .itemAttribute(Item.BRAND, "Brand")
            .itemAttribute("colour", "Colour")
            .tags("Tags", "|")
            .flag("Children's", "kids")
            .userAttribute("country", "Country")
            .integer("Customer ID")
            .reject("later rule", "Stock:Code matches \\d+|\"x\"")
            .reject("an earlier name", "Price <= 0")
            .cancel("Invoice startsWith C")
            .impute("Price", "median")
            .keepDuplicates()
            .build();
    assertThat(CsvMapping.parse(mapping.toString())).isEqualTo(mapping).hasSameHashCodeAs(mapping);
    assertThat(CsvMapping.parse(mapping.toString())).hasToString(mapping.toString());
    assertThat(mapping.toBuilder().build()).isEqualTo(mapping);
    assertThat(mapping.toBuilder().user("u").build()).isNotEqualTo(mapping);
  }

  static java.util.List<String> names() {
    return CsvMapping.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNamedMappingIsThereAndReadBack(String name) {
    CsvMapping mapping = CsvMapping.named(name);
    assertThat(CsvMapping.parse(mapping.toString())).isEqualTo(mapping);
  }

  @Test
  void anUnknownNameListsWhatThereIs() {
    assertThatThrownBy(() -> CsvMapping.named("online_retail"))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("online_retail")
        .hasMessageContaining("online-retail, movielens-100k-ratings");
  }

  @Test
  void aMappingIsLoadedFromAFileAndAFaultNamesTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("m.properties");
    Files.writeString(file, "delimiter = \\t\nuser = 用户\nitem = sku\n");
    assertThat(CsvMapping.load(file))
        .isEqualTo(CsvMapping.builder().delimiter("\t").user("用户").item("sku").build());
    Files.writeString(file, "usr = u\n");
    assertThatThrownBy(() -> CsvMapping.load(file))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("m.properties")
        .hasMessageContaining("there is no entry \"usr\"")
        .hasMessageContaining("user, item");
    assertThatThrownBy(() -> CsvMapping.load(folder.resolve("none")))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "item=~item = : a value is needed",
        "user=u\\nevent=LOOK~event = LOOK: one of",
        "user=u\\nevent=VIEW\\ntype=t~contradict each other",
        "user=u\\nheader=maybe~yes or no is needed",
        "user=u\\ncharset=UTF-9~no such charset",
        "user=u\\nquote=ab~one character or none",
        "user=u\\ncolumns=0~a number from 1",
        "user=u\\ntime.format=qqqqqqq~time.format",
        "user=u\\ntime.zone=Mars~time.zone = Mars",
        "user=u\\ntime.format=d MMM uuuu\\ntime.locale=d~time.locale = d: a language",
        "user=u\\ntime.format=d MMM uuuu\\ntime.locale=german~time.locale = german: a language",
        "user=u\\ntime.format=d MMM uuuu\\ntime.locale=und~such as de or zh-CN",
        "user=u\\ntime.locale=de~time.format = auto has no names of months; give a pattern",
        "user=u\\ntime.latest=soon~time.latest = soon",
        "user=u\\ntime.latest=1960-01-01~lies before",
        "user=u\\nimpute.x=guess~drop, mean, median or a number",
        "user=u\\nimpute.x=NaN~drop, mean, median or a number",
        "user=u\\nreject.r=a like b~is no condition",
        "user=u\\nreject.r=a < b~needs a number",
        "user=u\\nreject.r=a =~needs a value",
        "user=u\\nreject.r=a blank b~takes no value",
        "user=u\\nreject.r=a matches (~Unclosed group",
        "user=u\\nduplicates=drop~merge or keep",
        "user=u\\nformat.u=hex~integer or decimal-comma",
        "user=u\\nuser=v~given twice",
        "user=u\\ndelimiter=~at least one character",
        "user=u\\ndelimiter=\"~contains the quote",
        "user=u\\ntags.separator=~tags.separator is empty",
        "detect=yes\\nheader=no~contradict each other",
        "value=v~neither a user nor an item",
        "user=u\\ntype.x=LOOK~type.x = LOOK",
      })
  void anEntryThatCannotBeIsNamedWithTheRemedy(String text, String reason) {
    assertThatThrownBy(() -> CsvMapping.parse(text.replace("\\n", "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "c blank~  ~true",
        "c blank~x~false",
        "c = 5~5.0~true",
        "c = 5~5x~false",
        "c = x y~x y~true",
        "c != 5~5.00~false",
        "c != 5~~true",
        "c < 0~-0~false",
        "c <= 0~-0.0~true",
        "c < 0~-1~true",
        "c > 1e3~1001~true",
        "c >= 2~2~true",
        "c < 5~~false",
        "c < 5~n/a~false",
        "c startsWith C~C12~true",
        "c startsWith C~c12~false",
        "c matches a|b~ab~false",
        "c matches a|b~ b ~true",
      })
  void conditionsCompare(String condition, String value, boolean holds) {
    assertThat(Condition.parse(condition).holds(value == null ? "" : value)).isEqualTo(holds);
  }

  @Test
  void aColumnOfAConditionMayHoldSpaces() {
    assertThat(Condition.parse("Customer ID blank").column()).isEqualTo("Customer ID");
    assertThat(Condition.parse("a b  matches  x y ")).hasToString("a b matches x y");
  }
}
