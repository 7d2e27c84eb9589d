// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

/**
 * Is told how far a fit has come. Called from the threads that do the work, one call at a time;
 * return quickly.
 */
@FunctionalInterface
public interface ProgressListener {

  /** Listens to nothing. */
  ProgressListener NONE = progress -> {};

  /**
   * Another step is done.
   *
   * @param progress how far the work has come
   */
  void onProgress(Progress progress);
}
