// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * BLEU [1] of a whole corpus with any number of references a text, as mteval-13a computes it: the
 * geometric mean of the clipped precisions of 1 to 4 tokens, times a brevity penalty by the
 * reference nearest in length (the shorter of two equally near). A precision without a single match
 * is smoothed as there: half of one match for the first such, a quarter for the next. A corpus too
 * short to have any run of four tokens scores 0.
 *
 * <p>[1] Papineni, Roukos, Ward, Zhu: BLEU: a method for automatic evaluation of machine
 * translation. ACL 2002.
 *
 * @param bleu from 0 to 1
 * @param precisions the four precisions, 1 to 4 tokens, as they stand (not smoothed)
 * @param brevityPenalty from 0 to 1, 1 when the texts are at least as long as the references
 * @param length how many tokens the texts have
 * @param referenceLength how many the nearest references have
 */
public record Bleu(
    double bleu,
    List<Double> precisions,
    double brevityPenalty,
    long length,
    long referenceLength) {

  /** The longest run of tokens that counts. */
  static final int ORDER = 4;

  /** Copies the precisions. */
  public Bleu {
    precisions = List.copyOf(precisions);
  }

  /**
   * Scores texts by the tokens of mteval-13a, with their case.
   *
   * @param texts the texts
   * @param references for each text what people wrote, one at least
   * @return the score
   * @throws IllegalArgumentException when there is no text, or not a list of references for each,
   *     or an empty one
   */
  public static Bleu of(List<String> texts, List<? extends List<String>> references) {
    return of(texts, references, Tokens.MTEVAL_13A);
  }

  /**
   * Scores texts.
   *
   * @param texts the texts
   * @param references for each text what people wrote, one at least
   * @param tokens what counts as a token
   * @return the score
   * @throws IllegalArgumentException when there is no text, or not a list of references for each,
   *     or an empty one
   */
  public static Bleu of(
      List<String> texts, List<? extends List<String>> references, Tokens tokens) {
    Objects.requireNonNull(tokens, "tokens");
    if (texts.isEmpty() || texts.size() != references.size()) {
      throw new IllegalArgumentException(
          texts.size()
              + " texts and references for "
              + references.size()
              + "; at least one text, and a list of references for each, is needed");
    }
    long[] matches = new long[ORDER];
    long[] totals = new long[ORDER];
    long length = 0;
    long referenceLength = 0;
    for (int i = 0; i < texts.size(); i++) {
      if (references.get(i).isEmpty()) {
        throw new IllegalArgumentException("text " + i + " has no reference; one is needed");
      }
      List<String> text = tokens.of(texts.get(i));
      List<List<String>> written = references.get(i).stream().map(tokens::of).toList();
      length += text.size();
      referenceLength += nearest(text.size(), written);
      for (int n = 1; n <= ORDER; n++) {
        matches[n - 1] += matches(text, written, n);
        totals[n - 1] += NGrams.total(text, n);
      }
    }
    return of(matches, totals, length, referenceLength);
  }

  private static int nearest(int length, List<List<String>> references) {
    int nearest = references.get(0).size();
    for (List<String> reference : references) {
      int d = Math.abs(reference.size() - length) - Math.abs(nearest - length);
      if (d < 0 || (d == 0 && reference.size() < nearest)) {
        nearest = reference.size();
      }
    }
    return nearest;
  }

  private static long matches(List<String> text, List<List<String>> references, int n) {
    Map<List<String>, Integer> most = new HashMap<>();
    for (List<String> reference : references) {
      NGrams.count(reference, n).forEach((gram, count) -> most.merge(gram, count, Math::max));
    }
    long matches = 0;
    for (Map.Entry<List<String>, Integer> gram : NGrams.count(text, n).entrySet()) {
      matches += Math.min(gram.getValue(), most.getOrDefault(gram.getKey(), 0));
    }
    return matches;
  }

  private static Bleu of(long[] matches, long[] totals, long length, long referenceLength) {
    List<Double> precisions = new ArrayList<>();
    double logs = 0;
    double smooth = 1;
    for (int n = 0; n < ORDER; n++) {
      precisions.add(totals[n] == 0 ? 0 : (double) matches[n] / totals[n]);
      if (totals[n] == 0) {
        logs = Double.NEGATIVE_INFINITY;
      } else if (matches[n] == 0) {
        smooth *= 2;
        logs += Math.log(1 / (smooth * totals[n]));
      } else {
        logs += Math.log(precisions.get(n));
      }
    }
    double penalty =
        length >= referenceLength || length == 0
            ? 1
            : Math.exp(1 - (double) referenceLength / length);
    double bleu = matches[0] == 0 ? 0 : penalty * Math.exp(logs / ORDER);
    return new Bleu(bleu, precisions, length == 0 ? 0 : penalty, length, referenceLength);
  }
}
