// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** Provides {@code user-knn}, see {@link UserKnn}. */
public final class UserKnnProvider extends CfProvider {

  /** For {@link java.util.ServiceLoader}. */
  public UserKnnProvider() {
    super(
        UserKnn.NAME,
        "What the users have who are nearest to the user, by the items they share.",
        UserKnn.OPTIONS,
        UserKnn.CAPABILITIES,
        UserKnn::new,
        UserKnnModel::read);
  }
}
