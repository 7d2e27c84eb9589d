// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.Dataset;

/**
 * An algorithm that learns to write messages. Configured once, immutable, and fitted as often as
 * you like.
 */
@FunctionalInterface
public interface ContentGenerator {

  /**
   * Learns from data. A generator that has nothing to learn, such as one of templates, only reads
   * what it needs.
   *
   * @param data what to learn from; not kept
   * @param context threads and progress; no part of the result
   * @return an immutable model
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  ContentModel fit(Dataset data, FitContext context);

  /**
   * Learns from data in the {@linkplain FitContext#standard() usual circumstances}.
   *
   * @param data what to learn from
   * @return an immutable model
   */
  default ContentModel fit(Dataset data) {
    return fit(data, FitContext.standard());
  }
}
