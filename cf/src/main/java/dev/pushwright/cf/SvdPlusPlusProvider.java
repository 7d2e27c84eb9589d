// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** Provides {@code svd++}, see {@link SvdPlusPlus}. */
public final class SvdPlusPlusProvider extends CfProvider {

  /** For {@link java.util.ServiceLoader}. */
  public SvdPlusPlusProvider() {
    super(
        SvdPlusPlus.NAME,
        "What a user would rate highest, by biases and vectors, and by what was rated at all.",
        SvdPlusPlus.OPTIONS,
        SvdPlusPlus.CAPABILITIES,
        SvdPlusPlus::new,
        SvdPlusPlus::read);
  }
}
