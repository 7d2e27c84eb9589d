// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

/** Provides {@link GanGenerator} by the name {@value GanGenerator#NAME}. */
public final class GanGeneratorProvider extends FeatureProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public GanGeneratorProvider() {
    super(
        GanGenerator.NAME,
        "Generates the features of items a user would want by an adversarial network, and writes"
            + " by them.",
        GanGenerator.OPTIONS,
        GanGenerator::new);
  }
}
