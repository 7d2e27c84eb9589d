// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Message;
import dev.pushwright.api.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code recent}: the text is not much like one of those the user {@linkplain
 * ContentRequest#recent() was sent last}. How much two are alike is told by the longest run of
 * words, gaps allowed, that they have in common, against their lengths (ROUGE-L [1]); the names of
 * items are left out of it.
 *
 * <p>[1] Lin: ROUGE: a package for automatic evaluation of summaries. ACL workshop 2004.
 */
final class Recency implements Check {

  /** From here on two texts are too much alike: of ten words, seven in the same order. */
  static final double ALIKE = 0.7;

  @Override
  public List<Verdict> check(ContentRequest request, Candidate candidate) {
    if (!request.recent().isEmpty()) {
      List<String> words = words(request, candidate.title(), candidate.body());
      for (Message message : request.recent()) {
        double alike = alike(words, words(request, message.title(), message.body()));
        if (alike >= ALIKE) {
          return List.of(
              new Verdict(
                  "recent",
                  false,
                  Math.round(alike * 100)
                      + " % the same as \""
                      + message.title()
                      + "\", which the user was sent; write more different texts, or lower"
                      + " distinctTexts of the policy"));
        }
      }
    }
    return List.of(new Verdict("recent", true, ""));
  }

  private static List<String> words(ContentRequest request, String title, String body) {
    List<String> words = new ArrayList<>(Words.around(request, title));
    words.addAll(Words.around(request, body));
    return words;
  }

  /** Twice the longest common subsequence over both lengths, from 0 to 1. */
  static double alike(List<String> a, List<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return 0;
    }
    int[] before = new int[b.size() + 1];
    for (String word : a) {
      int diagonal = 0;
      for (int j = 1; j <= b.size(); j++) {
        int above = before[j];
        before[j] = word.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(before[j], before[j - 1]);
        diagonal = above;
      }
    }
    return 2.0 * before[b.size()] / (a.size() + b.size());
  }
}
