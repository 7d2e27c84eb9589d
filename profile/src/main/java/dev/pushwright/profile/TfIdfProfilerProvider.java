// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.Capability;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.ProfilerProvider;
import java.util.Set;

/** Provides {@link TfIdfProfiler} under the name {@value #NAME}. */
public final class TfIdfProfilerProvider implements ProfilerProvider {

  /** The name to ask for. */
  public static final String NAME = "tfidf";

  /** For {@link java.util.ServiceLoader}. */
  public TfIdfProfilerProvider() {}

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
    return new TfIdfProfiler(TfIdfProfiler.OPTIONS.resolve(options));
  }

  @Override
  public ProfileModel read(ModelReader in, Provenance provenance) {
    return TfIdfModel.read(in, TfIdfProfiler.OPTIONS.resolve(provenance), provenance);
  }
}
