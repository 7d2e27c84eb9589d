// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** Provides {@code explicit-als}, see {@link ExplicitAls}. */
public final class ExplicitAlsProvider extends CfProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ExplicitAlsProvider() {
    super(
        ExplicitAls.NAME,
        "What the user would rate highest, by factors and biases learned from all ratings.",
        ExplicitAls.OPTIONS,
        ExplicitAls.CAPABILITIES,
        ExplicitAls::new,
        ExplicitAlsModel::read);
  }
}
