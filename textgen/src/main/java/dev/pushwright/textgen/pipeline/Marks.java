// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ItemNames;
import dev.pushwright.api.Verdict;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code marks}: none of the marks that generators work with is left in a text: {@code {item}},
 * {@code <unk>}, {@code [price]}, {@code __name__}, {@code %s}; and each quotation mark and bracket
 * has its other half. In the name of an item they are part of the name.
 */
final class Marks implements Check {

  private static final Pattern MARK =
      Pattern.compile(
          "\\{[\\p{L}_][\\p{L}\\p{N}_. ]*\\}|</?[\\p{L}_][\\p{L}\\p{N}_ ]*/?>"
              + "|\\[[\\p{L}_][\\p{L}\\p{N}_]*\\]|__\\p{L}+__|@\\p{L}+@|%[sd](?!\\p{L})|\u2581");

  private static final List<String> PAIRS = List.of("“”", "「」", "『』", "《》", "()", "（）");

  @Override
  public List<Verdict> check(ContentRequest request, Candidate candidate) {
    for (String text : List.of(candidate.title(), candidate.body())) {
      Matcher m = MARK.matcher(ItemNames.mask(text, request.knownItems()));
      if (m.find()) {
        return List.of(new Verdict("marks", false, "the mark " + m.group() + " is left"));
      }
      String half = half(ItemNames.mask(text, request.knownItems()));
      if (!half.isEmpty()) {
        return List.of(new Verdict("marks", false, "the mark " + half + " lacks its other half"));
      }
    }
    return List.of(new Verdict("marks", true, ""));
  }

  private static String half(String text) {
    if (text.chars().filter(c -> c == '"').count() % 2 != 0) {
      return "\"";
    }
    for (String pair : PAIRS) {
      int open = 0;
      for (int at = 0; at < text.length(); at++) {
        open += text.charAt(at) == pair.charAt(0) ? 1 : text.charAt(at) == pair.charAt(1) ? -1 : 0;
        if (open < 0) {
          return pair.substring(1);
        }
      }
      if (open > 0) {
        return pair.substring(0, 1);
      }
    }
    return "";
  }
}
