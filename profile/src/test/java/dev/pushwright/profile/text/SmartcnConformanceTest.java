// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.spi.TextAnalyzerProvider;
import dev.pushwright.testkit.TextAnalyzerConformance;
import java.util.List;

class SmartcnConformanceTest extends TextAnalyzerConformance {
  @Override
  protected TextAnalyzerProvider provider() {
    return LanguageProvider.of(Language.CHINESE_SMARTCN);
  }

  @Override
  protected List<String> texts() {
    return List.of("红色陶瓷马克杯 Nike", "限时八折，下单即送T恤");
  }
}
