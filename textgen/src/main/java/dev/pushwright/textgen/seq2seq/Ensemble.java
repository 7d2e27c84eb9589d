// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import java.util.Arrays;
import java.util.List;

/**
 * Several networks of one shape that write one text: the mean of their logits counts, that is, the
 * geometric mean of their probabilities. A state holds the states of all, one after the other.
 */
final class Ensemble implements NextToken {

  private final List<Seq2SeqNet> nets;
  private final float[][] begun;
  private final int vocabulary;
  private float[] states = {};
  private float[] logits = {};

  Ensemble(List<Seq2SeqNet> nets, int vocabulary) {
    this.nets = List.copyOf(nets);
    this.begun = new float[nets.size()][];
    this.vocabulary = vocabulary;
  }

  @Override
  public int width() {
    return nets.stream().mapToInt(Seq2SeqNet::width).sum();
  }

  @Override
  public float[] begin(AttributeBatch set) {
    float[] all = new float[width()];
    int at = 0;
    for (int n = 0; n < begun.length; n++) {
      Seq2SeqNet net = nets.get(n);
      begun[n] = net.begin(set);
      System.arraycopy(begun[n], 0, all, at, net.width());
      at += net.width();
    }
    return all;
  }

  @Override
  public float[] next(AttributeBatch set, float[] first, int[] last, float[] all, int texts) {
    int width = width();
    int size = texts * vocabulary;
    logits = logits.length >= size ? logits : new float[size];
    states = states.length >= texts * width ? states : new float[texts * width];
    Arrays.fill(logits, 0, size, 0);
    int at = 0;
    float share = 1f / begun.length;
    for (int n = 0; n < begun.length; n++) {
      Seq2SeqNet net = nets.get(n);
      int own = net.width();
      for (int b = 0; b < texts; b++) {
        System.arraycopy(all, b * width + at, states, b * own, own);
      }
      float[] its = net.next(set, begun[n], last, states, texts);
      for (int i = 0; i < size; i++) {
        logits[i] += share * its[i];
      }
      for (int b = 0; b < texts; b++) {
        System.arraycopy(states, b * own, all, b * width + at, own);
      }
      at += own;
    }
    return logits;
  }
}
