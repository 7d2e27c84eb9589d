// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

/** Provides {@link LstmGenerator} by the name {@value LstmGenerator#NAME}. */
public final class LstmProvider extends WordProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public LstmProvider() {
    super(
        LstmGenerator.NAME,
        "A language model of words, told what to write, that draws word by word.",
        LstmGenerator.OPTIONS,
        LstmGenerator::new);
  }
}
