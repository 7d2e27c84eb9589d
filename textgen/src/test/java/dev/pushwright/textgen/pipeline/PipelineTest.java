// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import static dev.pushwright.textgen.pipeline.Asked.LAMP;
import static dev.pushwright.textgen.pipeline.Asked.MUG;
import static dev.pushwright.textgen.pipeline.Asked.about;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.Message;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.ModelParts;
import dev.pushwright.textgen.TemplateGenerator;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {

  private static final Settings SETTINGS =
      OptionSet.of(Pipeline.CANDIDATES, Pipeline.CLICKS_FILE).resolve(Options.none());

  @TempDir Path folder;

  private static Proposer says(Candidate... candidates) {
    return (request, count) -> Proposal.of(Arrays.asList(candidates));
  }

  private static Candidate candidate(int n, double logProbability, String title, String body) {
    return new Candidate(title, body, logProbability, "gen/beam:" + n);
  }

  private static Pipeline plain() {
    return Pipeline.builder("gen").build();
  }

  private static PushContent written(ContentResult result) {
    assertThat(result).isInstanceOf(PushContent.class);
    return (PushContent) result;
  }

  private static Refusal refused(ContentResult result) {
    assertThat(result).isInstanceOf(Refusal.class);
    return (Refusal) result;
  }

  @Test
  void theBestOfThoseThatPassIsChosen() {
    PushContent content =
        written(
            plain()
                .choose(
                    about(MUG).seed(3).build(),
                    says(
                        candidate(1, -0.1, "Sale", "Blue Stoneware Mug for £9.99"),
                        candidate(2, -0.9, "For you", "Blue Stoneware Mug. Take a look."),
                        candidate(3, -0.3, "For you", "Have a look: Blue Stoneware Mug."))));
    assertThat(content.source()).isEqualTo("gen/beam:3");
    assertThat(content.body()).isEqualTo("Have a look: Blue Stoneware Mug.");
    assertThat(content.itemIds()).containsExactly("mug");
    assertThat(content.seed()).isEqualTo(3);
    assertThat(content.verdicts())
        .extracting(Verdict::check)
        .containsExactly(
            "blank",
            "slots",
            "title-length",
            "body-length",
            "bytes",
            "facts",
            "claims",
            "profanity",
            "safe-text",
            "recent",
            "marks",
            "repetition",
            "statements",
            "agreement");
  }

  // Without the hash that makes readers differ.
  private static Pipeline.Builder withoutVariety() {
    return Pipeline.builder("gen")
        .withoutRankers()
        .ranker(Rankers.fluency(), 1)
        .ranker(Rankers.coverage(), 0.5)
        .ranker(Rankers.interest(), 0.5);
  }

  private static Pipeline alike() {
    return withoutVariety().build();
  }

  @Test
  void readersOfTextsAsGoodAsEachOtherDoNotAllReadTheSame() {
    Proposer proposer =
        says(
            candidate(1, -1, "For you", "Blue Stoneware Mug"),
            candidate(2, -1, "A thought", "Blue Stoneware Mug"),
            candidate(3, -9, "Have a look", "Blue Stoneware Mug"));
    Map<String, Integer> read = new HashMap<>();
    for (long seed = 0; seed < 400; seed++) {
      ContentRequest request = about(MUG).seed(seed).build();
      PushContent content = written(plain().choose(request, proposer));
      assertThat(plain().choose(request, proposer)).isEqualTo(content);
      read.merge(content.title(), 1, Integer::sum);
    }
    // Each half of the time, within five standard deviations; the far less fluent one never.
    assertThat(read).containsOnlyKeys("For you", "A thought");
    assertThat(read.values()).allMatch(n -> n > 150 && n < 250);
  }

  @Test
  void theFirstOfEqualsIsChosenAndWithoutRankersTheFirst() {
    Candidate first = candidate(1, -2, "For you", "Blue Stoneware Mug");
    Candidate second = candidate(2, -1, "For her", "Blue Stoneware Mug");
    Candidate third = candidate(3, -1, "For him", "Blue Stoneware Mug");
    ContentRequest request = about(MUG).build();
    assertThat(written(alike().choose(request, says(first, second, third))).source())
        .isEqualTo("gen/beam:2");
    Pipeline unranked = Pipeline.builder("gen").withoutRankers().build();
    assertThat(written(unranked.choose(request, says(first, second, third))).source())
        .isEqualTo("gen/beam:1");
  }

  @Test
  void whatTheTextCoversAndTheUserLikesCounts() {
    ContentRequest request = about(MUG).build();
    Candidate bare = candidate(1, -1, "For you", "Blue Stoneware Mug");
    Candidate full = candidate(2, -1, "For Ann", "Blue Stoneware Mug for £12.99");
    Candidate liked = candidate(3, -1, "For your garden", "Blue Stoneware Mug");
    assertThat(written(alike().choose(request, says(bare, full))).source()).endsWith(":2");
    assertThat(written(alike().choose(request, says(bare, liked))).source()).endsWith(":3");
    // Item 3, price 2, tag 1, reason 1, name 1: the tag, stoneware, stands in the item's name.
    assertThat(Rankers.coverage().score(request, bare)).isEqualTo(4.0 / 8);
    assertThat(Rankers.coverage().score(request, full)).isEqualTo(7.0 / 8);
    assertThat(Rankers.interest().score(request, bare)).isEqualTo(0.75);
    assertThat(Rankers.interest().score(request, liked)).isEqualTo(1);
    assertThat(Rankers.fluency().score(request, bare)).isEqualTo(Math.exp(-1));
  }

  @Test
  void clicksDecideAmongTextsThatAreOtherwiseAlike() {
    ClickModel clicks =
        ClickModel.empty()
            .updated(
                Collections.nCopies(
                    50,
                    new Feedback(
                        new Message("Hello there", MUG.title()),
                        Channel.ANDROID,
                        List.of(MUG),
                        true)))
            .updated(
                Collections.nCopies(
                    50,
                    new Feedback(
                        new Message("Good day", MUG.title()),
                        Channel.ANDROID,
                        List.of(MUG),
                        false)));
    Candidate bad = candidate(1, -1, "Good day", "Blue Stoneware Mug");
    Candidate good = candidate(2, -1, "Hello there", "Blue Stoneware Mug");
    ContentRequest request = about(MUG).build();
    assertThat(written(alike().choose(request, says(bad, good))).source()).endsWith(":1");
    Pipeline clicked = withoutVariety().clicks(clicks).build();
    assertThat(written(clicked.choose(request, says(bad, good))).source()).endsWith(":2");
  }

  @Test
  void aRefusalNamesEveryObstacleAndWhoseItWas() {
    Refusal refusal =
        refused(
            plain()
                .choose(
                    about(MUG).build(),
                    says(
                        candidate(1, -1, "Now", "Blue Stoneware Mug for £9.99"),
                        candidate(2, -1, "Now", "Blue Stoneware Mug at £9.99"),
                        candidate(3, -1, "Hi {name}", "Blue Stoneware Mug, guaranteed"))));
    assertThat(refusal.generator()).isEqualTo("gen");
    assertThat(refusal.reason())
        .isEqualTo(
            "none of the 3 candidates will do: facts: the number 9.99 (£) is no price of an item (2"
                + " times); claims: banned claim \"guaranteed\"; marks: the mark {name} is left");
    assertThat(refusal.verdicts())
        .extracting(Verdict::detail)
        .anyMatch(d -> d.startsWith("gen/beam:3: banned claim"));
  }

  @Test
  void nothingProposedIsAReasonToo() {
    ContentRequest request = about(MUG).occasion(Occasion.BACK_IN_STOCK).build();
    assertThat(refused(plain().choose(request, says())).reason())
        .isEqualTo("it proposes nothing for back-in-stock in en-GB");
  }

  @Test
  void whyWhatWasWrittenWasThrownAwayIsAReasonToo() {
    ContentRequest request = about(MUG).occasion(Occasion.BACK_IN_STOCK).build();
    Map<String, Integer> discarded = new LinkedHashMap<>();
    discarded.put("no end within 9 words", 3);
    discarded.put("{price} is left out", 1);
    Proposer proposer = (r, n) -> new Proposal(List.of(), discarded);
    assertThat(refused(plain().choose(request, proposer)).reason())
        .isEqualTo(
            "it proposes nothing for back-in-stock in en-GB: none of the 4 texts that it wrote will"
                + " do: no end within 9 words (3 times); {price} is left out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Proposal(List.of(), Map.of("no end", 0)))
        .withMessageContaining("\"no end\" has the count 0");
  }

  @Test
  void whatNoTextCouldMendIsRefusedAtOnce() {
    Proposer never =
        (request, count) -> {
          throw new AssertionError("asked");
        };
    assertThat(refused(plain().choose(about(Item.of("x")).build(), never)).reason())
        .isEqualTo("item x has no title to name it by");
    ContentRequest dearer = about(MUG).occasion(Occasion.PRICE_DROP).oldPrice(10).build();
    assertThat(refused(plain().choose(dearer, never)).reason())
        .isEqualTo(
            "a price drop needs an old price above the price; the old price is 10.0, the price"
                + " 12.99");
  }

  @Test
  void theFallbackWritesInTheGeneratorsNameAndKeepsItsOwn() {
    ContentModel templates = TemplateGenerator.builder().build().fit(Dataset.builder().build());
    Pipeline pipeline = Pipeline.builder("gen").fallback(templates).build();
    PushContent content = written(pipeline.choose(about(MUG).build(), says()));
    assertThat(content.source()).startsWith("gen/fallback:template/en:recommendation.");
    ContentRequest french = about(MUG).locale(Locale.FRENCH).occasion(Occasion.ARTICLE).build();
    assertThat(refused(pipeline.choose(french, says())).reason())
        .startsWith("it proposes nothing for article in fr; template: no template for locale fr");
  }

  @Test
  void aNameOfTheOtherDirectionIsIsolated() {
    Item hebrew = Item.builder("h").title("ספל כחול 500").price(5).build();
    PushContent content =
        written(
            plain()
                .choose(
                    about(hebrew).build(),
                    says(candidate(1, -1, "For you", "ספל כחול 500, £5.00"))));
    assertThat(content.body()).isEqualTo("\u2068ספל כחול 500\u2069, £5.00");
  }

  @Test
  void moreThanWasAskedForIsLeftAside() {
    Pipeline one = Pipeline.builder("gen").candidates(1).build();
    assertThat(
            refused(
                    one.choose(
                        about(MUG).build(),
                        says(
                            candidate(1, -1, "x", "y"),
                            candidate(2, -1, "For you", "Blue Stoneware Mug"))))
                .reason())
        .startsWith("none of the 1 candidates");
  }

  @Test
  void aSavedPipelineKnowsNamesAndClicks() {
    Path clicksFile = folder.resolve("clicks.safetensors");
    ClickModel.empty()
        .updated(
            Collections.nCopies(
                20,
                new Feedback(new Message("Hello there", "x"), Channel.ANDROID, List.of(MUG), true)))
        .save(clicksFile);
    Settings settings =
        OptionSet.of(Pipeline.CANDIDATES, Pipeline.CLICKS_FILE)
            .resolve(Options.of("clicksFile", clicksFile.toString()));
    Dataset data = Dataset.builder().add(MUG).add(LAMP).add(Item.of("k", "Green Kettle")).build();
    Pipeline pipeline = Pipeline.of("gen", settings, data);
    Pipeline read =
        ModelParts.reread(folder, pipeline::save, in -> Pipeline.read("gen", settings, in));
    Proposer proposer =
        says(
            candidate(1, -1, "Like a Green Kettle", "Blue Stoneware Mug"),
            candidate(2, -1, "Good day", "Blue Stoneware Mug"),
            candidate(3, -1, "Hello there", "Blue Stoneware Mug"));
    ContentRequest request = about(MUG).build();
    assertThat(written(pipeline.choose(request, proposer)).source()).endsWith(":3");
    assertThat(read.choose(request, proposer)).isEqualTo(pipeline.choose(request, proposer));
    assertThat(
            refused(
                    read.choose(
                        request,
                        (r, n) -> Proposal.of(proposer.propose(r, n).candidates().subList(0, 1))))
                .reason())
        .contains("names: \"green kettle\"");
    assertThat(written(Pipeline.of("gen", SETTINGS, data).choose(request, proposer)).source())
        .endsWith(":2");
  }

  @Test
  void damagedPartsAreRefused() {
    assertDamaged(out -> out.ints("parts", new int[] {2, 0}), "parts are [2, 0]");
    assertDamaged(
        out ->
            out.ints("parts", new int[] {1, 0})
                .section("catalogue")
                .texts("names", List.of("Not folded")),
        "\"Not folded\" is no folded name");
  }

  private void assertDamaged(Consumer<ModelWriter> save, String what) {
    assertThatThrownBy(
            () -> ModelParts.reread(folder, save, in -> Pipeline.read("gen", SETTINGS, in)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(what);
  }

  @Test
  void aClicksFileThatIsNoneIsRefusedByName() {
    Settings nowhere =
        OptionSet.of(Pipeline.CANDIDATES, Pipeline.CLICKS_FILE)
            .resolve(Options.of("clicksFile", folder.resolve("nowhere.safetensors").toString()));
    assertThatThrownBy(() -> Pipeline.of("gen", nowhere, Dataset.builder().build()))
        .hasMessageContaining("nowhere.safetensors");
    Settings noPath =
        OptionSet.of(Pipeline.CANDIDATES, Pipeline.CLICKS_FILE)
            .resolve(Options.of("clicksFile", "a\0b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pipeline.of("gen", noPath, Dataset.builder().build()))
        .withMessageContaining("option clicksFile names")
        .withMessageContaining("which is no path");
  }

  @Test
  void nonsenseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pipeline.builder("gen").candidates(0))
        .withMessageContaining("candidates is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pipeline.builder("gen").ranker(Rankers.fluency(), Double.NaN))
        .withMessageContaining("weight is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Candidate("a", "b", Double.NaN, "gen/1"))
        .withMessageContaining("log-probability of the candidate gen/1 is NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> new Candidate("a", "b", 0.1, "gen/1"));
  }
}
