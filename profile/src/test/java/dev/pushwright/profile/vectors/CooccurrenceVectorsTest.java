// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileEnricher;
import dev.pushwright.api.ProgressListener;
import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.Weighting;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.profile.text.Language;
import dev.pushwright.profile.text.TextAnalyzers;
import dev.pushwright.profile.vectors.VectorSpace.Neighbour;
import dev.pushwright.testkit.DamagedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CooccurrenceVectorsTest {

  private static final TextAnalyzer ENGLISH = TextAnalyzers.of(Language.ENGLISH);
  private static final Instant DAY = Instant.parse("2025-06-01T10:00:00Z");

  @TempDir Path folder;

  /** Each document is about one of three subjects, of six words each: the subject is the answer. */
  private static List<List<String>> subjects(int documents, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> out = new ArrayList<>();
    for (int d = 0; d < documents; d++) {
      List<String> document = new ArrayList<>();
      int subject = d % 3;
      for (int w = 0; w < 5; w++) {
        document.add("s" + subject + "w" + random.nextInt(6));
      }
      document.add("everywhere" + random.nextInt(2));
      out.add(document);
    }
    return out;
  }

  private static CooccurrenceVectors algorithm() {
    return CooccurrenceVectors.builder().dimensions(8).build();
  }

  @Test
  void wordsOfOneSubjectAreNearest() {
    VectorSpace space = algorithm().fit(subjects(300, 1));
    assertThat(space.names()).hasSize(20);
    assertThat(space.dimensions()).isEqualTo(8);
    for (int subject = 0; subject < 3; subject++) {
      for (int w = 0; w < 6; w++) {
        String own = "s" + subject;
        List<String> subjects =
            space.nearest(own + "w" + w, 7).stream()
                .map(Neighbour::name)
                .filter(name -> !name.startsWith("everywhere"))
                .toList();
        assertThat(subjects.subList(0, 5)).allMatch(name -> name.startsWith(own));
      }
    }
    assertThat(space.similarity("s0w1", "s0w2")).isGreaterThan(0.3);
    assertThat(space.similarity("s0w1", "s1w2")).isLessThan(0.1);
    assertThat(space.nearest(space.textVector(List.of("s2w0", "s2w1", "s2w1")), 6))
        .extracting(Neighbour::name)
        .allMatch(name -> name.startsWith("s2"));
  }

  /** With every dimension kept and e = 1, V V' of the SVD drops out: W W' = M M'. */
  @Test
  void allDimensionsTogetherGiveBackTheMatrix() {
    List<List<String>> documents = subjects(40, 2);
    Cooccurrence counts = Cooccurrence.of(documents, 0, 1, FitContext.standard());
    var ppmi = Ppmi.of(counts.counts(), 0.75, 1);
    VectorSpace space =
        CooccurrenceVectors.builder()
            .dimensions(100)
            .minCount(1)
            .exponent(1)
            .build()
            .fit(documents);
    int n = space.names().size();
    assertThat(space.dimensions()).isEqualTo(n);
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        double expected = 0;
        for (int c = 0; c < n; c++) {
          expected += (double) ppmi.get(a, c) * ppmi.get(b, c);
        }
        double found = 0;
        for (int d = 0; d < n; d++) {
          found += (double) space.vector(a)[d] * space.vector(b)[d];
        }
        assertThat(found).isEqualTo(expected, within(1e-5));
      }
    }
  }

  @Test
  void cosinesAreSymmetricInRangeAndNearestIsSorted() {
    VectorSpace space = algorithm().fit(subjects(100, 3));
    for (String a : space.names()) {
      for (String b : space.names()) {
        assertThat(space.similarity(a, b)).isBetween(-1.0, 1.0);
        assertThat(space.similarity(a, b)).isEqualTo(space.similarity(b, a), within(1e-12));
      }
      List<Neighbour> all = space.nearest(a, 1000);
      assertThat(all).hasSize(19).extracting(Neighbour::name).doesNotContain(a);
      for (int i = 1; i < all.size(); i++) {
        assertThat(all.get(i).similarity()).isLessThanOrEqualTo(all.get(i - 1).similarity());
      }
      assertThat(space.nearest(a, 4)).isEqualTo(all.subList(0, 4));
    }
    assertThat(space.nearest("s0w1", 0)).isEmpty();
  }

  @Test
  void whatIsNotKnownHasAnAnswer() {
    VectorSpace space = algorithm().fit(subjects(30, 4));
    assertThat(space.vector("never")).isEmpty();
    assertThat(space.nearest("never", 5)).isEmpty();
    assertThat(space.similarity("never", "s0w1")).isZero();
    assertThat(space.textVector(List.of("never"))).isEmpty();
    assertThat(space.textVector(List.of())).isEmpty();
    assertThat(space.mean(Map.of("never", 2.0, "s0w1", 0.0))).isEmpty();
    assertThat(space.nearest(new float[8], 5)).as("the zero vector").isEmpty();
    assertThatThrownBy(() -> space.nearest(new float[3], 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("3", "8");
    assertThatThrownBy(() -> space.nearest(new float[] {0, 0, 0, 0, 0, 0, 0, Float.NaN}, 5))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> space.nearest("s0w1", -1)).hasMessageContaining("n is -1");
    assertThatThrownBy(() -> space.mean(Map.of("s0w1", Double.NaN)))
        .hasMessageContainingAll("s0w1", "NaN");
  }

  @Test
  void withoutCompanyThereIsNoDirection() {
    assertThat(algorithm().fit(List.of()).names()).isEmpty();
    VectorSpace lonely =
        algorithm()
            .fit(
                List.of(
                    List.of("a"), List.of("a"), List.of("b", "c"), List.of("b", "c"), List.of()));
    assertThat(lonely.vector("a")).hasValueSatisfying(v -> assertThat(v).containsOnly(0));
    assertThat(lonely.nearest("a", 3)).isEmpty();
    assertThat(lonely.nearest("b", 3)).extracting(Neighbour::name).doesNotContain("a");
    assertThat(algorithm().fit(List.of(List.of("a"), List.of("a"))).nearest("a", 3)).isEmpty();
  }

  @Test
  void meanIsWeightedAndOfLengthOne() {
    VectorSpace space = algorithm().fit(subjects(100, 5));
    float[] mean = space.mean(Map.of("s0w1", 3e300, "s1w1", 1e300));
    double length = 0;
    double[] expected = new double[8];
    for (int d = 0; d < 8; d++) {
      length += (double) mean[d] * mean[d];
      expected[d] = 3 * unit(space, "s0w1")[d] + unit(space, "s1w1")[d];
    }
    assertThat(length).isEqualTo(1, within(1e-6));
    double size = Math.sqrt(dot(expected, expected));
    for (int d = 0; d < 8; d++) {
      assertThat((double) mean[d]).isEqualTo(expected[d] / size, within(1e-6));
    }
  }

  private static double[] unit(VectorSpace space, String name) {
    float[] vector = space.vector(name).orElseThrow();
    double[] out = new double[vector.length];
    for (int d = 0; d < out.length; d++) {
      out[d] = vector[d];
    }
    double length = Math.sqrt(dot(out, out));
    for (int d = 0; d < out.length; d++) {
      out[d] /= length;
    }
    return out;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  @Test
  void bitsAreTheSameOnEightThreadsAndFollowTheSeed() {
    List<List<String>> documents = subjects(200, 6);
    VectorSpace one = algorithm().fit(documents, new FitContext(1, ProgressListener.NONE));
    VectorSpace eight = algorithm().fit(documents, new FitContext(8, ProgressListener.NONE));
    for (String name : one.names()) {
      assertThat(eight.vector(name).orElseThrow()).isEqualTo(one.vector(name).orElseThrow());
    }
    VectorSpace other = CooccurrenceVectors.builder().dimensions(8).seed(43).build().fit(documents);
    assertThat(other.similarity("s0w1", "s0w2"))
        .as("another seed, the same answer but for what four rounds leave")
        .isEqualTo(one.similarity("s0w1", "s0w2"), within(0.05));
  }

  private static Dataset shop() {
    SplittableRandom random = new SplittableRandom(9);
    String[] kinds = {"mug", "lamp", "card"};
    String[] colours = {"Red", "Blue", "Green", "Paper", "Glass", "Small"};
    Dataset.Builder data = Dataset.builder();
    for (int k = 0; k < 3; k++) {
      for (int c = 0; c < 6; c++) {
        data.add(Item.of(kinds[k] + c, colours[c] + " " + kinds[k] + "s of tin"));
      }
    }
    for (int u = 0; u < 60; u++) {
      Instant at = DAY;
      for (int visit = 0; visit < 2; visit++) {
        int kind = random.nextInt(3);
        for (int e = 0; e < 4; e++) {
          data.add(Interaction.purchase("u" + u, kinds[kind] + random.nextInt(6), 1, 2, at));
        }
        data.add(Search.of("u" + u, "tin", at));
        at = at.plus(Duration.ofDays(2));
      }
    }
    return data.add(Item.of("newMug", "Yellow mug")).add(Item.of("untitled")).build();
  }

  @Test
  void wordsAreFoundInAnyFormAndShownAsMostTitlesWriteThem() {
    WordVectors words =
        CooccurrenceVectors.builder().dimensions(4).build().fitWords(shop(), ENGLISH);
    assertThat(words.words()).contains("mugs", "red").doesNotContain("mug", "yellow");
    assertThat(words.vector("Mug")).isPresent();
    assertThat(words.vector("mugs").orElseThrow()).isEqualTo(words.vector("mug").orElseThrow());
    assertThat(words.vector("yellow")).as("in one title only").isEmpty();
    assertThat(words.nearest("lamp", 20)).extracting(Neighbour::name).doesNotContain("lamps");
    assertThat(words.similarity("mug", "MUGS")).isEqualTo(1, within(1e-9));
    assertThat(words.textVector("a red mug")).isEqualTo(words.textVector(List.of("red", "mug")));
    assertThat(words.nearest(words.textVector("lamp"), 3))
        .extracting(Neighbour::name)
        .contains("lamps");
  }

  @Test
  void itemsOfOneVisitAreNearestAndVisitsEndAfterAGap() {
    ItemVectors items =
        CooccurrenceVectors.builder().dimensions(4).build().fitItems(shop(), ENGLISH);
    assertThat(items.items().names()).hasSize(18);
    assertThat(items.nearest(Item.of("mug1"), 5))
        .extracting(Neighbour::name)
        .allMatch(id -> id.startsWith("mug"));
    ItemVectors joined =
        CooccurrenceVectors.builder()
            .dimensions(4)
            .visitGap(Duration.ofDays(2))
            .build()
            .fitItems(shop(), ENGLISH);
    assertThat(joined.items().similarity("mug1", "lamp1"))
        .as("both visits of a user as one")
        .isGreaterThan(items.items().similarity("mug1", "lamp1"));
  }

  @Test
  void newItemGetsTheVectorOfItsTitle() {
    Dataset data = shop();
    ItemVectors items = CooccurrenceVectors.builder().dimensions(4).build().fitItems(data, ENGLISH);
    Item fresh = data.item("newMug").orElseThrow();
    assertThat(items.vector(fresh)).hasSize(4);
    assertThat(items.nearest(fresh, 6))
        .extracting(Neighbour::name)
        .allMatch(id -> id.startsWith("mug"));
    assertThat(items.vector(Item.of("untitled"))).isEmpty();
    assertThat(items.nearest(Item.of("untitled"), 3)).isEmpty();
    assertThat(items.vector(Item.of("never", "quite unheard words"))).isEmpty();
  }

  @Test
  void vectorsAreAttachedToItemsUnderTheirName() {
    Dataset data = shop();
    ItemVectors items = CooccurrenceVectors.builder().dimensions(4).build().fitItems(data, ENGLISH);
    Dataset with = items.attachTo(data, "basket");
    assertThat(with.item("mug1").orElseThrow().vector("basket"))
        .isEqualTo(items.vector(data.item("mug1").orElseThrow()));
    assertThat(with.item("newMug").orElseThrow().vectorNames()).containsExactly("basket");
    assertThat(with.item("untitled").orElseThrow().vectorNames()).isEmpty();
    assertThat(with.eventCount()).isEqualTo(data.eventCount());
    WordVectors words = CooccurrenceVectors.builder().dimensions(4).build().fitWords(data, ENGLISH);
    Dataset both = words.attachTo(with, "words");
    assertThat(both.item("mug1").orElseThrow().vectorNames())
        .containsExactlyInAnyOrder("basket", "words");
    assertThat(words.attachTo(both, "words").catalogue()).isEqualTo(both.catalogue());
  }

  @Test
  void userIsTheWeightedMeanOfTheirItems() {
    ItemVectors items =
        CooccurrenceVectors.builder().dimensions(4).build().fitItems(shop(), ENGLISH);
    Weighting weighting = Weighting.parse("PURCHASE:3, VIEW:1@10");
    float[] user =
        items.userVector(
            List.of(
                Interaction.purchase("u", "mug1", 1, 1, DAY),
                Interaction.view("u", "lamp1", DAY.minus(Duration.ofDays(10))),
                Interaction.of(EventType.IMPRESSION, "u", "card1", DAY),
                Search.of("u", "tin", DAY)),
            weighting,
            DAY);
    assertThat(user).isEqualTo(items.items().mean(Map.of("mug1", 3.0, "lamp1", 0.5)));
    assertThat(items.userVector(List.of(), weighting, DAY)).isEmpty();
    ProfileEnricher enricher = items.enricher("basket", weighting);
    UserProfile profile = UserProfile.empty("u");
    List<Event> history = List.of(Interaction.purchase("u", "mug1", 1, 1, DAY));
    assertThat(enricher.enrich(profile, history, DAY).vector("basket"))
        .isEqualTo(items.userVector(history, weighting, DAY));
    assertThat(enricher.enrich(profile, List.of(), DAY)).isSameAs(profile);
  }

  @Test
  void loadedVectorsHaveTheSameBits() {
    Dataset data = shop();
    CooccurrenceVectors algorithm = CooccurrenceVectors.builder().dimensions(4).build();
    WordVectors words = algorithm.fitWords(data, ENGLISH);
    ItemVectors items = algorithm.fitItems(data, ENGLISH);
    words.save(folder.resolve("words"));
    items.save(folder.resolve("items"));
    WordVectors loadedWords = WordVectors.load(folder.resolve("words"), ENGLISH);
    ItemVectors loadedItems = ItemVectors.load(folder.resolve("items"), ENGLISH);
    assertThat(loadedWords.words()).isEqualTo(words.words());
    assertThat(loadedWords.nearest("mug", 9)).isEqualTo(words.nearest("mug", 9));
    assertThat(loadedWords.textVector("red mug")).isEqualTo(words.textVector("red mug"));
    for (Item item : data.catalogue()) {
      assertThat(loadedItems.vector(item)).isEqualTo(items.vector(item));
      assertThat(loadedItems.nearest(item, 9)).isEqualTo(items.nearest(item, 9));
    }
    assertThatThrownBy(() -> WordVectors.load(folder.resolve("items"), ENGLISH))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll("holds item-vectors", "word-vectors was asked for");
  }

  @Test
  void damagedNumbersAreRefusedOrDoNoHarm() throws IOException {
    Dataset data = shop();
    Path file = folder.resolve("items");
    CooccurrenceVectors.builder().dimensions(4).build().fitItems(data, ENGLISH).save(file);
    DamagedFiles.areRefusedOrDoNoHarm(
            file,
            1000,
            damaged -> {
              ItemVectors items = ItemVectors.load(damaged, ENGLISH);
              for (Item item : data.catalogue()) {
                for (float x : items.vector(item)) {
                  assertThat(x).isFinite();
                }
                assertThat(items.nearest(item, 3))
                    .allMatch(near -> Double.isFinite(near.similarity()));
              }
            })
        .hasBoth(0.05);
  }

  @Test
  void impossibleSettingIsRefusedWithItsRange() {
    assertThatThrownBy(() -> CooccurrenceVectors.builder().dimensions(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("dimensions", "0", "1", "4096");
    assertThatThrownBy(() -> CooccurrenceVectors.builder().smoothing(Double.NaN))
        .hasMessageContainingAll("smoothing", "NaN");
    assertThatThrownBy(() -> CooccurrenceVectors.builder().shift(0.5))
        .hasMessageContaining("shift");
    assertThatThrownBy(() -> CooccurrenceVectors.builder().visitGap(Duration.ofHours(-1)))
        .hasMessageContaining("visitGap");
    assertThatThrownBy(() -> algorithm().fit(List.of(List.of("a"), List.of("b", " "))))
        .hasMessageContainingAll("document 1", "blank");
  }

  @Test
  void interruptedFitIsCancelled() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> algorithm().fit(subjects(50, 8)))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }
}
