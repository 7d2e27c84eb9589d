// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentChecks;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.Tone;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.EventType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInPacksTest {

  private static final List<EventType> DEEDS =
      Arrays.stream(EventType.values())
          .filter(t -> t != EventType.SEARCH)
          .filter(t -> t != EventType.IMPRESSION && t != EventType.DISMISS)
          .toList();

  private static TemplatePack pack(String language) {
    return TemplatePacks.read(true, List.of()).find(Locale.forLanguageTag(language)).orElseThrow();
  }

  static Stream<String> titles() {
    return Stream.of(
        "Mugs",
        "WHITE HANGING HEART T-LIGHT HOLDER",
        "Set of 12 hand-painted porcelain espresso cups with matching saucers and spoons "
            .repeat(4),
        "Donaudampfschifffahrtsgesellschaft".repeat(10),
        "👨‍👩‍👧‍👦🇬🇧 family flag ".repeat(40),
        "👨‍👩‍👧‍👦🇬🇧".repeat(60),
        "日式手工陶瓷马克杯大容量早餐杯情侣对杯礼盒装".repeat(12));
  }

  @ParameterizedTest
  @MethodSource("titles")
  void everyTemplateOfEveryPackPassesAllChecksOnEveryChannel(String title) {
    for (String language : List.of("en-GB", "zh-CN")) {
      TemplatePack pack = pack(language);
      for (MessageTemplate template : pack.templates()) {
        for (Channel channel : Channel.values()) {
          boolean saysDid = template.slots().contains(Slots.DID);
          for (EventType did : saysDid ? DEEDS : List.of(EventType.VIEW)) {
            ContentRequest request =
                Requests.rich("u1", title, "Second " + title, "Own " + title, did)
                    .locale(Locale.forLanguageTag(language))
                    .channel(channel)
                    .occasion(template.occasion())
                    .build();
            if (template.fits(request)) {
              assertPasses(request, pack, template);
            }
          }
        }
      }
    }
  }

  private static void assertPasses(
      ContentRequest request, TemplatePack pack, MessageTemplate template) {
    Slots slots = Slots.of(request, pack);
    assertThat(slots.missing(template.slots())).as(template.id()).isEmpty();
    String title =
        slots.fill(template.title(), request.channel().titleLength(), Channel.MAX_BYTES / 3);
    String body =
        slots.fill(
            template.body(),
            request.channel().bodyLength(),
            Channel.MAX_BYTES - Slots.bytes(title));
    List<Verdict> failed =
        ContentChecks.run(request, title, body).stream().filter(v -> !v.passed()).toList();
    assertThat(failed)
        .as("%s on %s: \"%s\" / \"%s\"", template.id(), request.channel(), title, body)
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyOccasionAndToneHasSeveralLines(String language) {
    TemplatePack pack = pack(language);
    for (Occasion occasion : Occasion.values()) {
      for (Tone tone : Tone.values()) {
        long lines =
            pack.templates().stream()
                .filter(t -> t.occasion() == occasion && t.tone() == tone && t.channel() == null)
                .count();
        assertThat(lines).as("%s %s", occasion, tone).isGreaterThanOrEqualTo(3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyOccasionAndToneHasALineThatNeedsNothingButTheItemAndItsPrices(String language) {
    TemplatePack pack = pack(language);
    for (Occasion occasion : Occasion.values()) {
      for (Channel channel : Channel.values()) {
        for (Tone tone : Tone.values()) {
          ContentRequest request =
              Requests.bare("u", Requests.HOLDER)
                  .occasion(occasion)
                  .tone(tone)
                  .channel(channel)
                  .oldPrice(5)
                  .build();
          Slots slots = Slots.of(request, pack);
          assertThat(pack.templates())
              .as("%s %s %s", occasion, channel, tone)
              .anyMatch(
                  t -> t.fits(request) && t.tone() == tone && slots.missing(t.slots()).isEmpty());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyDeedHasItsWords(String language) {
    TemplatePack pack = pack(language);
    assertThat(DEEDS).allMatch(type -> pack.did(type).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void noTwoTemplatesOfAnOccasionAndChannelSayTheSame(String language) {
    TemplatePack pack = pack(language);
    ContentRequest request =
        Requests.rich("u", "Mugs", "Cups", "Bowls", EventType.PURCHASE).build();
    Slots slots = Slots.of(request, pack);
    Set<String> seen = new HashSet<>();
    for (MessageTemplate t : pack.templates()) {
      String text = slots.fill(t.title(), 99, 999) + "\n" + slots.fill(t.body(), 999, 999);
      assertThat(seen.add(t.occasion() + " " + t.channel() + " " + text)).as(t.id()).isTrue();
    }
  }
}
