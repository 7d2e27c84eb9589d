// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.UserProfile;
import java.util.Map;
import java.util.TreeMap;

/** Every number of a profile by a name of its own, for comparing two of them. */
final class ProfileNumbers {

  private ProfileNumbers() {}

  static Map<String, Double> of(UserProfile profile) {
    Map<String, Double> n = new TreeMap<>();
    profile.tags().forEach(tag -> n.put("tag " + tag.name(), tag.weight()));
    profile.categories().forEach(tag -> n.put("category " + tag.name(), tag.weight()));
    profile.brands().forEach(tag -> n.put("brand " + tag.name(), tag.weight()));
    profile.eventTypes().forEach((type, share) -> n.put("type " + type, share));
    profile
        .rfm()
        .ifPresent(
            rfm -> {
              n.put("recencyDays", rfm.recencyDays());
              n.put("frequency", (double) rfm.frequency());
              n.put("monetary", rfm.monetary());
              n.put("spendPercentile", rfm.spendPercentile());
            });
    profile
        .prices()
        .forEach(
            price -> {
              n.put("purchases in " + price.category(), (double) price.purchases());
              n.put("percentile in " + price.category(), price.percentile());
            });
    profile
        .dwell()
        .ifPresent(
            dwell -> {
              n.put("views", (double) dwell.views());
              n.put("meanSeconds", dwell.meanSeconds());
            });
    profile
        .rhythm()
        .ifPresent(
            rhythm -> {
              n.put("visits", (double) rhythm.visits());
              rhythm.medianDaysBetween().ifPresent(days -> n.put("medianDaysBetween", days));
              n.put("perWeek", rhythm.perWeek());
              n.put("lastVisit", (double) rhythm.lastVisit().getEpochSecond());
            });
    profile
        .activeHours()
        .ifPresent(
            hours -> {
              for (int h = 0; h < 24; h++) {
                n.put("hour " + h, hours.share(h));
              }
            });
    profile
        .sendHour()
        .ifPresent(
            hour -> {
              n.put("sendHour", (double) hour.hour());
              n.put("own visits", (double) hour.visits());
              n.put("around", (double) hour.around());
              n.put("share around", hour.share());
              n.put("sendHour of others", hour.basis().isFallback() ? 1.0 : 0);
            });
    n.put("fallback", profile.basis().isFallback() ? 1.0 : 0);
    return n;
  }

  static void assertNear(String what, UserProfile got, UserProfile wanted) {
    Map<String, Double> numbers = of(got);
    assertThat(numbers.keySet()).as(what).isEqualTo(of(wanted).keySet());
    of(wanted)
        .forEach(
            (name, value) ->
                assertThat(numbers.get(name))
                    .as("%s: %s", what, name)
                    .isCloseTo(value, within(1e-6 * Math.max(1, Math.abs(value)))));
    assertThat(got.segment()).as(what).isEqualTo(wanted.segment());
  }
}
