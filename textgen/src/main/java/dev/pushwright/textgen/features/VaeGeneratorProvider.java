// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

/** Provides {@link VaeGenerator} by the name {@value VaeGenerator#NAME}. */
public final class VaeGeneratorProvider extends FeatureProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public VaeGeneratorProvider() {
    super(
        VaeGenerator.NAME,
        "Generates the features of items a user would want by a variational autoencoder, and"
            + " writes by them.",
        VaeGenerator.OPTIONS,
        VaeGenerator::new);
  }
}
