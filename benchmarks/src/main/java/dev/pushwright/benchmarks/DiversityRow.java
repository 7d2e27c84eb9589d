// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * What one setting of the knob of a generator gave.
 *
 * @param generator its name
 * @param knobName what the knob is called
 * @param knob its setting
 * @param bleu BLEU against all references, 0 to 1
 * @param slotError errors over slots that were asked for
 * @param distinct1 different words over words
 * @param distinct2 different pairs of words over pairs
 * @param selfBleu how much alike the texts are, 0 to 1
 * @param vocabulary how many different words there are
 */
record DiversityRow(
    String generator,
    String knobName,
    double knob,
    double bleu,
    double slotError,
    double distinct1,
    double distinct2,
    double selfBleu,
    int vocabulary) {

  private static final int CELLS = 9;

  /** Reads what {@link #toString} wrote. */
  static DiversityRow parse(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != CELLS) {
      throw new IllegalArgumentException(
          "\"" + line + "\" has " + cells.length + " cells; " + CELLS + " are due");
    }
    try {
      return new DiversityRow(
          cells[0],
          cells[1],
          Double.parseDouble(cells[2]),
          Double.parseDouble(cells[3]),
          Double.parseDouble(cells[4]),
          Double.parseDouble(cells[5]),
          Double.parseDouble(cells[6]),
          Double.parseDouble(cells[7]),
          Integer.parseInt(cells[8]));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + line + "\" holds what is no number", e);
    }
  }

  @Override
  public String toString() {
    return String.join(
        "\t",
        generator,
        knobName,
        Double.toString(knob),
        cell(bleu),
        cell(slotError),
        cell(distinct1),
        cell(distinct2),
        cell(selfBleu),
        Integer.toString(vocabulary));
  }

  private static String cell(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A table in Markdown. */
  static String table(List<DiversityRow> rows) {
    StringBuilder table =
        new StringBuilder(
            "| generator | knob | BLEU | slot error | distinct-1 | distinct-2 | Self-BLEU |"
                + " vocabulary |\n|---|---|---|---|---|---|---|---|\n");
    for (DiversityRow row : rows) {
      table.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s %s | %.3f | %.1f %% | %.3f | %.3f | %.3f | %d |%n",
              row.generator,
              row.knobName,
              row.knob,
              row.bleu,
              100 * row.slotError,
              row.distinct1,
              row.distinct2,
              row.selfBleu,
              row.vocabulary));
    }
    return table.toString().replace("\r\n", "\n");
  }
}
