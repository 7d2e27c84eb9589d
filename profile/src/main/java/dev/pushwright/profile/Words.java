// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.profile.text.TextAnalyzers;
import dev.pushwright.profile.text.TextRules;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TextAnalyzerProvider;
import java.util.List;

/**
 * How a model cuts text into words, with all that it needs to do so again after it was saved.
 *
 * @param name the analyzer's name
 * @param rules the shop's own words
 * @param analyzer the analyzer that keeps to them
 */
record Words(String name, TextRules rules, TextAnalyzer analyzer) {

  private static Words of(String name, TextRules rules, List<TextAnalyzerProvider> given) {
    return new Words(name, rules, rules.analyzer(TextAnalyzers.provider(name, given)));
  }

  /** By the options of the profiler; files are read now. */
  static Words of(Settings settings, List<TextAnalyzerProvider> given) {
    return of(
        TextAnalyzers.settled(settings.get(TfIdfProfiler.LANGUAGE).name()),
        TextRules.of(settings),
        given);
  }

  void save(ModelWriter out) {
    out.texts("analyzer", List.of(name));
    rules.save(out);
  }

  /** Reads what {@link #save} wrote. */
  static Words read(ModelReader in, List<TextAnalyzerProvider> given) {
    String name = in.texts("analyzer", 1).get(0);
    TextRules rules = TextRules.read(in);
    try {
      return of(name, rules, given);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw in.damaged("cannot cut text as the saved model did: " + e.getMessage(), e);
    }
  }
}
