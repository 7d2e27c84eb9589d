// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.Refusal;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every generator is asked about hostile items, by name, after it learned from some. */
class HostileGeneratorsTest {

  private static final int ALL = 10_000;
  private static final int SOME = 500;

  private static final Path CORPUS = Path.of("src/test/resources/lm/messages.csv");

  // Learned well enough to write messages now and then.
  private static Options options(String generator) {
    Options words =
        Options.of("corpus", CORPUS.toString())
            .with("embedding", 16)
            .with("hidden", 32)
            .with("epochs", 40)
            .with("batchSize", 8)
            .with("learningRate", 0.02)
            .with("dropout", 0);
    return switch (generator) {
      case "template" -> Options.none();
      case "vae", "gan" ->
          Options.of("hidden", 12).with("noise", 3).with("epochs", 4).with("textDimensions", 6);
      case "text-gan" -> words.with("context", 16).with("adversarialSteps", 5);
      case "seq2seq" -> words;
      default -> words.with("context", 16);
    };
  }

  /** A shop that sells what {@link HostileRequests} ask about. */
  private static Dataset shop() {
    SplittableRandom random = new SplittableRandom(1);
    Dataset.Builder data = Dataset.builder();
    List<String> titles = HostileRequests.TITLES;
    for (int i = 0; i < titles.size(); i++) {
      data.add(Item.builder("i" + i).title(titles.get(i)).tags("vintage").price(1 + i).build());
    }
    for (int u = 0; u < 30; u++) {
      for (int day = 0; day < 6; day++) {
        String item = "i" + random.nextInt(titles.size());
        data.add(
            Interaction.view("u" + u, item, Instant.EPOCH.plusSeconds(86_400L * day + 60L * u)));
      }
    }
    return data.build();
  }

  private static void tryGenerator(String name, int requests) {
    ContentModel model =
        Plugins.load().generator(name, options(name)).fit(shop(), FitContext.standard());
    int own = 0;
    int written = 0;
    for (long seed = 0; seed < requests; seed++) {
      ContentRequest request = HostileRequests.request(seed);
      ContentResult result = model.generate(request);
      if (result instanceof PushContent content) {
        HostileRequests.assertSound(request, content);
        written++;
        own += content.source().contains("fallback") ? 0 : 1;
      } else {
        Refusal refusal = (Refusal) result;
        assertThat(refusal.reason()).as("%s, seed %s", name, seed).isNotBlank();
        assertThat(refusal.generator()).as("seed %s", seed).isEqualTo(name);
      }
      if (seed % 20 == 0) {
        assertThat(model.generate(HostileRequests.request(seed))).isEqualTo(result);
      }
    }
    // Not that it says nothing, nor that others say all.
    assertThat(own).as("%s of %s its own", own, written).isGreaterThan(requests / 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"template", "seq2seq", "lstm", "cvae", "text-gan", "vae", "gan"})
  void keepsToTheRules(String name) {
    tryGenerator(name, SOME);
  }

  @ParameterizedTest
  @Tag("accuracy")
  @ValueSource(strings = {"template", "seq2seq", "lstm", "cvae", "text-gan", "vae", "gan"})
  void keepsToTheRulesTenThousandTimes(String name) {
    tryGenerator(name, ALL);
  }
}
