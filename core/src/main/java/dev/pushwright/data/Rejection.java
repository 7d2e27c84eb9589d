// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Why a row of a file was left out.
 *
 * @param file the file
 * @param line the line on which the row begins, from 1
 * @param column the column at fault, empty when it is the row as a whole
 * @param value what stands there, shortened and with control characters spelt out, so that it may
 *     be printed
 * @param reason what is wrong with it and, where there is one, the remedy
 * @param rule the name of the rule that asked for it, empty when the row is malformed
 */
public record Rejection(
    Path file, long line, String column, String value, String reason, String rule) {

  private static final int SHOWN = 60;

  /** Shortens the value. */
  public Rejection {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(rule, "rule");
    value = shown(value);
  }

  /**
   * Whether the row is malformed, not filtered by a rule.
   *
   * @return whether it counts towards the tolerated share
   */
  public boolean malformed() {
    return rule.isEmpty();
  }

  /** Text as it may be printed: control characters spelt out, at most 60 characters of it. */
  static String shown(String text) {
    StringBuilder out = new StringBuilder();
    int shown = 0;
    int at = 0;
    while (at < text.length() && shown < SHOWN) {
      int codePoint = text.codePointAt(at);
      if (Character.isISOControl(codePoint)) {
        out.append(String.format("\\u%04x", codePoint));
      } else {
        out.appendCodePoint(codePoint);
      }
      at += Character.charCount(codePoint);
      shown++;
    }
    return at < text.length() ? out.append("…").toString() : out.toString();
  }

  @Override
  public String toString() {
    return file.getFileName()
        + " line "
        + line
        + (column.isEmpty() ? "" : ", " + column)
        + (value.isEmpty() ? "" : " \"" + value + "\"")
        + ": "
        + reason;
  }
}
