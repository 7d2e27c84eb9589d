// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.api.FitContext;
import dev.pushwright.data.Dataset;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.GoldenFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of version 0.1, see {@link GoldenFiles}. */
class LanguageModelFilesTest {

  private static final GoldenFiles GOLDEN = GoldenFiles.ofModule();

  private static List<String> answers(LanguageModel model) {
    List<Map<String, String>> asked = new ArrayList<>();
    for (String occasion : List.of("recommendation", "price-drop", "article", "unheard-of")) {
      asked.add(Map.of("language", "en", "occasion", occasion, "item", "x"));
      asked.add(Map.of("language", "en", "occasion", occasion, "item", "x", "price", "y"));
    }
    List<String> lines = new ArrayList<>();
    lines.add(model.provenance().algorithm() + " " + model.provenance().options());
    lines.add(model.corpus() + " " + model.figures().keySet());
    for (double temperature : new double[] {0, 0.5, 1}) {
      for (WrittenText text : model.write(asked, new Sampling(temperature, 0, 0.9), 1, 7)) {
        lines.add((text.complete() ? "+ " : "- ") + String.join("|", text.tokens()));
      }
    }
    lines.replaceAll(line -> line.replace("\n", "\\n"));
    return lines;
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "cvae", "text-gan"})
  void filesOfVersion01AnswerAsTheyDid(String name) throws IOException {
    GOLDEN.check(
        name + "-0.1",
        () -> fitted(name),
        file -> (LanguageModel) Models.loadGenerator(file, Plugins.load()),
        LanguageModelFilesTest::answers);
  }

  private static LanguageModel fitted(String name) {
    WordGenerator generator =
        (WordGenerator)
            Plugins.load()
                .generator(name)
                .create(
                    Fitted.options(name)
                        .with("embedding", 6)
                        .with("hidden", 10)
                        .with("context", 6)
                        .with("epochs", 30));
    return generator.fit(Dataset.builder().build(), FitContext.standard());
  }
}
