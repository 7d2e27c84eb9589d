// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** Provides {@code rp3beta}, see {@link Rp3Beta}. */
public final class Rp3BetaProvider extends CfProvider {

  /** For {@link java.util.ServiceLoader}. */
  public Rp3BetaProvider() {
    super(
        Rp3Beta.NAME,
        "Where walks from the user's items over other users end, popular ends held back.",
        Rp3Beta.OPTIONS,
        LinearModel.CAPABILITIES,
        Rp3Beta::new,
        LinearModel::read);
  }
}
