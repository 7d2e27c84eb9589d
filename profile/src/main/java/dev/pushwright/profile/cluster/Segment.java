// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.UserProfile.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A group of users who behave alike, described.
 *
 * @param number from 0, the largest segment first
 * @param name such as {@code "frequent, high spend: lunch bag"}; no other segment has it
 * @param size how many users of the fit belong to it, at least 1
 * @param share what part of all users that is, above 0 and at most 1
 * @param tags what its users are interested in: mean weights, the heaviest first
 * @param characteristicTags tags its users have more of than others do, the most telling first
 * @param spend what its users spend
 * @param rhythm how its users come and go
 */
public record Segment(
    int number,
    String name,
    int size,
    double share,
    List<Tag> tags,
    List<String> characteristicTags,
    Spend spend,
    Rhythm rhythm) {

  /** Keeps copies of the lists. */
  public Segment {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(spend, "spend");
    Objects.requireNonNull(rhythm, "rhythm");
    tags = List.copyOf(tags);
    characteristicTags = List.copyOf(characteristicTags);
    if (number < 0 || size < 1 || !(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "segment " + number + " has size " + size + ", share " + share);
    }
  }

  /**
   * What users spend: medians over the users of a segment, so that a few odd ones do not show.
   *
   * @param payingShare the share of users with a purchase, from 0 to 1
   * @param monetary what a paying user paid in all, at least 0; 0 when nobody bought
   * @param purchases on how many occasions a paying user bought, at least 0; 0 when nobody bought
   * @param recencyDays days since a paying user's last purchase, at least 0
   */
  public record Spend(double payingShare, double monetary, double purchases, double recencyDays) {}

  /**
   * How users come and go: medians over the users of a segment.
   *
   * @param activeDays on how many days there were events, at least 1
   * @param gapDays mean days from one active day to the next, among users with several; 0 when
   *     there are none
   * @param lastSeenDays days since the last event, at least 0
   * @param weekendShare the mean share of the active days that are a Saturday or Sunday
   */
  public record Rhythm(
      double activeDays, double gapDays, double lastSeenDays, double weekendShare) {}

  /**
   * The segment in words.
   *
   * @return some lines of English, without a line feed at the end
   */
  public String describe() {
    String interests =
        tags.isEmpty()
            ? "no tags"
            : tags.stream()
                .limit(6)
                .map(
                    tag -> String.format(Locale.ROOT, "%s %.1f %%", tag.name(), 100 * tag.weight()))
                .collect(Collectors.joining(", "));
    String buys =
        spend.payingShare() == 0
            ? "nobody bought anything"
            : String.format(
                Locale.ROOT,
                "%.0f %% bought, the median buyer %s for %.2f in all, last %.0f days ago",
                100 * spend.payingShare(),
                spend.purchases() == 1 ? "once" : Math.round(spend.purchases()) + " times",
                spend.monetary(),
                spend.recencyDays());
    String comes =
        rhythm.gapDays() == 0 || rhythm.activeDays() == 1
            ? String.format(Locale.ROOT, "%s, last %.0f ago", days(rhythm), rhythm.lastSeenDays())
            : String.format(
                Locale.ROOT,
                "%s, %.0f apart, last %.0f ago",
                days(rhythm),
                rhythm.gapDays(),
                rhythm.lastSeenDays());
    return String.format(
        Locale.ROOT,
        "%s%n  %d users, %.1f %%%n  spend:  %s%n  rhythm: %s, %.0f %% of them at weekends%n  tags: "
            + "  %s%s",
        name,
        size,
        100 * share,
        buys,
        comes,
        100 * rhythm.weekendShare(),
        interests,
        characteristicTags.isEmpty()
            ? ""
            : String.format("%n  more than others: %s", String.join(", ", characteristicTags)));
  }

  private static String days(Rhythm rhythm) {
    return rhythm.activeDays() == 1
        ? "on a single day"
        : "on " + Math.round(rhythm.activeDays()) + " days";
  }
}
