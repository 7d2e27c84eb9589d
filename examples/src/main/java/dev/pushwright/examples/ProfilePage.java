// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.api.ActiveHours;
import dev.pushwright.api.PriceAffinity;
import dev.pushwright.api.ProfileEvidence;
import dev.pushwright.api.SendHour;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.UserProfile.Rfm;
import dev.pushwright.api.UserProfile.Tag;
import dev.pushwright.api.VisitRhythm;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Item;
import dev.pushwright.engine.PushEngine;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Everything that is known of one customer, to be read by people. */
final class ProfilePage {

  private static final String BARS = " ▁▂▃▄▅▆▇█";
  private static final int EVIDENCE = 3;
  private static final int JSON = 76;

  private final Screen screen;
  private final PushEngine engine;
  private final Dataset shop;

  ProfilePage(Screen screen, PushEngine engine, Dataset shop) {
    this.screen = screen;
    this.engine = engine;
    this.shop = shop;
  }

  void print(String customer) {
    UserProfile profile = engine.profile(customer);
    row("rests on", profile.basis() + ", " + shop.eventsOf(customer).size() + " events");
    row("interests", tags(profile.tags()));
    row("categories", orUnknown(tags(profile.categories())));
    row("brands", orUnknown(tags(profile.brands())));
    row("purchases", profile.rfm().map(ProfilePage::purchases).orElse("none"));
    row("prices paid", orUnknown(prices(profile.prices())));
    row(
        "dwell time",
        profile
            .dwell()
            .map(dwell -> text("%.0f s over %d views", dwell.meanSeconds(), dwell.views()))
            .orElse("unknown: the data has no views"));
    row("visits", profile.rhythm().map(ProfilePage::rhythm).orElse("unknown"));
    row("active hours", profile.activeHours().map(ProfilePage::hours).orElse("unknown"));
    row("best hour", profile.sendHour().map(ProfilePage::sendHour).orElse("unknown"));
    row("does mostly", eventTypes(profile));
    row("segment", segment(profile));
    row("inferred", orUnknown(inferred(profile)));
    row("vectors", vectors(profile));
    if (!profile.tags().isEmpty()) {
      why(customer, profile.tags().get(0).name());
    }
    row("as JSON", profile.toJson().substring(0, JSON) + "…");
  }

  private void row(String name, String value) {
    screen.row(name, value);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String orUnknown(String value) {
    return value.isEmpty() ? "unknown: the data has none" : value;
  }

  private static String tags(List<Tag> tags) {
    return tags.stream()
        .map(tag -> text("%s %.1f%%", tag.name(), 100 * tag.weight()))
        .collect(Collectors.joining(", "));
  }

  private static String purchases(Rfm rfm) {
    return text(
        "%d, the last %.0f days ago; £%.2f in all, more than %.0f %% of customers: spend %s",
        rfm.frequency(),
        rfm.recencyDays(),
        rfm.monetary(),
        100 * rfm.spendPercentile(),
        rfm.spendLevel().name().toLowerCase(Locale.ROOT));
  }

  private static String prices(List<PriceAffinity> prices) {
    return prices.stream()
        .map(
            price ->
                text(
                    "above %.0f %% of the prices %s (%d purchases)",
                    100 * price.percentile(),
                    price.category().isEmpty() ? "of the shop" : "in " + price.category(),
                    price.purchases()))
        .collect(Collectors.joining("; "));
  }

  private static String rhythm(VisitRhythm rhythm) {
    return text("%d, %.1f a week", rhythm.visits(), rhythm.perWeek())
        + (rhythm.medianDaysBetween().isPresent()
            ? text(", usually %.1f days apart", rhythm.medianDaysBetween().getAsDouble())
            : "")
        + "; the last on "
        + rhythm.lastVisit().atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static String hours(ActiveHours hours) {
    double most = hours.shares().stream().mapToDouble(share -> share).max().orElse(1);
    StringBuilder bars = new StringBuilder("0h |");
    for (double share : hours.shares()) {
      bars.append(BARS.charAt((int) Math.ceil((BARS.length() - 1) * share / most)));
    }
    return bars + "| 24h in " + hours.zone();
  }

  private static String sendHour(SendHour hour) {
    return text(
        "%d:00 to %d:00 in %s; %d of %d visits began within an hour of it%s",
        hour.hour(),
        (hour.hour() + 1) % 24,
        hour.zone(),
        hour.around(),
        hour.visits(),
        hour.basis().isFallback()
            ? ", which is too little: the hour is that of " + hour.basis()
            : "");
  }

  private static String eventTypes(UserProfile profile) {
    return profile.eventTypes().entrySet().stream()
        .map(type -> text("%s %.0f %%", type.getKey(), 100 * type.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String segment(UserProfile profile) {
    return profile.segment().orElse("none")
        + (profile.segmentDistance().isPresent()
            ? text(", %.1f from its middle", profile.segmentDistance().getAsDouble())
            : "");
  }

  private static String inferred(UserProfile profile) {
    return profile.inferred().values().stream()
        .map(one -> text("%s %s, %.0f %%", one.attribute(), one.value(), 100 * one.probability()))
        .collect(Collectors.joining(", "));
  }

  private static String vectors(UserProfile profile) {
    return profile.vectorNames().stream()
        .map(name -> name + ": " + profile.vector(name).length + " numbers")
        .collect(Collectors.joining(", "));
  }

  private void why(String customer, String tag) {
    List<ProfileEvidence> evidence = engine.explain(customer, tag);
    row("why \"" + tag + "\"", evidence.size() + " events; of the tag's weight:");
    evidence.stream()
        .limit(EVIDENCE)
        .forEach(
            one ->
                row(
                    "",
                    text(
                        "%4.1f %% %s of %s on %s",
                        100 * one.share(),
                        one.type().name().toLowerCase(Locale.ROOT),
                        one.type() == EventType.SEARCH
                            ? '"' + one.about() + '"'
                            : shop.item(one.about()).map(Item::title).orElse(one.about()),
                        one.at().atZone(ZoneOffset.UTC).toLocalDate())));
  }
}
