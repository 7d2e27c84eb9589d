// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** Provides {@code content}, see {@link ContentRecommender}. */
public final class ContentRecommenderProvider extends CfProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ContentRecommenderProvider() {
    super(
        ContentRecommender.NAME,
        "What is like the user's own items, by what is written about them; cold items too.",
        ContentRecommender.OPTIONS,
        ContentRecommender.CAPABILITIES,
        ContentRecommender::new,
        ContentRecommenderModel::read);
  }
}
