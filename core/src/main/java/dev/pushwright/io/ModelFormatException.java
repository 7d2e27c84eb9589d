// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

/**
 * A model file is not what it should be: corrupt, truncated, oversized, of a newer version, or of
 * another kind. The message names the file and says which.
 */
public final class ModelFormatException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * A file that cannot be read as a model.
   *
   * @param message names the file, what was found and what was expected
   */
  public ModelFormatException(String message) {
    super(message);
  }

  /**
   * A file that cannot be read as a model.
   *
   * @param message names the file, what was found and what was expected
   * @param cause what showed it
   */
  public ModelFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
