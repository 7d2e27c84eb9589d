// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.spi.Options;
import dev.pushwright.textgen.copy.CopyCorpus;
import dev.pushwright.textgen.copy.CopyPair;
import java.nio.file.Path;
import java.util.List;

/** A small corpus, and options with which it is learned in a moment. */
final class Fitted {

  // Relative, for the path is an option and so stands in model files.
  static final Path CORPUS = Path.of("src/test/resources/lm/messages.csv");

  private Fitted() {}

  static List<CopyPair> pairs() {
    return CopyCorpus.read(CORPUS).pairs();
  }

  /** Learned well enough to write messages. */
  static Options options(String generator) {
    Options options =
        Options.of("corpus", CORPUS.toString())
            .with("embedding", 16)
            .with("hidden", 32)
            .with("context", 16)
            .with("epochs", 40)
            .with("batchSize", 8)
            .with("learningRate", 0.02)
            .with("dropout", 0)
            .with("validationShare", 0)
            .with("temperature", 0.5)
            .with("patience", 10)
            .with("maxWords", 30)
            .with("candidates", 4);
    return switch (generator) {
      case "cvae" -> options.with("latent", 4).with("wordDropout", 0.1);
      case "text-gan" ->
          options.with("patience", 0).with("adversarialSteps", 5).with("validationShare", 0.15);
      default -> options;
    };
  }
}
