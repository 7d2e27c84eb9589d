// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.spi.TextAnalyzerProvider;
import dev.pushwright.testkit.TextAnalyzerConformance;
import java.util.List;

class EnglishConformanceTest extends TextAnalyzerConformance {
  @Override
  protected TextAnalyzerProvider provider() {
    return LanguageProvider.of(Language.ENGLISH);
  }

  @Override
  protected List<String> texts() {
    return List.of("Red Lamps of glass", "the children's t-light holder");
  }
}
