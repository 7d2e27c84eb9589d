// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.metrics;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The tokens that texts are compared by: those of mteval-13a [1], the script that BLEU is reported
 * with, or single characters for texts in scripts without spaces.
 *
 * <p>[1] NIST, mteval-v13a.pl, 2009; its rules for Western languages, without the joining of lines.
 */
public enum Tokens {
  /**
   * As mteval-13a cuts a text, with its case: punctuation stands alone, save full stops and commas
   * within numbers; a hyphen behind a digit does too.
   */
  MTEVAL_13A {
    @Override
    public List<String> of(String text) {
      return cut(text);
    }
  },
  /** As {@link #MTEVAL_13A}, in lower case: what the script itself does unless told otherwise. */
  MTEVAL_13A_LOWER_CASE {
    @Override
    public List<String> of(String text) {
      return cut(text.toLowerCase(Locale.ROOT));
    }
  },
  /** Each character, white space left out. */
  CHARACTERS {
    @Override
    public List<String> of(String text) {
      return text.codePoints()
          .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
          .mapToObj(Character::toString)
          .toList();
    }
  };

  // ASCII punctuation but the apostrophe, the comma, the hyphen and the full stop.
  private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern STOP_BEHIND_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern STOP_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern HYPHEN_BEHIND_DIGIT = Pattern.compile("([0-9])(-)");
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  /**
   * Cuts a text.
   *
   * @param text any text
   * @return its tokens in order; none for a text of white space
   */
  public abstract List<String> of(String text);

  private static List<String> cut(String text) {
    String cut = text.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
    cut =
        cut.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    cut = PUNCTUATION.matcher(" " + cut + " ").replaceAll(" $1 ");
    cut = STOP_BEHIND_NO_DIGIT.matcher(cut).replaceAll("$1 $2 ");
    cut = STOP_BEFORE_NO_DIGIT.matcher(cut).replaceAll(" $1 $2");
    cut = HYPHEN_BEHIND_DIGIT.matcher(cut).replaceAll("$1 $2 ");
    cut = SPACES.matcher(cut).replaceAll(" ").strip();
    return cut.isEmpty() ? List.of() : List.of(cut.split(" "));
  }
}
