// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.spi.Options;
import dev.pushwright.testkit.ContentGeneratorConformance;
import java.nio.file.Path;

class Seq2SeqConformanceTest extends ContentGeneratorConformance {

  /** A corpus of a dozen messages, and a network that learns them in a moment. */
  static final Options SMALL =
      Options.of("corpus", Path.of("src/test/resources/seq2seq/messages.csv").toString())
          .with("embedding", 12)
          .with("hidden", 20)
          .with("epochs", 80)
          .with("batchSize", 6)
          .with("learningRate", 0.02);

  @Override
  protected ContentGeneratorProvider provider() {
    return new Seq2SeqProvider();
  }

  @Override
  protected Options options() {
    return SMALL;
  }
}
