// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

/** Provides {@code feature-mlp}, see {@link FeatureMlp}. */
public final class FeatureMlpProvider extends NeuralProvider {

  /** For {@link java.util.ServiceLoader}. */
  public FeatureMlpProvider() {
    super(
        FeatureMlp.NAME,
        "A deep network on users and items and what is known of them; cold ones too.",
        FeatureMlp.OPTIONS,
        FeatureMlp::new);
  }
}
