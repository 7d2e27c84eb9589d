// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a template leaves behind when a slot stays empty, or when it is not rendered at all. */
final class Holes {

  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
  private static final Map<Pattern, String> SIGNS = new LinkedHashMap<>();

  static {
    sign("\\{\\{|\\}\\}|\\$\\{", "left-over template syntax");
    // "Null" is somebody's name; these spellings are what programs print.
    sign(
        "(?=[nNu])(?<![\\p{L}\\p{N}_])(?:null|NULL|undefined|NaN)(?![\\p{L}\\p{N}_])",
        "a missing value");
    sign("^[\\p{Z}\\s]|[\\p{Z}\\s]$", "a space at the beginning or the end");
    sign("[\\p{Z}\\s]{2}", "a doubled space");
    sign("[ \\t\\u3000](?:[,!?]|\\.(?![\\p{L}\\p{N}]))", "a space before punctuation");
    sign("[ \\t\\u3000\\u00A0][，。！？、；：）》」』】”]", "a space before punctuation");
    sign("^(?:[,!?;:，。！？、；：]|\\.(?![\\p{L}\\p{N}]))", "punctuation at the beginning");
    sign("[,，、][ \\t\\u3000]?[,.!?，。！？、；：]", "punctuation after a comma");
    sign(
        "\\([\\p{Z}\\s]*\\)|\\[[\\p{Z}\\s]*\\]|（[\\p{Z}\\s]*）|【[\\p{Z}\\s]*】|《[\\p{Z}\\s]*》"
            + "|「[\\p{Z}\\s]*」|『[\\p{Z}\\s]*』|“[\\p{Z}\\s]*”|‘[\\p{Z}\\s]*’|«[\\p{Z}\\s]*»"
            + "|\"\"|(?<!\\p{Nd})''",
        "empty quotes or brackets");
    sign(
        "(?=\\p{Sc})(?<!\\p{Nd}|\\p{Nd}[\\p{Z}]|\\p{L})\\p{Sc}(?![\\p{Z}]?\\p{Nd})"
            + "|\\p{L}\\p{Sc}(?![\\p{Z}]?\\p{Nd}|\\p{L})",
        "a currency without a number");
    sign("(?=[%％])(?<!\\p{N}|\\p{Nd}[\\p{Z}])[%％](?!\\p{Nd})", "a percent sign without a number");
  }

  private Holes() {}

  private static void sign(String regex, String what) {
    SIGNS.put(Pattern.compile(regex), what);
  }

  static Verdict check(String title, String body) {
    String found = find("title", visible(title));
    found = found.isEmpty() ? find("body", visible(body)) : found;
    return new Verdict("slots", found.isEmpty(), found);
  }

  // A name of zero-width characters leaves a hole as well.
  private static String visible(String text) {
    return INVISIBLE.matcher(text).replaceAll("");
  }

  private static String find(String where, String text) {
    for (Map.Entry<Pattern, String> sign : SIGNS.entrySet()) {
      Matcher m = sign.getKey().matcher(text);
      if (m.find()) {
        int from =
            text.offsetByCodePoints(m.start(), -Math.min(8, text.codePointCount(0, m.start())));
        int to =
            text.offsetByCodePoints(
                m.end(), Math.min(8, text.codePointCount(m.end(), text.length())));
        return sign.getValue() + " in the " + where + ": \"" + text.substring(from, to) + "\"";
      }
    }
    return "";
  }
}
