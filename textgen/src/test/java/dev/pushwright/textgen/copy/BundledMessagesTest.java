// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentChecks;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Tone;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.textgen.pipeline.SlotValues;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a network learns from has to be fit to be sent. */
class BundledMessagesTest {

  private static final List<CopyPair> PAIRS = CopyCorpus.bundled().pairs();

  private static ContentRequest request(Map<String, String> told) {
    Item item =
        Item.builder("i1")
            .title("Red desk lamp")
            .price(12.99)
            .category("Lamps")
            .attribute(Item.BRAND, "Acme")
            .build();
    List<PushItem> items =
        List.of(
            new PushItem(item, 2, List.of(new Reason.OwnItem("i3", EventType.PURCHASE, 1))),
            new PushItem(Item.of("i2", "Blue mug"), 1, List.of()));
    return ContentRequest.builder(
            UserProfile.builder("ann", Basis.TRAINED).tag("vintage", 1).build(), items)
        .mention(List.of(Item.of("i3", "Old book")))
        .user(User.of("ann").with(User.NAME, "Ada"))
        .oldPrice(19.99)
        .currency(Currency.getInstance("GBP"))
        .channel(Channel.ANDROID)
        .locale(Locale.forLanguageTag(told.getOrDefault("language", "")))
        .occasion(
            Occasion.valueOf(
                told.getOrDefault("occasion", "").toUpperCase(Locale.ROOT).replace('-', '_')))
        .tone(Tone.valueOf(told.getOrDefault("tone", "").toUpperCase(Locale.ROOT)))
        .build();
  }

  @Test
  void everyMessagePassesTheChecksWhenItsSlotsAreFilled() {
    Set<String> failures = new TreeSet<>();
    for (CopyPair pair : PAIRS) {
      ContentRequest request = request(pair.attributes());
      DelexicalizedPair told = SlotRules.messages().delexicalize(pair);
      String text = TextTokens.join(told.tokens(), SlotValues.of(request).asMap());
      int at = text.indexOf('\n');
      List<Verdict> verdicts =
          ContentChecks.run(request, text.substring(0, at), text.substring(at + 1));
      verdicts.stream()
          .filter(verdict -> !verdict.passed())
          .forEach(verdict -> failures.add(text.replace('\n', '|') + ": " + verdict));
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void everyOccasionHasMessagesInEveryLanguageAndTone() {
    for (String language : List.of("en", "zh")) {
      for (Occasion occasion : Occasion.values()) {
        for (Tone tone : Tone.values()) {
          String name = occasion.name().toLowerCase(Locale.ROOT).replace('_', '-');
          Map<String, String> about =
              Map.of(
                  "language",
                  language,
                  "occasion",
                  name,
                  "tone",
                  tone.name().toLowerCase(Locale.ROOT));
          List<CopyPair> found =
              PAIRS.stream()
                  .filter(pair -> pair.attributes().entrySet().containsAll(about.entrySet()))
                  .toList();
          assertThat(found).as("%s", about).hasSizeGreaterThanOrEqualTo(2);
          // One at least that nothing but the item and what the occasion gives is needed for.
          assertThat(found)
              .anyMatch(
                  pair ->
                      Set.of("item", "price", "oldPrice", "language", "occasion", "tone")
                          .containsAll(pair.attributes().keySet()));
        }
      }
    }
  }

  @Test
  void messagesAreCutAndJoinedAsTheyStand() {
    for (CopyPair pair : PAIRS) {
      DelexicalizedPair cut = SlotRules.messages().delexicalize(pair);
      assertThat(TextTokens.join(cut.tokens(), Map.of())).isEqualTo(pair.text());
    }
  }

  @Test
  void messagesAreDifferentAndHaveKnownSlots() {
    assertThat(PAIRS).extracting(CopyPair::text).doesNotHaveDuplicates();
    Set<String> slots =
        PAIRS.stream().flatMap(p -> p.attributes().keySet().stream()).collect(Collectors.toSet());
    slots.removeAll(Set.of("language", "occasion", "tone"));
    assertThat(SlotValues.KNOWN).containsAll(slots);
  }
}
