// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/** What a network is used for: layers such as {@link Dropout} do different things. */
public enum Mode {
  /** To be trained: a {@code backward} follows. */
  TRAIN,
  /** To answer. */
  INFER
}
