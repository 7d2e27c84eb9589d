// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The checks that every text has to pass before it leaves, whoever wrote it. All are made each
 * time, in this order:
 *
 * <ol>
 *   <li>{@code blank}: title and body say something.
 *   <li>{@code slots}: no left-over template syntax, no {@code null}, and no hole where a value
 *       should stand, such as "Hi ," or a currency without a number.
 *   <li>{@code title-length} and
 *   <li>{@code body-length}: within what the {@link Channel} shows, in graphemes.
 *   <li>{@code bytes}: both together within {@link Channel#MAX_BYTES} of UTF-8.
 *   <li>{@code facts}: each number is one that the request states: a price or the old price, the
 *       {@linkplain ContentRequest#discountPercent() discount}, the number of items, or a number
 *       that stands in the title, id, tags or attributes of a known item, in the user's name, in
 *       the profile or in {@link ContentRequest#facts()}. A number with a currency is a price and
 *       has the request's currency, one with a percent sign is the discount, unless the request's
 *       own texts write it so. Numbers are read as the request's locale writes them. A price is one
 *       of an item that the text names; the old price does not stand as the price, nor the price as
 *       the old one ("was", "now" and the like tell), nor the old one alone. And the text names one
 *       of the items: by its title, whatever the case and without a stop at its end, or by the
 *       beginning of its title with an ellipsis.
 *   <li>{@code claims}: no banned claim of the locale's language or in English, item titles
 *       included. Where there is no list of claims for the language, all lists hold.
 *   <li>{@code profanity}: no word of the locale's language that is not fit for a lock screen, item
 *       titles included; lists as for claims.
 *   <li>{@code safe-text}: no control characters (line breaks included), unpaired surrogates, lost
 *       characters (U+FFFD) or direction overrides, which could garble a notification. Isolates of
 *       direction (U+2066 to U+2069) may stand, as long as each ends where its text does.
 * </ol>
 */
public final class ContentChecks {

  private static final Pattern NOTHING = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}\\s]*");

  private static final int FIRST_ISOLATE = 0x2066;
  private static final int POP_ISOLATE = 0x2069;

  private ContentChecks() {}

  /**
   * Checks a text.
   *
   * @param request what was asked for
   * @param title the title
   * @param body the body
   * @return a verdict of each check, always all of them and in the same order
   */
  public static List<Verdict> run(ContentRequest request, String title, String body) {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(body, "body");
    return List.of(
        blank(title, body),
        Holes.check(title, body),
        atMost(
            "title-length", Graphemes.count(title), request.channel().titleLength(), "graphemes"),
        atMost("body-length", Graphemes.count(body), request.channel().bodyLength(), "graphemes"),
        atMost("bytes", bytes(title) + bytes(body), Channel.MAX_BYTES, "bytes"),
        Facts.check(request, title, body),
        BannedWords.CLAIMS.check(request.locale(), title, body),
        BannedWords.PROFANITY.check(request.locale(), title, body),
        safe(title, body));
  }

  private static Verdict blank(String title, String body) {
    String blank =
        NOTHING.matcher(title).matches()
            ? "the title is blank"
            : NOTHING.matcher(body).matches() ? "the body is blank" : "";
    return new Verdict("blank", blank.isEmpty(), blank);
  }

  private static Verdict atMost(String check, int found, int allowed, String what) {
    return new Verdict(check, found <= allowed, found + " of " + allowed + " " + what);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Verdict safe(String title, String body) {
    String found = unsafe(title);
    found = found.isEmpty() ? unsafe(body) : found;
    return new Verdict("safe-text", found.isEmpty(), found.isEmpty() ? "" : "it holds " + found);
  }

  private static String unsafe(String text) {
    int isolates = 0;
    int last = 0;
    for (int c : text.codePoints().toArray()) {
      if (isUnsafe(c) || (c == POP_ISOLATE && isolates == 0)) {
        return name(c);
      }
      if (c >= FIRST_ISOLATE && c < POP_ISOLATE) {
        isolates++;
        last = c;
      } else if (c == POP_ISOLATE) {
        isolates--;
      }
    }
    return isolates == 0 ? "" : name(last);
  }

  private static String name(int c) {
    return String.format("U+%04X", c);
  }

  private static boolean isUnsafe(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.SURROGATE
        || (c >= 0x202A && c <= 0x202E)
        || c == 0x2028
        || c == 0x2029
        || c == 0xFFFD;
  }
}
