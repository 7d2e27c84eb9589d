// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How different texts are from one another. Each figure depends on how many texts there are:
 * compare sets of one size only.
 *
 * <p>Self-BLEU [2] scores each text by BLEU-4 against all the others; the mean is high where they
 * are much alike. A precision without a match counts a tenth of a match, the first smoothing of
 * [3]; runs of tokens that a text is too short for are left to one such tenth, too.
 *
 * <p>[1] Li, Galley, Brockett, Gao, Dolan: A diversity-promoting objective function for neural
 * conversation models. NAACL 2016.<br>
 * [2] Zhu, Lu, Zheng, Guo, Zhang, Wang, Yu: Texygen: a benchmarking platform for text generation
 * models. SIGIR 2018.<br>
 * [3] Chen, Cherry: A systematic comparison of smoothing techniques for sentence-level BLEU. WMT
 * 2014.
 *
 * @param distinct1 different tokens among all, from 0 to 1 [1]
 * @param distinct2 different pairs of neighbouring tokens among all such pairs, from 0 to 1 [1]
 * @param selfBleu from 0, nothing in common, to 1; 0 for a single text
 * @param vocabulary how many different tokens there are
 * @param distinctTexts different texts among all, from 0 to 1
 */
public record Diversity(
    double distinct1, double distinct2, double selfBleu, int vocabulary, double distinctTexts) {

  private static final double UNMATCHED = 0.1;

  /**
   * Measures texts by the tokens of mteval-13a.
   *
   * @param texts the texts, at least one
   * @return the figures
   * @throws IllegalArgumentException when there is none
   */
  public static Diversity of(List<String> texts) {
    return of(texts, Tokens.MTEVAL_13A);
  }

  /**
   * Measures texts.
   *
   * @param texts the texts, at least one
   * @param tokens what counts as a token
   * @return the figures
   * @throws IllegalArgumentException when there is none
   */
  public static Diversity of(List<String> texts, Tokens tokens) {
    Objects.requireNonNull(tokens, "tokens");
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("there is no text; at least one is needed");
    }
    List<List<String>> cut = texts.stream().map(tokens::of).toList();
    Set<String> vocabulary = new HashSet<>();
    cut.forEach(vocabulary::addAll);
    return new Diversity(
        distinct(cut, 1),
        distinct(cut, 2),
        selfBleu(cut),
        vocabulary.size(),
        (double) new HashSet<>(texts).size() / texts.size());
  }

  private static double distinct(List<List<String>> texts, int n) {
    Set<List<String>> different = new HashSet<>();
    long all = 0;
    for (List<String> text : texts) {
      different.addAll(NGrams.count(text, n).keySet());
      all += NGrams.total(text, n);
    }
    return all == 0 ? 0 : (double) different.size() / all;
  }

  /** The two highest counts of a run of tokens in any text: the second is for the text itself. */
  private static final class Most {
    private int first;
    private int second;

    void add(int count) {
      if (count > first) {
        second = first;
        first = count;
      } else if (count > second) {
        second = count;
      }
    }

    int without(int own) {
      return own == first ? second : first;
    }
  }

  // In time linear in the texts, though each is held against all others.
  private static double selfBleu(List<List<String>> texts) {
    if (texts.size() < 2) {
      return 0;
    }
    List<Map<List<String>, Most>> most = new ArrayList<>();
    for (int n = 1; n <= Bleu.ORDER; n++) {
      Map<List<String>, Most> counts = new HashMap<>();
      for (List<String> text : texts) {
        NGrams.count(text, n)
            .forEach((gram, count) -> counts.computeIfAbsent(gram, g -> new Most()).add(count));
      }
      most.add(counts);
    }
    int[] lengths = texts.stream().mapToInt(List::size).sorted().toArray();
    double sum = 0;
    for (List<String> text : texts) {
      sum += bleu(text, most, nearestOther(lengths, text.size()));
    }
    return sum / texts.size();
  }

  private static double bleu(List<String> text, List<Map<List<String>, Most>> most, int reference) {
    double logs = 0;
    for (int n = 1; n <= Bleu.ORDER; n++) {
      long matches = 0;
      for (Map.Entry<List<String>, Integer> gram : NGrams.count(text, n).entrySet()) {
        int own = gram.getValue();
        Most counts = Objects.requireNonNull(most.get(n - 1).get(gram.getKey()));
        matches += Math.min(own, counts.without(own));
      }
      if (n == 1 && matches == 0) {
        return 0;
      }
      logs += Math.log((matches == 0 ? UNMATCHED : matches) / Math.max(1, NGrams.total(text, n)));
    }
    double penalty = text.size() >= reference ? 1 : Math.exp(1 - (double) reference / text.size());
    return penalty * Math.exp(logs / Bleu.ORDER);
  }

  // The length nearest to a text's among the others; the text's own stands once in the list.
  private static int nearestOther(int[] sorted, int length) {
    int own = Arrays.binarySearch(sorted, length);
    int before = own > 0 ? sorted[own - 1] : -1;
    int after = own < sorted.length - 1 ? sorted[own + 1] : -1;
    if (before < 0) {
      return after;
    }
    return after < 0 || length - before <= after - length ? before : after;
  }
}
