// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Folding;
import dev.pushwright.api.ItemNames;
import java.util.ArrayList;
import java.util.List;

/** The words of a text, folded; of scripts without spaces, the characters. */
final class Words {

  private static final int MASK = ItemNames.MASK.codePointAt(0);

  private Words() {}

  /** The words around the names of items, each name as one word. */
  static List<String> around(ContentRequest request, String text) {
    return cut(ItemNames.mask(text, request.knownItems()));
  }

  /** The words of a folded text. */
  static List<String> cut(String folded) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    folded
        .codePoints()
        .forEach(
            c -> {
              boolean alone = c == MASK || (Character.isLetter(c) && Folding.isUnspaced(c));
              if (!alone && Character.isLetterOrDigit(c)) {
                word.appendCodePoint(c);
                return;
              }
              if (!word.isEmpty() && c != '\'') {
                words.add(word.toString());
                word.setLength(0);
              }
              if (alone) {
                words.add(Character.toString(c));
              }
            });
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  static boolean isUnspaced(String word) {
    return Folding.isUnspaced(word.codePointAt(0));
  }
}
