// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.Parameters;

/** A network that writes. Used by one thread at a time. */
interface TextNet {

  /** Makes a network on parameters. */
  @FunctionalInterface
  interface Architecture {
    /**
     * Makes it.
     *
     * @param parameters where its layers register what they learn
     * @return the network
     */
    TextNet make(Parameters parameters);
  }

  /**
   * Learns texts: forwards, loss and backwards.
   *
   * @param texts what to learn
   * @param scale what gradients are multiplied by, such as 1 / words of the step
   * @param step which step it is, from 0 to 1: what share of the training is done
   * @param key of all random choices
   * @return the loss in nats, the sum over the texts
   */
  double learn(Batch texts, float scale, double step, long key);

  /**
   * What texts cost, nothing left to chance but by the key.
   *
   * @param texts the texts
   * @param key of all random choices
   * @return nats, the sum over the texts
   */
  double loss(Batch texts, long key);

  /**
   * What tells the decoder what to write.
   *
   * @param texts their conditions; words are not looked at
   * @param key of all random choices
   * @param deviation how far from the usual they may be, 0 or more; 1 as learned
   * @return B×told
   */
  float[] tell(Batch texts, long key, double deviation);

  /** What writes. */
  Decoder decoder();
}
