// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pushwright.api.UserProfile.Rfm;
import dev.pushwright.data.EventType;
import dev.pushwright.data.User;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class UserProfileTest {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  private static List<Double> atEight() {
    List<Double> shares = new ArrayList<>(Collections.nCopies(24, 0.0));
    shares.set(8, 0.75);
    shares.set(9, 0.25);
    return shares;
  }

  private static UserProfile whole() {
    return UserProfile.builder("ann", Basis.HISTORY)
        .tag("mug", 0.25)
        .tag("lamp", 0.5)
        .tag("desk", 0.25)
        .category("Kitchen", 1)
        .brand("Retro & Co", 1)
        .rfm(new Rfm(2.5, 3, 19.75, 0.5))
        .price(new PriceAffinity(PriceAffinity.ALL, 3, 0.5))
        .price(new PriceAffinity("Kitchen", 2, 0.25))
        .dwell(new Dwell(4, 12.5))
        .rhythm(
            new VisitRhythm(4, OptionalDouble.of(1.5), 2, Instant.parse("2026-05-01T08:15:00Z")))
        .activeHours(new ActiveHours(LONDON, 4, atEight()))
        .sendHour(new SendHour(8, LONDON, Basis.EVERYBODY, 4, 4, 0.625))
        .eventType(EventType.PURCHASE, 0.25)
        .eventType(EventType.VIEW, 0.75)
        .segment("regulars", 1.25)
        .inferred("ageBand", "25-34", 0.75)
        .vector("items", 1, -0.5f)
        .build();
  }

  @Test
  void jsonIsTheSchemaThatIsDocumented() {
    assertThat(whole().toJson())
        .isEqualTo(
            "{\"user\":\"ann\",\"basis\":\"HISTORY\",\"tags\":[{\"name\":\"lamp\",\"weight\":0.5},"
                + "{\"name\":\"desk\",\"weight\":0.25},{\"name\":\"mug\",\"weight\":0.25}],"
                + "\"categories\":[{\"name\":\"Kitchen\",\"weight\":1.0}],\"brands\":[{\"name\":\"Retro"
                + " & Co\",\"weight\":1.0}],"
                + "\"rfm\":{\"recencyDays\":2.5,\"frequency\":3,\"monetary\":19.75,"
                + "\"spendPercentile\":0.5},\"spendLevel\":\"MEDIUM\","
                + "\"prices\":[{\"category\":\"\",\"purchases\":3,\"percentile\":0.5},"
                + "{\"category\":\"Kitchen\",\"purchases\":2,\"percentile\":0.25}],"
                + "\"dwell\":{\"views\":4,\"meanSeconds\":12.5},"
                + "\"rhythm\":{\"visits\":4,\"medianDaysBetween\":1.5,\"perWeek\":2.0,"
                + "\"lastVisit\":\"2026-05-01T08:15:00Z\"},"
                + "\"activeHours\":{\"zone\":\"Europe/London\",\"visits\":4,\"shares\":[0.0,0.0,0.0,"
                + "0.0,0.0,0.0,0.0,0.0,0.75,0.25,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,"
                + "0.0,0.0]},"
                + "\"sendHour\":{\"hour\":8,\"zone\":\"Europe/London\",\"basis\":\"EVERYBODY\","
                + "\"visits\":4,\"around\":4,\"share\":0.625},"
                + "\"eventTypes\":{\"VIEW\":0.75,\"PURCHASE\":0.25},"
                + "\"segment\":{\"name\":\"regulars\",\"distance\":1.25},"
                + "\"inferred\":{\"ageBand\":{\"value\":\"25-34\",\"probability\":0.75}},"
                + "\"vectors\":{\"items\":[1.0,-0.5]}}");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(UserProfile.empty("u").toJson())
        .isEqualTo("{\"user\":\"u\",\"basis\":\"EVERYBODY\"}");
    UserProfile segment = UserProfile.builder("u", Basis.SEGMENT).segment("north").build();
    assertThat(segment.toJson())
        .isEqualTo("{\"user\":\"u\",\"basis\":\"SEGMENT\",\"segment\":{\"name\":\"north\"}}");
    assertThat(segment.segmentDistance()).isEmpty();
    UserProfile empty = UserProfile.empty("u");
    assertThat(empty.rhythm()).isEmpty();
    assertThat(empty.activeHours()).isEmpty();
    assertThat(empty.sendHour()).isEmpty();
    assertThat(empty.dwell()).isEmpty();
    assertThat(empty.prices()).isEmpty();
    assertThat(empty.vector("none")).isEmpty();
  }

  @Test
  void anyTextComesBackFromJson() throws IOException {
    String odd = "\"\\\n\t\u0000\u2028 </script> 红灯 🎁 \u001B";
    UserProfile profile =
        UserProfile.builder(odd, Basis.TRAINED).tag(odd, 1).inferred(odd, odd, 1).build();
    List<String> texts = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(profile.toJson())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
          texts.add(json.getText());
        }
      }
    }
    assertThat(texts.stream().filter(odd::equals)).hasSize(4);
  }

  @Test
  void builderOfAProfileKeepsEverything() {
    UserProfile whole = whole();
    assertThat(whole.toBuilder().build()).isEqualTo(whole).hasSameHashCodeAs(whole);
    assertThat(whole.toBuilder().build().toJson()).isEqualTo(whole.toJson());
    assertThat(whole.toBuilder().segment("other").build())
        .isNotEqualTo(whole)
        .satisfies(other -> assertThat(other.segmentDistance()).isEmpty());
    assertThat(whole.toBuilder().vector("items", 1, 0.5f).build()).isNotEqualTo(whole);
    assertThat(whole.toBuilder().inferred("ageBand", "35-44", 0.75).build()).isNotEqualTo(whole);
  }

  @Test
  void vectorsAreCopied() {
    float[] given = {1, 2};
    UserProfile profile = UserProfile.builder("u", Basis.TRAINED).vector("v", given).build();
    given[0] = 9;
    profile.vector("v")[1] = 9;
    assertThat(profile.vector("v")).containsExactly(1, 2);
  }

  @Test
  void impossibleNumbersAreRefusedNamingThem() {
    UserProfile.Builder builder = UserProfile.builder("u", Basis.TRAINED);
    assertThatThrownBy(() -> builder.category("Kitchen", 1.5)).hasMessageContaining("Kitchen");
    assertThatThrownBy(() -> builder.segment("s", Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> builder.segment("s", -1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> builder.inferred("a", "v", 2)).hasMessageContainingAll("a", "v", "2");
    assertThatThrownBy(() -> builder.vector("v", 1, Float.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> builder.eventType(EventType.VIEW, -0.1)).hasMessageContaining("VIEW");
    assertThatThrownBy(() -> new Rfm(Double.POSITIVE_INFINITY, 1, 1, 1))
        .hasMessageContaining("Infinity");
    assertThatThrownBy(() -> new ActiveHours(LONDON, 1, Collections.nCopies(23, 1 / 23.0)))
        .hasMessageContaining("23 shares");
    assertThatThrownBy(() -> new ActiveHours(LONDON, 1, Collections.nCopies(24, 0.5)))
        .hasMessageContaining("12.0");
    assertThatThrownBy(() -> new SendHour(24, LONDON, Basis.TRAINED, 1, 1, 1))
        .hasMessageContaining("24");
    assertThatThrownBy(() -> new SendHour(3, LONDON, Basis.TRAINED, 1, 2, 1))
        .hasMessageContaining("2 of 1");
    assertThatThrownBy(() -> new VisitRhythm(0, OptionalDouble.empty(), 1, Instant.EPOCH))
        .hasMessageContaining("visits is 0");
    assertThatThrownBy(() -> new Dwell(1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new PriceAffinity("c", 1, 1.1)).hasMessageContaining("1.1");
    assertThatThrownBy(() -> new ProfileEvidence(EventType.VIEW, "i", Instant.EPOCH, 0, 1))
        .hasMessageContaining("events is 0");
  }

  @Test
  void queryAboutOneUserTakesNoOtherUsersRecord() {
    assertThatThrownBy(() -> ProfileQuery.of("ann").withUser(User.of("bob")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("ann", "bob");
    ProfileQuery query = ProfileQuery.of("ann").withUser(User.of("ann")).withHistory(List.of());
    assertThat(query.user()).contains(User.of("ann"));
    assertThat(query.at(Instant.EPOCH).user()).contains(User.of("ann"));
  }
}
