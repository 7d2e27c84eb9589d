// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.pushwright.eval.EvaluationResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * An {@link EvaluationResult} as a page to look at: every figure in tables, and charts of them. The
 * page is one file, without scripts and without a reference to any other file or site; it follows
 * the reader's choice of light or dark, and fits a phone. It is well-formed as XML too.
 *
 * <p>The same result gives the same page on the same machine. On another one the numbers at the
 * axes may be drawn in another font.
 */
public final class HtmlReport {

  private static final String TEMPLATE = "evaluation.html";

  private HtmlReport() {}

  /**
   * Makes the page.
   *
   * @param result what was found
   * @param title the title of the page, any text
   * @return the page
   */
  public static String of(EvaluationResult result, String title) {
    return of(result, title, Chart.obstacle());
  }

  /**
   * Writes the page as UTF-8, in place of what the file held.
   *
   * @param result what was found
   * @param title the title of the page, any text
   * @param file where to
   * @throws IOException when the file cannot be written
   */
  public static void write(EvaluationResult result, String title, Path file) throws IOException {
    Files.writeString(file, of(result, title));
  }

  static String of(EvaluationResult result, String title, Optional<String> obstacle) {
    return of(EvaluationPage.of(result, title, obstacle));
  }

  static String of(EvaluationPage.Page page) {
    return template().execute(page);
  }

  private static Template template() {
    try (InputStream in = HtmlReport.class.getResourceAsStream(TEMPLATE)) {
      byte[] text =
          Objects.requireNonNull(in, TEMPLATE + " is missing from the jar").readAllBytes();
      return Mustache.compiler()
          .emptyStringIsFalse(true)
          .withEscaper(raw -> Escapers.HTML.escape(writable(raw)))
          .compile(new String(text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Control characters and half characters have no place in a page, not even escaped. */
  private static String writable(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c -> {
              boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
              boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
              return control || half || c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c;
            })
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
