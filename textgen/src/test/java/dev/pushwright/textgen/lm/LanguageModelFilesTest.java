// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.FitContext;
import dev.pushwright.data.Dataset;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Model files of released formats, which every later version has to read and answer from alike. Run
 * with {@code -Dpushwright.golden=write} to make those that are not there yet; one that is there is
 * left as it is.
 */
class LanguageModelFilesTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/golden");

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
    Path file = GOLDEN.resolve(name + "-0.1.safetensors");
    Path answers = GOLDEN.resolve(name + "-0.1.txt");
    if (Files.notExists(file) && "write".equals(System.getProperty("pushwright.golden"))) {
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
      LanguageModel fitted = generator.fit(Dataset.builder().build(), FitContext.standard());
      Models.save(fitted, file);
      Files.write(answers, answers(fitted));
    }
    assertThat(file).exists();
    assertThat(Files.size(file)).isLessThan(50_000);
    LanguageModel read = (LanguageModel) Models.loadGenerator(file, Plugins.load());
    assertThat(answers(read)).isEqualTo(Files.readAllLines(answers));
  }
}
