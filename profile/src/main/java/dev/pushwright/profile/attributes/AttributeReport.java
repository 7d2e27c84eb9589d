// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import java.util.List;
import java.util.Locale;

/**
 * How well an attribute is inferred, by cross-validation: every user is judged by a model, a
 * calibration and an idf that had not seen the user.
 *
 * @param attribute the attribute
 * @param users how many users declared it and had to do with an item
 * @param folds into how many parts they were split
 * @param majorityShare the share of the most frequent value: what always guessing it gets right
 * @param accuracy the share of users whose likeliest value is the declared one
 * @param auc the probability that a user of a value is given a higher probability of it than one of
 *     another value, ties counting half; the mean over the folds and over the values
 * @param calibrationError how far the probability of the likeliest value is from the share that is
 *     right, in the mean over ten bands of probability, weighted by users
 * @param minProbability from which probability on a value is told
 * @param coverage the share of users of whom a value is told
 * @param accuracyWhenTold the share of those for whom it is the declared one; 0 when there are none
 * @param classes by value, sorted
 * @param reliability by band of the likeliest value's probability, rising; bands without users are
 *     left out
 */
public record AttributeReport(
    String attribute,
    int users,
    int folds,
    double majorityShare,
    double accuracy,
    double auc,
    double calibrationError,
    double minProbability,
    double coverage,
    double accuracyWhenTold,
    List<ClassReport> classes,
    List<Band> reliability) {

  /** Copies the lists. */
  public AttributeReport {
    classes = List.copyOf(classes);
    reliability = List.copyOf(reliability);
  }

  /**
   * One value.
   *
   * @param value the value
   * @param users how many users declared it
   * @param precision of those inferred to have it, the share that declared it; 0 when nobody is
   * @param recall of those who declared it, the share that is inferred to have it
   */
  public record ClassReport(String value, int users, double precision, double recall) {}

  /**
   * Users whose likeliest value is about as likely.
   *
   * @param from the least probability of the band
   * @param to the greatest
   * @param users how many users
   * @param probability their mean probability
   * @param share the share of them for whom the value is right
   */
  public record Band(double from, double to, int users, double probability, double share) {}

  /**
   * The report as Markdown.
   *
   * @return a line of figures, a table of the values and one of the bands
   */
  public String toMarkdown() {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%s: %d users, %d folds; accuracy %.3f (majority %.3f), AUC %.3f, calibration error"
                + " %.3f; told of %.1f %% from probability %.2f on, right for %.1f %%%n%n",
            attribute,
            users,
            folds,
            accuracy,
            majorityShare,
            auc,
            calibrationError,
            100 * coverage,
            minProbability,
            100 * accuracyWhenTold));
    out.append("| value | users | precision | recall |\n|---|---|---|---|\n");
    for (ClassReport c : classes) {
      out.append(
          String.format(
              Locale.ROOT, "| %s | %d | %.3f | %.3f |\n", c.value, c.users, c.precision, c.recall));
    }
    out.append("\n| probability | users | mean | right |\n|---|---|---|---|\n");
    for (Band b : reliability) {
      out.append(
          String.format(
              Locale.ROOT,
              "| %.1f to %.1f | %d | %.3f | %.3f |\n",
              b.from,
              b.to,
              b.users,
              b.probability,
              b.share));
    }
    return out.toString().replace("\r\n", "\n");
  }
}
