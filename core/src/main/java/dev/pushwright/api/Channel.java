// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

/**
 * Where a push is shown, and how much of it can be seen there before it is cut. The lengths are in
 * graphemes (what a person counts as one character) and are those the usual devices show of a
 * collapsed notification.
 */
public enum Channel {
  /** A notification on an iPhone. */
  IOS(50, 178),
  /** A notification on an Android phone. */
  ANDROID(65, 240),
  /** A notification of a browser. */
  WEB(50, 120);

  /**
   * How many bytes of UTF-8 title and body may have together: what FCM and APNs take as a payload.
   */
  public static final int MAX_BYTES = 4096;

  private final int titleLength;
  private final int bodyLength;

  Channel(int titleLength, int bodyLength) {
    this.titleLength = titleLength;
    this.bodyLength = bodyLength;
  }

  /**
   * How long a title may be.
   *
   * @return the length in graphemes
   */
  public int titleLength() {
    return titleLength;
  }

  /**
   * How long a body may be.
   *
   * @return the length in graphemes
   */
  public int bodyLength() {
    return bodyLength;
  }
}
