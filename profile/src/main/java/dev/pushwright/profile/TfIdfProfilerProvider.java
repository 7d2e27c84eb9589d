// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.Capability;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelReader;
import dev.pushwright.profile.text.TextRules;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.ProfilerProvider;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TextAnalyzerProvider;
import java.util.List;
import java.util.Set;

/** Provides {@link TfIdfProfiler} under the name {@value #NAME}. */
public final class TfIdfProfilerProvider implements ProfilerProvider {

  /** The name to ask for. */
  public static final String NAME = "tfidf";

  private final List<TextAnalyzerProvider> analyzers;

  /** For {@link java.util.ServiceLoader}. */
  public TfIdfProfilerProvider() {
    this(new TextAnalyzerProvider[0]);
  }

  /**
   * With text analyzers that are found without any look-up, as in a fat jar that lost its services
   * files.
   *
   * @param analyzers what the option {@code language} may name besides
   */
  public TfIdfProfilerProvider(TextAnalyzerProvider... analyzers) {
    this.analyzers = List.of(analyzers);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Interests from the words of the items a user dealt with and of the queries typed,"
        + " weighted by TF-IDF.";
  }

  @Override
  public OptionSet options() {
    return TfIdfProfiler.OPTIONS;
  }

  @Override
  public Set<Capability> capabilities() {
    return TfIdfModel.CAPABILITIES;
  }

  @Override
  public Profiler create(Options options) {
    return new TfIdfProfiler(TfIdfProfiler.OPTIONS.resolve(options), analyzers);
  }

  @Override
  public ProfileModel read(ModelReader in, Provenance provenance) {
    Settings settings = TfIdfProfiler.OPTIONS.resolve(provenance);
    // A model of the first versions has no words of its own: all was among its options.
    Words words =
        provenance.options().containsKey(TextRules.SYNONYMS_FILE.name())
            ? Words.read(in.section("words"), analyzers)
            : Words.of(settings, analyzers);
    return TfIdfModel.read(in, settings, provenance, words);
  }
}
