// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

/** What a network of {@link Seq2Seq} sees of the attributes while it writes. */
public enum Context {

  /** All of them as one vector, and by attention each of them. */
  ATTENTION,

  /** All of them as one vector alone. */
  SET,

  /**
   * Networks of both kinds write together: the first attends, the second sees one vector, and so on
   * in turn.
   */
  BOTH;

  /** Whether a network attends, numbered from 0. */
  boolean attends(int network) {
    return this == ATTENTION || (this == BOTH && network % 2 == 0);
  }
}
