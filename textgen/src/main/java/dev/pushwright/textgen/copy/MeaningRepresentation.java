// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import java.util.Map;

/** Attributes in one cell, as {@code name[The Mill], food[Thai]}; a value holds no bracket. */
final class MeaningRepresentation {

  private MeaningRepresentation() {}

  static void parse(String cell, Map<String, String> into) throws CopyReader.BadRow {
    int at = 0;
    while (at < cell.length()) {
      int open = cell.indexOf('[', at);
      int close = open < 0 ? -1 : cell.indexOf(']', open);
      String slot = open < 0 ? "" : cell.substring(at, open).strip();
      if (close < 0 || slot.isEmpty()) {
        throw new CopyReader.BadRow(
            "bad attributes", "mr", cell.substring(at), "write it as slot[value], slot[value]");
      }
      String value = cell.substring(open + 1, close).strip();
      if (!value.isEmpty()) {
        into.put(unused(slot, into), value);
      }
      at = close + 1;
      while (at < cell.length() && (cell.charAt(at) == ',' || cell.charAt(at) == ' ')) {
        at++;
      }
    }
  }

  /** The slot, or with a number where it has a value already. */
  static String unused(String slot, Map<String, String> taken) {
    String name = slot;
    for (int n = 2; taken.containsKey(name); n++) {
      name = slot + n;
    }
    return name;
  }
}
