// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** Provides {@code als}, see {@link Als}. */
public final class AlsProvider extends CfProvider {

  /** For {@link java.util.ServiceLoader}. */
  public AlsProvider() {
    super(
        Als.NAME,
        "What agrees with the user in factors learned from everybody's events.",
        Als.OPTIONS,
        Als.CAPABILITIES,
        Als::new,
        AlsModel::read);
  }
}
