// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

/** Provides {@link CvaeGenerator} by the name {@value CvaeGenerator#NAME}. */
public final class CvaeProvider extends WordProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public CvaeProvider() {
    super(
        CvaeGenerator.NAME,
        "A variational autoencoder of texts: a random vector decides what kind of text.",
        CvaeGenerator.OPTIONS,
        CvaeGenerator::new);
  }
}
