// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the capital from words that have it only because a sentence begins: those that are written
 * without it inside sentences more often than with it. {@link TextTokens#join} gives it back.
 */
public final class SentenceCase {

  private SentenceCase() {}

  /**
   * Takes the capitals.
   *
   * @param texts tokens of each text
   * @return the same with sentences that begin as they would go on
   */
  public static List<List<String>> lower(List<List<String>> texts) {
    Map<String, Integer> inside = new HashMap<>();
    for (List<String> text : texts) {
      boolean begins = true;
      for (String token : text) {
        if (!begins) {
          inside.merge(token, 1, Integer::sum);
        }
        begins = begins(token);
      }
    }
    List<List<String>> lowered = new ArrayList<>(texts.size());
    for (List<String> text : texts) {
      List<String> tokens = new ArrayList<>(text);
      boolean begins = true;
      for (int t = 0; t < tokens.size(); t++) {
        String token = tokens.get(t);
        String low = begins ? withoutCapital(token) : token;
        if (inside.getOrDefault(low, 0) > inside.getOrDefault(token, 0)) {
          tokens.set(t, low);
        }
        begins = begins(token);
      }
      lowered.add(List.copyOf(tokens));
    }
    return lowered;
  }

  private static boolean begins(String token) {
    return token.equals(TextTokens.BREAK) || TextTokens.endsSentence(token);
  }

  private static String withoutCapital(String token) {
    int first = token.codePointAt(0);
    return Character.isUpperCase(first)
        ? Character.toString(Character.toLowerCase(first))
            + token.substring(Character.charCount(first))
        : token;
  }
}
