// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** Provides {@code item-knn}, see {@link ItemKnn}. */
public final class ItemKnnProvider extends CfProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ItemKnnProvider() {
    super(
        ItemKnn.NAME,
        "What is nearest, by the users they share, to the items of the user.",
        ItemKnn.OPTIONS,
        ItemKnn.CAPABILITIES,
        ItemKnn::new,
        ItemKnnModel::read);
  }
}
