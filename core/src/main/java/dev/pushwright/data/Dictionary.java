// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts as integers, in the order in which they came. Not thread-safe. */
final class Dictionary {

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();

  int number(String text) {
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    numbers.put(text, texts.size());
    texts.add(text);
    return texts.size() - 1;
  }

  String text(int number) {
    return texts.get(number);
  }

  int size() {
    return texts.size();
  }
}
