// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.ProgressListener;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.Schedule;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.DamagedFiles;
import dev.pushwright.textgen.ModelParts;
import dev.pushwright.textgen.copy.CopyPair;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.copy.TextTokens;
import dev.pushwright.textgen.pipeline.Candidate;
import dev.pushwright.textgen.pipeline.Proposal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageModelTest {

  private static final Dataset DATA = Dataset.builder().build();
  private static final Item LAMP = Item.builder("lamp").title("Red desk lamp").price(24.5).build();

  @TempDir Path folder;

  private static WordGenerator generator(String name, Options options) {
    return (WordGenerator) Plugins.load().generator(name).create(options);
  }

  private static LanguageModel fit(String name, Options options, int threads) {
    return generator(name, options).fit(DATA, new FitContext(threads, ProgressListener.NONE));
  }

  private static ContentRequest.Builder request() {
    return ContentRequest.builder(
            UserProfile.builder("ann", Basis.TRAINED).tag("lamps", 1).build(),
            List.of(new PushItem(LAMP, 1, List.of())))
        .user(User.of("ann").with(User.NAME, "Ann"))
        .oldPrice(30);
  }

  private static List<Candidate> candidates(LanguageModel model) {
    List<Candidate> all = new ArrayList<>();
    for (Occasion occasion : Occasion.values()) {
      for (long seed = 0; seed < 3; seed++) {
        all.addAll(model.propose(request().occasion(occasion).seed(seed).build(), 8).candidates());
      }
    }
    return all;
  }

  private static Options few(String name) {
    return Fitted.options(name).with("epochs", 6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "cvae", "text-gan"})
  void eightThreadsGiveTheBitsOfOne(String name) {
    LanguageModel one = fit(name, few(name).with("batchSize", 40), 1);
    LanguageModel eight = fit(name, few(name).with("batchSize", 40), 8);
    assertThat(eight.figures()).isEqualTo(one.figures());
    assertThat(eight.values()).isDeepEqualTo(one.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "cvae", "text-gan"})
  void trainingThatWasStoppedEndsWithTheBitsOfOneThatWasNot(String name) {
    Path file = folder.resolve(name + ".checkpoint");
    WordGenerator generator = generator(name, few(name).with("finalRate", 0.1));
    int[] told = {0};
    FitContext stops =
        new FitContext(
            1,
            progress -> {
              if (++told[0] == 4) {
                Thread.currentThread().interrupt();
              }
            });
    assertThatThrownBy(() -> generator.fit(DATA, stops, file))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    List<Long> epochs = new ArrayList<>();
    LanguageModel resumed =
        generator.fit(DATA, new FitContext(1, progress -> epochs.add(progress.done())), file);
    assertThat(epochs).startsWith(5L);
    LanguageModel whole = generator.fit(DATA, new FitContext(1, ProgressListener.NONE));
    assertThat(resumed.values()).isDeepEqualTo(whole.values());
    assertThat(resumed.figures()).isEqualTo(whole.figures());
    List<Long> again = new ArrayList<>();
    LanguageModel atOnce =
        generator.fit(DATA, new FitContext(1, progress -> again.add(progress.done())), file);
    assertThat(again).isEmpty();
    assertThat(atOnce.values()).isDeepEqualTo(whole.values());
  }

  @Test
  void trainingAgainstTheCriticGoesOnFromItsRound() {
    Path file = folder.resolve("gan.checkpoint");
    WordGenerator generator = generator("text-gan", few("text-gan"));
    FitContext stops =
        new FitContext(
            1,
            progress -> {
              if (progress.phase().equals("adversarial") && progress.done() == 2) {
                Thread.currentThread().interrupt();
              }
            });
    assertThatThrownBy(() -> generator.fit(DATA, stops, file))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    List<String> phases = new ArrayList<>();
    LanguageModel resumed =
        generator.fit(DATA, new FitContext(1, p -> phases.add(p.phase() + " " + p.done())), file);
    assertThat(phases).containsExactly("adversarial 3", "adversarial 4", "adversarial 5");
    LanguageModel whole = generator.fit(DATA, new FitContext(1, ProgressListener.NONE));
    assertThat(resumed.values()).isDeepEqualTo(whole.values());
    assertThat(resumed.figures()).isEqualTo(whole.figures()).containsKey("adversarial kept");
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefused() {
    Path file = folder.resolve("lstm.checkpoint");
    FitContext context = new FitContext(1, ProgressListener.NONE);
    generator("lstm", few("lstm").with("epochs", 1)).fit(DATA, context, file);
    assertThatThrownBy(
            () -> generator("lstm", few("lstm").with("epochs", 2)).fit(DATA, context, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a checkpoint of lstm")
        .hasMessageContaining("delete it or name another file");
  }

  @Test
  void whatIsSaidIsWhatTheRequestSays() {
    LanguageModel model = fit("lstm", Fitted.options("lstm"), 1);
    List<Candidate> all = candidates(model);
    assertThat(all).hasSizeGreaterThan(60);
    for (Candidate candidate : all) {
      String text = candidate.title() + " " + candidate.body();
      assertThat(text).contains("Red desk lamp").doesNotContain("{", "}", "\n");
      assertThat(text.replace("24.50", "").replace("30.00", "")).doesNotContainPattern("[0-9]");
    }
    // Only a price drop states the old price in the corpus, and so here.
    assertThat(all).anyMatch(c -> c.body().contains("30.00"));
    assertThat(model.propose(request().occasion(Occasion.BACK_IN_STOCK).build(), 8).candidates())
        .isNotEmpty()
        .noneMatch(c -> c.body().contains("30.00"));
  }

  @Test
  void seedsGiveTextsOfTheirOwn() {
    LanguageModel model =
        fit("lstm", Fitted.options("lstm").with("temperature", 1).with("candidates", 1), 1);
    TreeSet<String> bodies = new TreeSet<>();
    for (long seed = 0; seed < 30; seed++) {
      if (model.generate(request().seed(seed).build()) instanceof PushContent content) {
        bodies.add(content.body());
      }
    }
    assertThat(bodies).hasSizeGreaterThan(5);
  }

  @Test
  void attestedMessagesHoldNoRunThatNobodyWrote() {
    Options daring = few("lstm").with("temperature", 3).with("topP", 1);
    LanguageModel attested = fit("lstm", daring, 1);
    LanguageModel free = fit("lstm", daring.with("attested", false), 1);
    Set<List<String>> written = new HashSet<>();
    for (CopyPair pair : Fitted.pairs()) {
      written.addAll(runs(pair.text().split("\n", -1)[1]));
    }
    assertThat(candidates(free)).anyMatch(wild -> !written.containsAll(runs(delexicalized(wild))));
    // What cannot follow is drawn again, so that more comes of as many texts.
    assertThat(candidates(attested)).hasSizeGreaterThan(candidates(free).size());
    for (Candidate candidate : candidates(attested)) {
      assertThat(written).as("%s", candidate).containsAll(runs(delexicalized(candidate)));
    }
  }

  private static String delexicalized(Candidate candidate) {
    return candidate
        .body()
        .replace("Red desk lamp", "{item}")
        .replace("Ann", "{name}")
        .replace("24.50", "{price}")
        .replace("30.00", "{oldPrice}");
  }

  private static Set<List<String>> runs(String body) {
    List<String> words =
        TextTokens.cut(body.toLowerCase(Locale.ROOT).replace('{', 'x').replace('}', 'x'));
    Set<List<String>> runs = new HashSet<>();
    for (int at = 0; at + 3 <= words.size(); at++) {
      runs.add(words.subList(at, at + 3));
    }
    return runs;
  }

  @Test
  void whyWhatWasDrawnWasThrownAwayIsCountedByCause() {
    Options options = few("lstm").with("temperature", 20).with("topP", 1).with("maxWords", 25);
    LanguageModel bound = fit("lstm", options, 1);
    LanguageModel wild = fit("lstm", options.with("attested", false), 1);
    TreeSet<String> causes = new TreeSet<>();
    for (long seed = 0; seed < 20; seed++) {
      ContentRequest request = request().occasion(Occasion.PRICE_DROP).seed(seed).build();
      causes.addAll(bound.propose(request, 16).discarded().keySet());
      Proposal proposal = wild.propose(request, 16);
      causes.addAll(proposal.discarded().keySet());
      if (proposal.candidates().isEmpty()) {
        // Four texts for each candidate, four times.
        assertThat(proposal.discarded().values().stream().mapToInt(n -> n).sum()).isEqualTo(256);
      }
    }
    assertThat(causes)
        .contains(
            "no end within 25 words, see option maxWords",
            "more than two lines",
            "{item} is left out",
            "no likely word goes on as somebody wrote for it, see option attested");
    assertThat(wild.generate(request().occasion(Occasion.PROMOTION).build()))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.reason())
                    .startsWith(
                        "it proposes nothing for promotion in en: none of the 64 texts that")
                    .contains("{item} is left out ("));
  }

  @Test
  void aPriceDropThatIsNoneIsNotAnnounced() {
    LanguageModel model = fit("lstm", few("lstm"), 1);
    ContentRequest none =
        ContentRequest.builder(UserProfile.empty("ann"), List.of(new PushItem(LAMP, 1, List.of())))
            .occasion(Occasion.PRICE_DROP)
            .build();
    assertThat(model.generate(none)).isInstanceOf(Refusal.class);
  }

  @Test
  void aLanguageThatTheCorpusLacksIsNotWritten() {
    LanguageModel model = fit("lstm", few("lstm"), 1);
    assertThat(model.propose(request().locale(Locale.CHINA).build(), 4)).isEqualTo(Proposal.none());
  }

  @Test
  void aCollapsedPosteriorIsNoticed() {
    Options dear = few("cvae").with("annealing", 0).with("freeBits", 0).with("wordDropout", 0);
    LanguageModel collapsed = fit("cvae", dear.with("epochs", 1), 1);
    assertThat(collapsed.figures()).containsEntry("active units", 0.0);
    LanguageModel alive =
        fit("cvae", Fitted.options("cvae").with("freeBits", 1).with("wordDropout", 0.6), 1);
    assertThat(alive.figures().get("active units")).isGreaterThan(0);
    assertThat(alive.figures().get("kl")).isGreaterThan(1);
  }

  @Test
  void deviationMakesTextsDiffer() {
    LanguageModel model =
        fit("cvae", Fitted.options("cvae").with("freeBits", 1).with("wordDropout", 0.6), 1);
    List<Map<String, String>> asked = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      asked.add(Map.of("item", "x", "occasion", "recommendation", "language", "en"));
    }
    Sampling likeliest = new Sampling(0, 0, 1);
    assertThat(different(model.write(asked, likeliest, 0, 1))).isEqualTo(1);
    assertThat(different(model.write(asked, likeliest, 1.5, 1))).isGreaterThan(2);
    assertThatThrownBy(() -> model.write(asked, likeliest, -1, 1))
        .hasMessageContaining("deviation is -1.0");
  }

  private static long different(List<WrittenText> texts) {
    return texts.stream().map(WrittenText::tokens).distinct().count();
  }

  /** A network whose loss is not finite any more. */
  private record Broken(Decoder decoder) implements TextNet {
    @Override
    public double learn(Batch texts, float scale, double step, long key) {
      return Double.NaN;
    }

    @Override
    public double loss(Batch texts, long key) {
      return Double.NaN;
    }

    @Override
    public float[] tell(Batch texts, long key, double deviation) {
      return new float[texts.size()];
    }
  }

  @Test
  void theRateFallsToWhatIsLeftAtTheEnd() {
    // Ten epochs of ten steps: two to rise, half a cosine over the other 98.
    Schedule falling = TextTrainer.schedule(new TextPlan(0.01, 0.2, 10, 4, 5, 0, 0, 1), 37);
    assertThat(falling.factor(0)).isEqualTo(0.5);
    assertThat(falling.factor(2)).isEqualTo(1);
    assertThat(falling.factor(2 + 49)).isCloseTo(0.6, within(1e-12));
    assertThat(falling.factor(100)).isCloseTo(0.2, within(1e-12));
    Schedule constant = TextTrainer.schedule(new TextPlan(0.01, 1, 10, 4, 5, 0, 0, 1), 37);
    assertThat(constant.factor(0)).isEqualTo(1);
    assertThat(constant.factor(100)).isEqualTo(1);
    assertThatThrownBy(() -> generator("lstm", Options.of("finalRate", 1.5)))
        .hasMessageContaining("finalRate is 1.5");
  }

  @Test
  void divergenceIsLoud() {
    NetShape shape = new NetShape(5, 5, 1, 1, 1, 0, 0);
    Sentence[] texts = {new Sentence(new int[] {3}, new int[] {4, 1})};
    TextPlan plan = new TextPlan(0.25, 1, 3, 8, 5, 3, 0, 1);
    try (TextTrainer trainer =
        new TextTrainer(
            "lstm",
            texts,
            new Sentence[0],
            parameters -> new Broken(new Decoder(parameters, shape)),
            plan,
            new Parameters(1),
            1)) {
      assertThatThrownBy(
              () ->
                  trainer.run(
                      new FitContext(1, ProgressListener.NONE),
                      (net, figures) -> {},
                      (epoch, net, figures) -> {},
                      () -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "lstm diverged: loss is NaN in epoch 1 of 3, batch 1 of 1, at learningRate 0.25;"
                  + " lower learningRate");
    }
  }

  @Test
  void nothingToLearnFromIsRefused() {
    LstmGenerator generator = LstmGenerator.builder().build();
    assertThatThrownBy(
            () -> generator.fit(List.of(), SlotRules.builder().build(), FitContext.standard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of 0 pairs none is left to learn from");
    assertThatThrownBy(() -> fit("lstm", few("lstm").with("corpus", "no/such/file.csv"), 1))
        .hasMessageContaining("no/such/file.csv does not exist");
  }

  @Test
  void damagedFilesAreRefusedOrDoNoHarm() throws IOException {
    LanguageModel model = fit("cvae", few("cvae").with("embedding", 4).with("hidden", 6), 1);
    Path file = folder.resolve("cvae.safetensors");
    Models.save(model, file);
    DamagedFiles.areRefusedOrDoNoHarm(
            file,
            150,
            damaged ->
                ((LanguageModel) Models.loadGenerator(damaged, Plugins.load()))
                    .propose(request().build(), 2))
        .hasBoth(0.06);
  }

  @Test
  void byTypeAndByNameTheSameIsBuilt() {
    LstmGenerator byType =
        LstmGenerator.builder().hidden(7).sampling(new Sampling(1, 2, 0.5)).build();
    WordGenerator byName =
        generator(
            "lstm",
            Options.of("hidden", 7).with("temperature", 1).with("topK", 2).with("topP", 0.5));
    assertThat(byType.settings()).isEqualTo(byName.settings());
  }

  @Test
  void conditionsSurviveSaving() {
    SlotRules rules = SlotRules.builder().words("food").context("tone").build();
    Conditions conditions = Conditions.of(Fitted.pairs(), rules);
    Conditions read = ModelParts.reread(folder, conditions::save, Conditions::read);
    Map<String, String> asked = Map.of("item", "Lamp", "name", "Ann", "colour", "red");
    assertThat(read.encode(asked)).isEqualTo(conditions.encode(asked)).hasSize(2);
    assertThat(read.rules().kinds()).isEqualTo(rules.kinds());
  }
}
