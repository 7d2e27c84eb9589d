// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** Provides {@code ease}, see {@link Ease}. */
public final class EaseProvider extends CfProvider {

  /** For {@link java.util.ServiceLoader}. */
  public EaseProvider() {
    super(
        Ease.NAME,
        "What the user's items, each for or against, add up to: an autoencoder in closed form.",
        Ease.OPTIONS,
        LinearModel.CAPABILITIES,
        Ease::new,
        LinearModel::read);
  }
}
