// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import java.util.Locale;

/** The slots by which a corpus tells what requests a push message is for, and their values. */
public final class MessageSlots {

  /** The language, such as {@code en}. */
  public static final String LANGUAGE = "language";

  /** The occasion, such as {@code price-drop}. */
  public static final String OCCASION = "occasion";

  /** The tone, such as {@code friendly}. */
  public static final String TONE = "tone";

  /** The channel, such as {@code android}. */
  public static final String CHANNEL = "channel";

  private MessageSlots() {}

  /**
   * An occasion, a tone or a channel as it is written in texts.
   *
   * @param constant one of them
   * @return its name in lower case, with hyphens
   */
  public static String value(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
