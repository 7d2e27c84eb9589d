// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

/** Provides {@code mf-logloss}, see {@link MfLogLoss}. */
public final class MfLogLossProvider extends NeuralProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MfLogLossProvider() {
    super(
        MfLogLoss.NAME,
        "Factors and biases learned under the logistic loss.",
        MfLogLoss.OPTIONS,
        MfLogLoss::new);
  }
}
