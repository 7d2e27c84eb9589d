// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pushwright.api.FitContext;
import dev.pushwright.textgen.copy.CopyCorpus;
import dev.pushwright.textgen.copy.CopyPair;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.metrics.Bleu;
import dev.pushwright.textgen.metrics.Diversity;
import dev.pushwright.textgen.metrics.SlotErrors;
import dev.pushwright.textgen.metrics.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code seq2seq} reaches on public data; skipped where they are not there. */
@Tag("accuracy")
class Seq2SeqAccuracyTest {

  // 0.7046 was measured, and no slot stated wrongly; after one round 0.6995, one network so taught
  // gave 0.6947, one that learned from people 0.687.
  private static final double E2E_BLEU = 0.690;

  private static final FitContext CONTEXT = FitContext.standard();

  private static Path data(String name) {
    Path file = Path.of(System.getProperty("pushwright.data", "../../shared/data"), name);
    assumeTrue(Files.exists(file), () -> file + " is not there");
    return file;
  }

  @Test
  void e2e() {
    CopyCorpus train = CopyCorpus.read(data("e2e/trainset.csv.gz"));
    CopyCorpus dev = CopyCorpus.read(data("e2e/devset.csv.gz"));
    assertThat(train.pairs()).hasSize(42_061);
    Seq2SeqWriter writer =
        generator()
            .networks(2)
            .teachers(3)
            .studentRounds(2)
            .epochs(7)
            .minCount(3)
            .build()
            .train(train, SlotRules.e2e(), CONTEXT);
    assertThat(writer.parameters()).isLessThan(5_000_000);
    Map<Map<String, String>, List<String>> references =
        dev.pairs().stream()
            .collect(
                Collectors.groupingBy(
                    CopyPair::attributes,
                    LinkedHashMap::new,
                    Collectors.mapping(CopyPair::text, Collectors.toList())));
    List<String> texts =
        references.keySet().stream().map(set -> writer.write(set).get(0).text()).toList();
    double bleu = Bleu.of(texts, List.copyOf(references.values())).bleu();
    assertThat(bleu).isGreaterThan(E2E_BLEU);
    assertThat(SlotErrors.e2e().rate(List.copyOf(references.keySet()), texts).rate())
        .isLessThan(0.01);
  }

  /** The spans that people marked in titles of a shop are told, and titles written from them. */
  @Test
  void chineseTitles() throws IOException {
    List<CopyPair> all = titles(data("zh-titles/train.bio.txt.gz"));
    assertThat(all).hasSizeGreaterThan(5_600);
    List<CopyPair> train = new ArrayList<>();
    List<CopyPair> test = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      (i % 12 == 6 ? test : train).add(all.get(i));
    }
    Seq2SeqWriter writer =
        generator()
            .epochs(15)
            .minCount(2)
            .build()
            .train(CopyCorpus.of(train), SlotRules.builder().build(), CONTEXT);
    List<String> searched =
        test.stream().map(pair -> writer.write(pair.attributes()).get(0).text()).toList();
    // 0.990 was measured; 1.000 of what is drawn, and distinct-2 .614 beside people's .645.
    assertThat(coverage(test, searched)).isGreaterThan(0.98);
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < test.size(); i++) {
      drawn.add(
          writer.sample(test.get(i).attributes(), 4, 0.8, i).stream()
              .findFirst()
              .map(Written::text)
              .orElse(searched.get(i)));
    }
    assertThat(coverage(test, drawn)).isGreaterThan(0.98);
    double people = distinct2(test.stream().map(CopyPair::text).toList());
    assertThat(distinct2(drawn)).isBetween(0.8 * people, 1.2 * people);
  }

  // The share of the values that stand in the texts, letter by letter.
  private static double coverage(List<CopyPair> told, List<String> texts) {
    int values = 0;
    int stated = 0;
    for (int i = 0; i < texts.size(); i++) {
      for (String value : told.get(i).attributes().values()) {
        values++;
        stated += texts.get(i).contains(value) ? 1 : 0;
      }
    }
    return (double) stated / values;
  }

  private static double distinct2(List<String> texts) {
    return Diversity.of(texts, Tokens.CHARACTERS).distinct2();
  }

  // A character and its mark a line, a blank line after each title; a mark is a slot, its further
  // spans numbered.
  private static List<CopyPair> titles(Path file) throws IOException {
    List<CopyPair> titles = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      StringBuilder text = new StringBuilder();
      List<String> slots = new ArrayList<>();
      List<String> values = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int end = line.lastIndexOf(' ');
        if (end < 0) {
          add(titles, text.toString(), slots, values);
          text.setLength(0);
          slots.clear();
          values.clear();
          continue;
        }
        String letter = line.substring(0, end);
        String mark = line.substring(end + 1);
        text.append(letter);
        if (mark.startsWith("B-")) {
          slots.add(mark.substring(2));
          values.add(letter);
        } else if (mark.startsWith("I-")) {
          values.set(values.size() - 1, values.get(values.size() - 1) + letter);
        }
      }
    }
    return titles;
  }

  private static void add(
      List<CopyPair> titles, String text, List<String> slots, List<String> values) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Map<String, Integer> times = new HashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      int time = times.merge(slots.get(i), 1, Integer::sum);
      attributes.put(slots.get(i) + (time > 1 ? time : ""), values.get(i));
    }
    if (!attributes.isEmpty()) {
      titles.add(new CopyPair(attributes, text));
    }
  }

  private static Seq2Seq.Builder generator() {
    return Seq2Seq.builder().hidden(128).embedding(64).batchSize(64).learningRate(0.004);
  }
}
