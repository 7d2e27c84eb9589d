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
 * {@code <unk>}, {@code [price]}, {@code __name__}, {@code %s}. In the name of an item they are
 * part of the name.
 */
final class Marks implements Check {

  private static final Pattern MARK =
      Pattern.compile(
          "\\{[\\p{L}_][\\p{L}\\p{N}_. ]*\\}|</?[\\p{L}_][\\p{L}\\p{N}_ ]*/?>"
              + "|\\[[\\p{L}_][\\p{L}\\p{N}_]*\\]|__\\p{L}+__|@\\p{L}+@|%[sd](?!\\p{L})|\u2581");

  @Override
  public List<Verdict> check(ContentRequest request, Candidate candidate) {
    for (String text : List.of(candidate.title(), candidate.body())) {
      Matcher m = MARK.matcher(ItemNames.mask(text, request.knownItems()));
      if (m.find()) {
        return List.of(new Verdict("marks", false, "the mark " + m.group() + " is left"));
      }
    }
    return List.of(new Verdict("marks", true, ""));
  }
}
