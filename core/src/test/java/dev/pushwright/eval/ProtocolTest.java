// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.IngestException;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.Weighting;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link FullCatalogue}, {@link SampledNegatives} and {@link Negatives}. */
class ProtocolTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  private static Interaction view(String user, String item) {
    return Interaction.view(user, item, T);
  }

  private static Dataset train() {
    return Dataset.builder()
        .add(Item.of("e"))
        .add(view("u", "a"))
        .add(view("u", "b"))
        .add(view("v", "c"))
        .add(view("v", "d"))
        .build();
  }

  private static Split split(Interaction... test) {
    return Splits.given(train(), Dataset.builder().addAll(List.of(test)).build());
  }

  private static Recommendations answer(Object... itemsAndScores) {
    List<Recommendation> items = new ArrayList<>();
    for (int i = 0; i < itemsAndScores.length; i += 2) {
      items.add(
          new Recommendation(
              (String) itemsAndScores[i], (Integer) itemsAndScores[i + 1], List.of()));
    }
    return new Recommendations(items, Basis.TRAINED, 100, Map.of());
  }

  private static double rank(TestCase test, Recommendations answer) {
    return 1 / RankingMetric.parse("mrr@100").of(test.judge(answer));
  }

  @Test
  void theWholeCatalogueIsAskedForLessWhatWasSeen() {
    TestCases cases = FullCatalogue.standard().cases(split(view("u", "c"), view("new", "a")));
    assertThat(FullCatalogue.standard().label()).isEqualTo("full");
    assertThat(cases.skipped()).isEmpty();
    assertThat(cases.notes()).isEmpty();
    assertThat(cases.cases()).extracting(TestCase::userId).containsExactly("new", "u");
    assertThat(cases.cases()).extracting(TestCase::candidateCount).containsExactly(5, 3);
    RecommendationQuery query = cases.cases().get(1).query(2);
    assertThat(query.limit()).isEqualTo(2);
    assertThat(query.excludeSeen()).isTrue();
    assertThat(query.candidates()).isEmpty();
    assertThat(cases.cases().get(1).query(99).limit()).isEqualTo(3);
  }

  @Test
  void usersWithNothingToRankAreCountedByCause() {
    Split split =
        Splits.given(
            train(),
            Dataset.builder()
                .add(view("u", "a"))
                .add(view("v", "c"))
                .add(view("v", "e"))
                .add(Interaction.of(EventType.IMPRESSION, "w", "e", T))
                .add(new Search("x", "bread", T))
                .build());
    TestCases cases = FullCatalogue.standard().cases(split);
    assertThat(cases.cases()).extracting(TestCase::userId).containsExactly("v");
    assertThat(cases.cases().get(0).relevant()).containsExactly("e");
    assertThat(cases.skipped())
        .isEqualTo(
            Map.of(
                "every relevant item was seen in training",
                1,
                "no test event speaks for an item",
                2));
    assertThat(cases.notes())
        .containsExactly(
            "2 pairs of user and relevant item are not asked about, since the user had seen the item"
                + " in training");
  }

  @Test
  void aShopWherePeopleBuyAgainAsksForWhatWasSeenToo() {
    FullCatalogue protocol = new FullCatalogue(Weighting.standard(), false);
    TestCase test = protocol.cases(split(view("u", "a"))).cases().get(0);
    assertThat(protocol.label()).isEqualTo("full, seen included");
    assertThat(test.relevant()).containsExactly("a");
    assertThat(test.candidateCount()).isEqualTo(5);
    assertThat(test.query(3).excludeSeen()).isFalse();
  }

  @Test
  void theWeightingSaysWhatIsRelevant() {
    FullCatalogue protocol = new FullCatalogue(Weighting.parse("RATING>=4:1"), true);
    TestCases cases =
        protocol.cases(
            split(
                Interaction.rating("u", "c", 4, T),
                Interaction.rating("u", "d", 3, T),
                view("u", "e")));
    assertThat(cases.cases().get(0).relevant()).containsExactly("c");
  }

  private static Negatives negatives(String user, String heldOut, String... items) {
    return new Negatives(Map.of(user, new Negatives.Row(heldOut, List.of(items))));
  }

  @Test
  void heldOutItemsAreToldFromTheGivenNegativesAlone() {
    SampledNegatives protocol = SampledNegatives.of(negatives("u", "c", "d", "e"));
    TestCase test = protocol.cases(split(view("u", "c"))).cases().get(0);
    assertThat(protocol.label()).isEqualTo("sampled(2)");
    RecommendationQuery query = test.query(1);
    assertThat(query.candidates()).contains(Set.of("c", "d", "e"));
    assertThat(query.limit()).isEqualTo(3);
    assertThat(query.excludeSeen()).isFalse();
  }

  @Test
  void theHeldOutItemLosesEveryTie() {
    TestCase test =
        SampledNegatives.of(negatives("u", "a", "b", "c", "d"))
            .cases(split(view("u", "a")))
            .cases()
            .get(0);
    assertThat(rank(test, answer("d", 2, "a", 1, "b", 1, "c", 1))).isEqualTo(4);
    assertThat(rank(test, answer("a", 2, "b", 2, "c", 1))).isEqualTo(2);
    assertThat(rank(test, answer("a", 2, "b", 1))).isEqualTo(1);
    // Not answered at all: missed.
    assertThat(RankingMetric.parse("hr@100").of(test.judge(answer("b", 1)))).isZero();
    assertThat(RankingMetric.parse("hr@100").of(test.judge(answer()))).isZero();
  }

  @Test
  void flawedNegativesArePassedOverAndNoted() {
    Negatives flawed =
        new Negatives(
            Map.of(
                "u", new Negatives.Row("c", List.of("c", "d", "d", "a", "zz")),
                "v", new Negatives.Row("e", List.of("e", "e")),
                "stranger", new Negatives.Row("a", List.of("b"))));
    SampledNegatives protocol = SampledNegatives.of(flawed);
    TestCases cases = protocol.cases(split(view("u", "c"), view("v", "e"), view("w", "a")));
    assertThat(protocol.label()).isEqualTo("sampled(1 to 5)");
    assertThat(cases.cases()).hasSize(1);
    assertThat(cases.cases().get(0).candidates()).contains(Set.of("a", "c", "d", "zz"));
    assertThat(cases.skipped())
        .isEqualTo(
            Map.of(
                "no negative but the held-out item itself", 1,
                "no negatives are given", 1));
    assertThat(cases.notes())
        .containsExactly(
            "1 negatives are given twice for one user and count once",
            "2 users have the held-out item among their own negatives, where it is passed over",
            "1 negatives were seen by their user in training and are ranked all the same",
            "1 negatives are not in the catalogue and rank below all that is answered",
            "1 users of the negatives have nothing in the test part");
  }

  @Test
  void negativesForAnotherItemAreRefused() {
    SampledNegatives protocol = SampledNegatives.of(negatives("u", "d", "e"));
    assertThatThrownBy(() -> protocol.cases(split(view("u", "c"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user u")
        .hasMessageContaining("[c]")
        .hasMessageContaining("for item d");
    assertThatThrownBy(() -> protocol.cases(split(view("u", "c"), view("u", "d"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[c, d]");
  }

  @Test
  void anAnswerThatIsNoCandidateIsRefused() {
    TestCase test = TestCase.ofCandidates("u", Set.of("a"), Set.of("a", "b"));
    assertThatThrownBy(() -> test.judge(answer("z", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item z")
        .hasMessageContaining("no candidate");
  }

  @Test
  void theFormatOfTheNcfPaperIsReadPlainAndCompressed() throws IOException {
    String text = "(0,25)\t1064\t174\t25\n\n(10, 7)\t3\t3\n";
    Path plain = Files.writeString(folder.resolve("test.negative"), text);
    Path packed = folder.resolve("test.negative.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Negatives expected =
        new Negatives(
            Map.of(
                "0", new Negatives.Row("25", List.of("1064", "174", "25")),
                "10", new Negatives.Row("7", List.of("3", "3"))));
    assertThat(Negatives.read(plain)).isEqualTo(expected);
    assertThat(Negatives.read(packed)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0,25\t1", "(0)\t1", "(0,1,2)\t1", "(,25)\t1", "(0,)\t1", "(0,25\t1", "()\t1"})
  void aMalformedLineIsNamed(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.negative"), "(7,7)\t8\n" + line + "\n");
    assertThatThrownBy(() -> Negatives.read(file))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("bad.negative, line 2")
        .hasMessageContaining("(user,item)");
  }

  @Test
  void aFileThatCannotBeTakenWholeIsRefused() throws IOException {
    Path twice = Files.writeString(folder.resolve("twice"), "(7,7)\t8\n(7,9)\t8\n");
    assertThatThrownBy(() -> Negatives.read(twice))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("line 2: user 7 has a line already");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThatThrownBy(() -> Negatives.read(empty))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("no line of negatives");
    assertThatThrownBy(() -> Negatives.read(folder.resolve("absent")))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("absent cannot be read");
    Path broken = Files.write(folder.resolve("broken"), new byte[] {'(', (byte) 0xff, ','});
    assertThatThrownBy(() -> Negatives.read(broken))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("broken cannot be read");
  }
}
