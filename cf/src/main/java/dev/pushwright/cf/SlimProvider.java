// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** Provides {@code slim}, see {@link Slim}. */
public final class SlimProvider extends CfProvider {

  /** For {@link java.util.ServiceLoader}. */
  public SlimProvider() {
    super(
        Slim.NAME,
        "What few of the user's items together say best: a sparse linear method.",
        Slim.OPTIONS,
        LinearModel.CAPABILITIES,
        Slim::new,
        LinearModel::read);
  }
}
