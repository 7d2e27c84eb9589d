// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.ProfileEvidence;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.ProfileState;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.Weighting;
import dev.pushwright.data.Weighting.Combine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TfIdfEvidenceTest {

  private static final Instant T0 = Instant.parse("2011-12-01T10:00:00Z");

  private static Instant day(int days) {
    return T0.plusSeconds(days * 86_400L);
  }

  private static final List<Event> HISTORY =
      List.of(
          Interaction.purchase("u", "red-mug", 1, 0, T0),
          Interaction.view("u", "red-mug", day(10)),
          Interaction.view("u", "red-mug", day(20)),
          Interaction.view("u", "red", day(20)),
          Search.of("u", "Something RED!", day(20)),
          Interaction.view("u", "blue-mug", day(20)),
          Interaction.of(EventType.IMPRESSION, "u", "red", day(20)));

  private static ProfileModel model(Combine combine) {
    return TfIdfProfiler.builder()
        .weighting(Weighting.parse("VIEW:1@10, PURCHASE:5, SEARCH:2@10").withCombine(combine))
        .build()
        .fit(
            Dataset.builder()
                .add(Item.of("red-mug", "red mug"))
                .add(Item.of("blue-mug", "blue mug"))
                .add(Item.of("red", "red red"))
                .addAll(HISTORY)
                .build());
  }

  private static Map<String, Double> shares(List<ProfileEvidence> evidence) {
    Map<String, Double> shares = new TreeMap<>();
    for (ProfileEvidence one : evidence) {
      shares.merge(one.type() + " " + one.about() + " " + one.at(), one.share(), Double::sum);
    }
    return shares;
  }

  // "red" and "mug" are in two of three items each, so an item of both words has 1/√2 of each, and
  // "red" alone 1. As of day 20 the purchase weighs 5, the views of red-mug 0.5 and 1, the others 1
  // and the search 2.
  @Test
  void sharesAreThoseWorkedOutByHand() {
    double half = Math.sqrt(0.5);
    double all = 6.5 * half + 1 + 2;
    ProfileQuery query = ProfileQuery.of("u").withHistory(HISTORY).at(day(20));
    List<ProfileEvidence> evidence = model(Combine.SUM).explain(query, "red");
    assertThat(evidence)
        .extracting(ProfileEvidence::type)
        .containsExactly(
            EventType.PURCHASE, EventType.SEARCH, EventType.VIEW, EventType.VIEW, EventType.VIEW);
    assertThat(evidence.get(0).share()).isEqualTo(5 * half / all, within(1e-7));
    assertThat(evidence.get(1).share()).isEqualTo(2 / all, within(1e-7));
    assertThat(evidence.get(1).about()).isEqualTo("Something RED!");
    assertThat(evidence.get(2).about()).isEqualTo("red");
    assertThat(evidence.get(2).share()).isEqualTo(1 / all, within(1e-7));
    assertThat(evidence.get(4).at()).isEqualTo(day(10));
    assertThat(evidence.get(4).share()).isEqualTo(0.5 * half / all, within(1e-7));
  }

  @Test
  void trainingTellsEventsOfOneTypeWithOneItemTogether() {
    List<ProfileEvidence> evidence = model(Combine.SUM).explain(ProfileQuery.of("u"), "red");
    assertThat(evidence).hasSize(4);
    ProfileEvidence views =
        evidence.stream()
            .filter(e -> e.type() == EventType.VIEW && e.about().equals("red-mug"))
            .findFirst()
            .orElseThrow();
    assertThat(views.events()).isEqualTo(2);
    assertThat(views.at()).isEqualTo(day(20));
    double half = Math.sqrt(0.5);
    assertThat(views.share()).isEqualTo(1.5 * half / (6.5 * half + 3), within(1e-7));
    assertThat(evidence.get(1).about()).as("what was typed is not kept").isEqualTo("red");
  }

  @ParameterizedTest
  @EnumSource
  void evidenceOfAHistoryAddsUpToThatOfTraining(Combine combine) {
    ProfileModel model = model(combine);
    for (String tag : List.of("red", "mug", "blue")) {
      Map<String, Double> byThing = new TreeMap<>();
      for (ProfileEvidence one :
          model.explain(ProfileQuery.of("u").withHistory(HISTORY).at(day(20)), tag)) {
        String about = one.type() == EventType.SEARCH ? "red" : one.about();
        byThing.merge(one.type() + " " + about, one.share(), Double::sum);
      }
      List<ProfileEvidence> trained = model.explain(ProfileQuery.of("u").at(day(20)), tag);
      assertThat(trained).hasSameSizeAs(byThing.keySet());
      for (ProfileEvidence one : trained) {
        assertThat(one.share())
            .as("%s, %s by %s of %s", combine, tag, one.type(), one.about())
            .isEqualTo(byThing.getOrDefault(one.type() + " " + one.about(), 0.0), within(1e-9));
      }
    }
  }

  @Test
  void onlyWhatCountsIsTold() {
    ProfileQuery query = ProfileQuery.of("u").withHistory(HISTORY).at(day(20));
    String redMug = " red-mug ";
    assertThat(shares(model(Combine.MAX).explain(query, "mug")))
        .containsOnlyKeys("PURCHASE" + redMug + T0, "VIEW blue-mug " + day(20));
    assertThat(shares(model(Combine.LAST).explain(query, "mug")))
        .containsOnlyKeys("VIEW" + redMug + day(20), "VIEW blue-mug " + day(20));
    Map<String, Double> binary = shares(model(Combine.BINARY).explain(query, "mug"));
    double each = binary.getOrDefault("PURCHASE" + redMug + T0, 0.0);
    assertThat(binary.get("VIEW" + redMug + day(10))).isEqualTo(each, within(1e-12));
    assertThat(binary.get("VIEW" + redMug + day(20))).isEqualTo(each, within(1e-12));
    assertThat(binary.get("VIEW blue-mug " + day(20))).isEqualTo(1 - 3 * each, within(1e-12));
  }

  @Test
  void stateExplainsWhatWasAdded() {
    ProfileModel model = model(Combine.SUM);
    ProfileState state = model.state("u").plus(Interaction.view("u", "red", day(30)));
    ProfileQuery query = ProfileQuery.of("u").withState(state).at(day(30));
    assertThat(model.explain(query, "red"))
        .anySatisfy(
            one -> {
              assertThat(one.about()).isEqualTo("red");
              assertThat(one.events()).isEqualTo(2);
              assertThat(one.at()).isEqualTo(day(30));
            });
    assertThat(model.explain(query, "no such tag")).isEmpty();
    assertThat(model.explain(ProfileQuery.of("nobody"), "red")).isEmpty();
  }
}
