// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.spi.TextAnalyzerProvider;
import dev.pushwright.testkit.TextAnalyzerConformance;
import java.util.List;

class GermanConformanceTest extends TextAnalyzerConformance {
  @Override
  protected TextAnalyzerProvider provider() {
    return LanguageProvider.of(Language.GERMAN);
  }

  @Override
  protected List<String> texts() {
    return List.of("Rote Häuser aus Glas", "der Stiftehalter für Kinder");
  }
}
