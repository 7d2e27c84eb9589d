// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.pushwright.api.UserProfile.Inferred;
import dev.pushwright.api.UserProfile.Rfm;
import dev.pushwright.api.UserProfile.Tag;
import dev.pushwright.data.EventType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a {@link UserProfile} for programs; the schema is that of {@link UserProfile#toJson()}.
 */
final class ProfileJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private interface Fields<T> {
    void write(T part) throws IOException;
  }

  private final JsonGenerator json;

  private ProfileJson(JsonGenerator json) {
    this.json = json;
  }

  static String of(UserProfile profile) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      new ProfileJson(json).write(profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void write(UserProfile profile) throws IOException {
    json.writeStartObject();
    json.writeStringField("user", profile.userId());
    json.writeStringField("basis", profile.basis().name());
    tags("tags", profile.tags());
    tags("categories", profile.categories());
    tags("brands", profile.brands());
    object("rfm", profile.rfm(), this::rfm);
    if (profile.spendLevel() != UserProfile.SpendLevel.UNKNOWN) {
      json.writeStringField("spendLevel", profile.spendLevel().name());
    }
    prices(profile.prices());
    object("dwell", profile.dwell(), this::dwell);
    object("rhythm", profile.rhythm(), this::rhythm);
    object("activeHours", profile.activeHours(), this::hours);
    object("sendHour", profile.sendHour(), this::sendHour);
    eventTypes(profile.eventTypes());
    object("segment", profile.segment(), name -> segment(name, profile));
    inferred(profile.inferred());
    vectors(profile);
    json.writeEndObject();
  }

  private <T> void object(String name, Optional<T> part, Fields<T> fields) throws IOException {
    if (part.isPresent()) {
      json.writeObjectFieldStart(name);
      fields.write(part.get());
      json.writeEndObject();
    }
  }

  private void tags(String name, List<Tag> tags) throws IOException {
    if (tags.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(name);
    for (Tag tag : tags) {
      json.writeStartObject();
      json.writeStringField("name", tag.name());
      json.writeNumberField("weight", tag.weight());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void rfm(Rfm rfm) throws IOException {
    json.writeNumberField("recencyDays", rfm.recencyDays());
    json.writeNumberField("frequency", rfm.frequency());
    json.writeNumberField("monetary", rfm.monetary());
    json.writeNumberField("spendPercentile", rfm.spendPercentile());
  }

  private void prices(List<PriceAffinity> prices) throws IOException {
    if (prices.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("prices");
    for (PriceAffinity price : prices) {
      json.writeStartObject();
      json.writeStringField("category", price.category());
      json.writeNumberField("purchases", price.purchases());
      json.writeNumberField("percentile", price.percentile());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void dwell(Dwell dwell) throws IOException {
    json.writeNumberField("views", dwell.views());
    json.writeNumberField("meanSeconds", dwell.meanSeconds());
  }

  private void rhythm(VisitRhythm rhythm) throws IOException {
    json.writeNumberField("visits", rhythm.visits());
    if (rhythm.medianDaysBetween().isPresent()) {
      json.writeNumberField("medianDaysBetween", rhythm.medianDaysBetween().getAsDouble());
    }
    json.writeNumberField("perWeek", rhythm.perWeek());
    json.writeStringField("lastVisit", rhythm.lastVisit().toString());
  }

  private void hours(ActiveHours hours) throws IOException {
    json.writeStringField("zone", hours.zone().getId());
    json.writeNumberField("visits", hours.visits());
    json.writeArrayFieldStart("shares");
    for (double share : hours.shares()) {
      json.writeNumber(share);
    }
    json.writeEndArray();
  }

  private void sendHour(SendHour hour) throws IOException {
    json.writeNumberField("hour", hour.hour());
    json.writeStringField("zone", hour.zone().getId());
    json.writeStringField("basis", hour.basis().name());
    json.writeNumberField("visits", hour.visits());
    json.writeNumberField("around", hour.around());
    json.writeNumberField("share", hour.share());
  }

  private void eventTypes(Map<EventType, Double> types) throws IOException {
    if (types.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("eventTypes");
    for (Map.Entry<EventType, Double> type : types.entrySet()) {
      json.writeNumberField(type.getKey().name(), type.getValue());
    }
    json.writeEndObject();
  }

  private void segment(String name, UserProfile profile) throws IOException {
    json.writeStringField("name", name);
    if (profile.segmentDistance().isPresent()) {
      json.writeNumberField("distance", profile.segmentDistance().getAsDouble());
    }
  }

  private void inferred(Map<String, Inferred> inferred) throws IOException {
    if (inferred.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("inferred");
    for (Inferred one : inferred.values()) {
      json.writeObjectFieldStart(one.attribute());
      json.writeStringField("value", one.value());
      json.writeNumberField("probability", one.probability());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void vectors(UserProfile profile) throws IOException {
    if (profile.vectorNames().isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("vectors");
    for (String name : profile.vectorNames()) {
      json.writeArrayFieldStart(name);
      for (float x : profile.vector(name)) {
        json.writeNumber(x);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
