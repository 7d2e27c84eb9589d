// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

/**
 * A file could not be taken in at all, or too much of it was rejected. The message names the file,
 * what was found and what to do about it.
 */
public final class IngestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * A failure without a cause beneath it.
   *
   * @param message file, finding and remedy
   */
  public IngestException(String message) {
    super(message);
  }

  /**
   * A failure with a cause beneath it.
   *
   * @param message file, finding and remedy
   * @param cause what failed beneath
   */
  public IngestException(String message, Throwable cause) {
    super(message, cause);
  }
}
