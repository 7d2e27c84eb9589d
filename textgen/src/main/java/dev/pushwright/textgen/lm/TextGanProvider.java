// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

/** Provides {@link TextGanGenerator} by the name {@value TextGanGenerator#NAME}. */
public final class TextGanProvider extends WordProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public TextGanProvider() {
    super(
        TextGanGenerator.NAME,
        "The language model of lstm, refined against a critic where that gains anything.",
        TextGanGenerator.OPTIONS,
        TextGanGenerator::new);
  }
}
