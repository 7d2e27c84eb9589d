// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.Graphemes;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.Tone;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.IngestException;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.GoldenFiles;
import dev.pushwright.textgen.pipeline.Candidate;
import dev.pushwright.textgen.pipeline.Proposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Seq2SeqModelTest {

  private static final GoldenFiles GOLDEN = GoldenFiles.ofModule();

  private static ContentModel model;

  @TempDir Path folder;

  @BeforeAll
  static void fit() {
    model = fitted(Seq2SeqConformanceTest.SMALL);
  }

  private static ContentModel fitted(Options options) {
    return new Seq2SeqProvider().create(options).fit(Dataset.builder().build());
  }

  private static ContentRequest.Builder request(String title) {
    Item item = Item.builder("i1").title(title).category("Kitchen").price(12.99).build();
    return ContentRequest.builder(
            UserProfile.builder("ann", Basis.TRAINED).tag("vintage", 1).build(),
            List.of(new PushItem(item, 1, List.of())))
        .user(User.of("ann").with(User.NAME, "Ann"))
        .oldPrice(19.99)
        .currency(Currency.getInstance("GBP"))
        .locale(Locale.UK);
  }

  private static PushContent written(ContentResult result) {
    assertThat(result).isInstanceOf(PushContent.class);
    return (PushContent) result;
  }

  private static List<String> answers(ContentModel model) {
    List<String> lines = new ArrayList<>();
    for (Occasion occasion : Occasion.values()) {
      for (Locale locale : List.of(Locale.UK, Locale.CHINA, Locale.FRANCE)) {
        for (long seed = 0; seed < 3; seed++) {
          ContentResult result =
              model.generate(
                  request("Blue mug").occasion(occasion).locale(locale).seed(seed).build());
          lines.add(
              occasion
                  + " "
                  + locale
                  + " "
                  + seed
                  + ": "
                  + (result instanceof PushContent text
                      ? text.title() + " | " + text.body()
                      // Version 0.1 did not say why.
                      : "refused: "
                          + ((Refusal) result).reason().replaceFirst(": none of the .*", "")));
        }
      }
    }
    return lines;
  }

  @Test
  void messagesAreForTheirOccasionAndLanguage() {
    PushContent drop =
        written(model.generate(request("Blue mug").occasion(Occasion.PRICE_DROP).build()));
    assertThat(drop.body()).contains("Blue mug", "£12.99", "£19.99");
    assertThat(drop.source()).startsWith("seq2seq/sample:");
    PushContent chinese =
        written(
            model.generate(
                request("蓝色杯子").occasion(Occasion.PRICE_DROP).locale(Locale.CHINA).build()));
    assertThat(chinese.body()).startsWith("「蓝色杯子」从").contains("12.99", "降到");
    ContentResult french = model.generate(request("Tasse").locale(Locale.FRANCE).build());
    assertThat(french).isInstanceOf(Refusal.class);
    ContentResult chineseCart =
        model.generate(request("杯子").occasion(Occasion.CART_REMINDER).locale(Locale.CHINA).build());
    assertThat(chineseCart).isInstanceOf(Refusal.class);
  }

  @Test
  void onlyRunsOfWordsThatPeopleWroteForTheOccasionAreSaid() {
    Seq2SeqModel bold =
        (Seq2SeqModel)
            fitted(Seq2SeqConformanceTest.SMALL.with("temperature", 3).with("epochs", 8));
    Seq2SeqModel free =
        (Seq2SeqModel)
            fitted(
                Seq2SeqConformanceTest.SMALL
                    .with("temperature", 3)
                    .with("epochs", 8)
                    .with("attested", false));
    int without = 0;
    for (long seed = 0; seed < 20; seed++) {
      ContentRequest request = request("Blue mug").occasion(Occasion.PROMOTION).seed(seed).build();
      for (Candidate candidate : bold.propose(request, 16).candidates()) {
        assertThat(candidate.title() + "|" + candidate.body())
            .isEqualTo("On offer|Blue mug is on offer for £12.99.");
      }
      without += free.propose(request, 16).candidates().size();
    }
    assertThat(without).isPositive();
  }

  @Test
  void anotherToneIsTakenOnlyWhereThereIsNoneOfTheToneAskedFor() throws IOException {
    Path corpus = folder.resolve("tones.csv");
    Files.writeString(
        corpus,
        """
        language,occasion,tone,title,body
        en,recommendation,neutral,For you,{item} may suit you.
        en,recommendation,playful,Psst,{item} says hello.
        en,promotion,playful,Ta-da,See {item} dance.
        """);
    Seq2SeqModel toned =
        (Seq2SeqModel) fitted(Seq2SeqConformanceTest.SMALL.with("corpus", corpus.toString()));
    for (long seed = 0; seed < 10; seed++) {
      assertThat(titles(toned, Occasion.RECOMMENDATION, Tone.NEUTRAL, seed))
          .containsOnly("For you");
      assertThat(titles(toned, Occasion.RECOMMENDATION, Tone.PLAYFUL, seed)).containsOnly("Psst");
      assertThat(titles(toned, Occasion.PROMOTION, Tone.NEUTRAL, seed)).containsOnly("Ta-da");
    }
  }

  private static List<String> titles(Seq2SeqModel toned, Occasion occasion, Tone tone, long seed) {
    ContentRequest request = request("Blue mug").occasion(occasion).tone(tone).seed(seed).build();
    return toned.propose(request, 16).candidates().stream().map(Candidate::title).toList();
  }

  @Test
  void whyWhatWasDrawnWasThrownAwayIsCountedByCause() {
    Options options = Seq2SeqConformanceTest.SMALL.with("temperature", 6).with("epochs", 8);
    Seq2SeqModel bound = (Seq2SeqModel) fitted(options);
    Seq2SeqModel wild = (Seq2SeqModel) fitted(options.with("attested", false));
    Set<String> causes = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      ContentRequest request = request("Blue mug").occasion(Occasion.PROMOTION).seed(seed).build();
      causes.addAll(bound.propose(request, 16).discarded().keySet());
      Proposal proposal = wild.propose(request, 16);
      causes.addAll(proposal.discarded().keySet());
      if (proposal.candidates().isEmpty()) {
        assertThat(((Refusal) wild.generate(request)).reason())
            .startsWith("it proposes nothing for promotion in en-GB: none of the ")
            .contains(proposal.discarded().keySet());
      }
    }
    assertThat(causes)
        .containsExactlyInAnyOrder(
            "no end, or no likely word to go on with",
            "slots that are left out or were not asked for");
  }

  @Test
  void longTitlesAreCutAndLineBreaksInThemPartNothing() {
    for (Channel channel : Channel.values()) {
      for (String title : List.of("lamp ".repeat(60), "灯".repeat(300), "A\nlamp")) {
        for (long seed = 0; seed < 5; seed++) {
          ContentResult result = model.generate(request(title).channel(channel).seed(seed).build());
          if (result instanceof PushContent text) {
            assertThat(Graphemes.count(text.title())).isLessThanOrEqualTo(channel.titleLength());
            assertThat(Graphemes.count(text.body())).isLessThanOrEqualTo(channel.bodyLength());
          }
        }
      }
    }
  }

  @Test
  void searchedMessagesAreTheSameForEverySeedButForTheSet() {
    Seq2SeqModel searched =
        (Seq2SeqModel) fitted(Seq2SeqConformanceTest.SMALL.with("temperature", 0));
    Set<String> texts = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      PushContent text =
          written(
              searched.generate(request("Mug").occasion(Occasion.PROMOTION).seed(seed).build()));
      assertThat(text.source()).startsWith("seq2seq/beam:");
      texts.add(text.body());
    }
    assertThat(texts).containsExactly("Mug is on offer for £12.99.");
  }

  @Test
  void aSavedModelAnswersToTheLetterWithoutItsCorpus() throws IOException {
    Path corpus = folder.resolve("messages.csv");
    Files.copy(Path.of("src/test/resources/seq2seq/messages.csv"), corpus);
    ContentModel fitted = fitted(Seq2SeqConformanceTest.SMALL.with("corpus", corpus.toString()));
    Files.delete(corpus);
    Path file = folder.resolve("model.safetensors");
    Models.save(fitted, file);
    ContentModel loaded = Models.loadGenerator(file, Plugins.of(new Seq2SeqProvider()));
    assertThat(answers(loaded)).isEqualTo(answers(fitted));
    assertThat(loaded.provenance()).isEqualTo(fitted.provenance());
    assertThatThrownBy(() -> fitted(Seq2SeqConformanceTest.SMALL.with("corpus", corpus.toString())))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> fitted(Options.of("slots", corpus.toString())))
        .hasMessageContaining("option slots names");
  }

  /** See {@link GoldenFiles}. */
  @Test
  void seq2seq01() throws IOException {
    GOLDEN.check(
        "seq2seq-0.1",
        () -> model,
        file -> Models.loadGenerator(file, Plugins.of(new Seq2SeqProvider())),
        Seq2SeqModelTest::answers);
  }

  @Test
  @Tag("accuracy")
  void theBundledMessagesAreLearned() {
    ContentModel bundled = Seq2Seq.builder().build().fit(Dataset.builder().build());
    Set<String> texts = new HashSet<>();
    int asked = 0;
    int refused = 0;
    for (Locale locale : List.of(Locale.UK, Locale.CHINA)) {
      for (Occasion occasion : Occasion.values()) {
        for (long seed = 0; seed < 10; seed++) {
          ContentResult result =
              bundled.generate(
                  request("Blue mug").occasion(occasion).locale(locale).seed(seed).build());
          asked++;
          if (result instanceof PushContent text) {
            texts.add(text.title() + "|" + text.body());
          } else {
            refused++;
          }
        }
      }
    }
    assertThat(refused).isLessThan(asked / 20);
    assertThat(texts).hasSizeGreaterThan(asked / 2);
  }
}
