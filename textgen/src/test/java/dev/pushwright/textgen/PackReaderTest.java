// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackReaderTest {

  private static final String GOOD =
      "recommendation.any.any.1.title = A\nrecommendation.any.any.1.body = {{item}}\n";

  private static TemplatePack read(String text) throws IOException {
    return PackReader.read("shop.properties", new StringReader(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recomendation.any.any.1.title = A|key recomendation.any.any.1.title: there is no occasion"
            + " \"recomendation\"; did you mean \"recommendation\"?",
        "price-drop.wbe.any.1.title = A|there is no channel \"wbe\"; did you mean \"web\"?",
        "price-drop.any.freindly.1.title = A|there is no tone \"freindly\"; did you mean"
            + " \"friendly\"?",
        "price-drop.any.any.1.titel = A|there is no part \"titel\"; did you mean \"title\"?",
        "price-drop.any.1.title = A|the key has 4 parts; write <occasion>.<channel|any>.<tone|any>."
            + "<label>.<title|body>",
        "price-drop.any.any.a+b.title = A|the label is \"a+b\"; letters, digits, - and _ are allowed",
        "price-drop.any.any.1.title = A|there is no price-drop.any.any.1.body beside it",
        "price-drop.any.any.1.body = A|there is no price-drop.any.any.1.title beside it",
        "price-drop.any.any.1.title =|there is no value",
        "default.nmae = X|there is no slot \"nmae\"; did you mean \"name\"?",
        "default = X|the key has 1 parts; write default.<slot>",
        "did.purchse = X|there is no event type \"purchse\"; did you mean \"purchase\"?",
        "did.purchase = bought {{item}}|there is no slot \"item\"",
        "langage = X|there is no occasion \"langage\"; did you mean \"language\"?"
      })
  void aWrongKeyIsNamedWithFileLineAndNearestSpelling(String line, String message) {
    String key = line.substring(0, line.indexOf(' '));
    assertThatThrownBy(() -> read("language = en\n\n" + line + "\n" + GOOD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("shop.properties, line 3, key " + key)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{itme}}|there is no slot \"itme\"; did you mean \"item\"?",
        "{{coupon}}|is declared by a line such as: facts = coupon",
        "{{item.class}}|there is no slot \"item.class\"",
        "{{.}}|there is no slot \".\"",
        "{{item|a slot is not closed in \"{{item\"",
        "item}}|a slot is not closed in \"item}}\"",
        "{{}}|a slot has no name: {{}}",
        "{{#item}}x{{/item}}|{{#item}} is more than a slot",
        "{{^item}}x{{/item}}|{{^item}} is more than a slot",
        "{{>item}}|{{>item}} is more than a slot",
        "{{#item}}x|key recommendation.any.any.2.body"
      })
  void aWrongTemplateIsRefusedWithItsKey(String body, String message) {
    assertThatThrownBy(
            () ->
                read(
                    "language = en\nrecommendation.any.any.2.title = A\n"
                        + "recommendation.any.any.2.body = "
                        + body))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("shop.properties, line 3, key recommendation.any.any.2.body: ")
        .hasMessageContaining(message);
  }

  @Test
  void whatIsMissingFromTheWholeIsSaid() {
    assertThatThrownBy(() -> read(GOOD)).hasMessageContaining("add a line such as: language = en");
    assertThatThrownBy(() -> read("language = en"))
        .hasMessageContaining("shop.properties has no template");
    assertThatThrownBy(() -> read("")).hasMessageContaining("does not say its language");
    assertThatThrownBy(() -> read("language = klingon!\n" + GOOD))
        .hasMessageContaining("\"klingon!\" is no BCP 47 tag");
    assertThatThrownBy(() -> read("language = und\n" + GOOD))
        .hasMessageContaining("names no language");
    assertThatThrownBy(() -> read("language = en\n" + GOOD + "x = \\u12"))
        .hasMessageStartingWith("shop.properties, line 4: ");
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThatThrownBy(() -> read("language = en\n" + GOOD + GOOD))
        .hasMessage(
            "shop.properties, line 4, key recommendation.any.any.1.title: the key stands in line 2"
                + " already");
  }

  @Test
  void aByteOrderMarkCommentsAndContinuedLinesAreRead() throws IOException {
    TemplatePack pack =
        read(
            "\uFEFFlanguage = zh-TW\n# c\n! c\ndefault.name = A \\\n   B\n\n"
                + GOOD
                + "did.view = 看過 {{because}}");
    assertThat(pack.language().toLanguageTag()).isEqualTo("zh-TW");
    assertThat(pack.defaults()).containsEntry("name", "A B");
    assertThat(pack.templates())
        .extracting(MessageTemplate::id)
        .containsExactly("recommendation.any.any.1");
  }
}
