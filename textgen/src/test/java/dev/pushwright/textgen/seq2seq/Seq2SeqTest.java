// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.FitContext;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.Options;
import dev.pushwright.textgen.ModelParts;
import dev.pushwright.textgen.copy.Cleaning;
import dev.pushwright.textgen.copy.CopyCorpus;
import dev.pushwright.textgen.copy.CopyPair;
import dev.pushwright.textgen.copy.SlotRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Seq2SeqTest {

  private static final SlotRules RULES =
      SlotRules.builder().words("colour").words("size").context("tone").build();
  private static final List<String> COLOURS = List.of("red", "green", "blue", "black");
  private static final List<String> SIZES = List.of("small", "large");

  @TempDir Path folder;

  /** A language whose right answers are known; one combination is left out. */
  private static CopyCorpus corpus() {
    List<CopyPair> pairs = new ArrayList<>();
    for (String item : List.of("Mug", "Desk Lamp", "Sofa")) {
      for (String colour : COLOURS) {
        for (String size : SIZES) {
          for (boolean price : new boolean[] {true, false}) {
            if (colour.equals("blue") && size.equals("large")) {
              continue;
            }
            Map<String, String> attributes = new TreeMap<>();
            attributes.put("item", item);
            attributes.put("colour", colour);
            attributes.put("size", size);
            if (price) {
              attributes.put("price", "$5");
            }
            pairs.add(new CopyPair(attributes, said(attributes)));
          }
        }
      }
    }
    return CopyCorpus.of(pairs);
  }

  private static String said(Map<String, String> attributes) {
    return "See the "
        + attributes.get("size")
        + " "
        + attributes.get("item")
        + "\nIt is "
        + attributes.get("colour")
        + (attributes.containsKey("price") ? " and costs " + attributes.get("price") + "." : ".");
  }

  private static Seq2Seq.Builder small() {
    return Seq2Seq.builder().embedding(16).hidden(24).epochs(40).batchSize(8).learningRate(0.02);
  }

  private static Seq2SeqWriter train(int threads) {
    return small().build().train(corpus(), RULES, FitContext.standard().withThreads(threads));
  }

  private static Seq2SeqWriter read(ModelReader in) {
    return Seq2SeqWriter.read(in, new Seq2SeqWriter.Decoding(10, 1, 6, true), 1);
  }

  private static byte[] bytes(Seq2SeqWriter writer, Path file) throws IOException {
    TensorFileWriter out = new TensorFileWriter();
    writer.save(new ModelWriter(out));
    out.write(file);
    return Files.readAllBytes(file);
  }

  @Test
  void attributesAreSaidInCombinationsThatWereNeverRead() {
    Seq2SeqWriter writer = train(2);
    for (String price : new String[] {"", "9,99 €"}) {
      Map<String, String> unread = new TreeMap<>();
      unread.put("item", "{price} «Ünheard» 灯");
      unread.put("colour", "blue");
      unread.put("size", "large");
      if (!price.isEmpty()) {
        unread.put("price", price);
      }
      Written best = writer.write(unread).get(0);
      assertThat(best.text()).isEqualTo(said(unread));
      assertThat(best.errors()).isZero();
      assertThat(best.logProbability()).isBetween(-0.5, 0.0);
    }
  }

  @Test
  void textsThatLackASlotComeLast() {
    Seq2SeqWriter writer = train(2);
    List<Written> written =
        writer.write(Map.of("item", "Mug", "colour", "red", "size", "small", "price", "$7"));
    assertThat(written).hasSizeGreaterThan(1);
    assertThat(written).extracting(Written::errors).isSorted();
    for (Written text : written) {
      String lower = text.text().toLowerCase(Locale.ROOT);
      boolean all = List.of("mug", "red", "small", "$7").stream().allMatch(lower::contains);
      assertThat(text.errors() == 0).as(text.text()).isEqualTo(all);
    }
    // A slot that no value was given for is never left open.
    assertThat(writer.write(Map.of("colour", "red"))).noneMatch(w -> w.text().contains("{"));
  }

  @Test
  void samplesDependOnTheSeedAlone() throws InterruptedException, ExecutionException {
    Seq2SeqWriter writer = train(1);
    Map<String, String> values = Map.of("item", "Mug", "colour", "red", "size", "small");
    List<Written> once = writer.sample(values, 8, 2, 1);
    assertThat(once).isEqualTo(writer.sample(values, 8, 2, 1));
    assertThat(
            LongStream.range(2, 8).mapToObj(seed -> writer.sample(values, 8, 6, seed)).distinct())
        .hasSizeGreaterThan(1);
    assertThat(once).extracting(Written::text).doesNotHaveDuplicates();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Written>>> others = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        others.add(pool.submit(() -> writer.sample(values, 8, 2, 1)));
      }
      for (Future<List<Written>> other : others) {
        assertThat(other.get()).isEqualTo(once);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThatThrownBy(() -> writer.sample(values, 0, 1, 1)).hasMessageContaining("texts is 0");
    assertThatThrownBy(() -> writer.sample(values, 1, 0, 1))
        .hasMessageContaining("temperature is 0");
  }

  @Test
  void anyNumberOfThreadsAndACheckpointGiveTheSameBits() throws IOException {
    byte[] one = bytes(train(1), folder.resolve("1"));
    assertThat(bytes(train(8), folder.resolve("8"))).isEqualTo(one);
    Path checkpoint = folder.resolve("checkpoint");
    FitContext stopped =
        new FitContext(
            2,
            progress -> {
              if (progress.done() == 15) {
                Thread.currentThread().interrupt();
              }
            });
    assertThatThrownBy(() -> small().build().train(corpus(), RULES, stopped, checkpoint))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    List<Long> epochs = new ArrayList<>();
    FitContext resumed = new FitContext(2, progress -> epochs.add(progress.done()));
    Seq2SeqWriter finished = small().build().train(corpus(), RULES, resumed, checkpoint);
    assertThat(epochs.get(0)).isEqualTo(16);
    assertThat(bytes(finished, folder.resolve("2"))).isEqualTo(one);
    assertThatThrownBy(() -> small().seed(2).build().train(corpus(), RULES, resumed, checkpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a checkpoint of seq2seq");
  }

  /** Three say "it is red", one each something of its own. */
  private static CopyCorpus withFashions() {
    List<CopyPair> pairs = new ArrayList<>();
    for (String item : List.of("Mug", "Sofa")) {
      for (String colour : COLOURS) {
        for (String size : SIZES) {
          Map<String, String> set = Map.of("item", item, "colour", colour, "size", size);
          String said = size + " " + item;
          pairs.add(new CopyPair(set, "The " + said + " is " + colour + "."));
          pairs.add(new CopyPair(set, "The " + said + " is " + colour + "."));
          pairs.add(new CopyPair(set, "The " + said + " is all " + colour + "."));
          pairs.add(new CopyPair(set, colour + ", " + said + ": want one?"));
          pairs.add(new CopyPair(set, "Any " + said + " but in " + colour + ", please!"));
        }
      }
    }
    return CopyCorpus.of(pairs);
  }

  @Test
  void refinementDrawsWhatMostPeopleWrite() {
    Seq2Seq.Builder plain = small().epochs(8);
    Seq2SeqWriter learned = plain.build().train(withFashions(), RULES, FitContext.standard());
    List<Double> worths = new ArrayList<>();
    FitContext context =
        new FitContext(
            1,
            progress -> {
              if (progress.phase().equals("refinement")) {
                worths.add(progress.figures().get("worth"));
              }
            });
    Seq2SeqWriter refined =
        plain.refineEpochs(30).refineRate(0.005).build().train(withFashions(), RULES, context);
    assertThat(worths).hasSize(30);
    assertThat(worths.get(29)).isGreaterThan(worths.get(0) + 0.1);
    assertThat(fashionable(refined)).isGreaterThan(fashionable(learned) + 0.2);
  }

  // The share of drawn texts that begin as most do.
  private static double fashionable(Seq2SeqWriter writer) {
    int fashionable = 0;
    for (String colour : COLOURS) {
      Map<String, String> set = Map.of("item", "Mug", "colour", colour, "size", "small");
      for (int seed = 0; seed < 25; seed++) {
        for (Written written : writer.sample(set, 1, 1, seed)) {
          fashionable += written.text().startsWith("The ") ? 1 : 0;
        }
      }
    }
    return fashionable / 100.0;
  }

  @Test
  void whatWasSavedWritesTheSame() {
    Seq2SeqWriter writer = train(2);
    Map<String, String> values = Map.of("item", "Mug", "colour", "red", "size", "small");
    Seq2SeqWriter read = ModelParts.reread(folder, writer::save, Seq2SeqTest::read);
    assertThat(read.write(values)).isEqualTo(writer.write(values));
    assertThat(read.parameters()).isEqualTo(writer.parameters());
    assertThat(read.rules().kinds()).isEqualTo(RULES.kinds());
  }

  @Test
  void severalNetworksLearnAsEachAloneAndAreSavedTogether() throws IOException {
    Seq2Seq.Builder few = small().epochs(6);
    Path checkpoint = folder.resolve("checkpoint");
    Seq2SeqWriter both =
        few.networks(2).build().train(corpus(), RULES, FitContext.standard(), checkpoint);
    byte[] bytes = bytes(both, folder.resolve("both"));
    Seq2SeqWriter first = few.networks(1).build().train(corpus(), RULES, FitContext.standard());
    Seq2SeqWriter second = few.seed(2).build().train(corpus(), RULES, FitContext.standard());
    assertThat(both.parameters()).isEqualTo(first.parameters() + second.parameters());
    bytes(second, folder.resolve("second"));
    try (TensorFile all = TensorFile.open(folder.resolve("both"));
        TensorFile alone = TensorFile.open(folder.resolve("second"))) {
      assertThat(new ModelReader(all).section("net2").floats("logits.bias"))
          .isEqualTo(new ModelReader(alone).section("net").floats("logits.bias"));
      Seq2SeqWriter read =
          Seq2SeqWriter.read(new ModelReader(all), new Seq2SeqWriter.Decoding(10, 1, 6, true), 2);
      Map<String, String> values = Map.of("item", "Mug", "colour", "red", "size", "small");
      assertThat(read.write(values))
          .isEqualTo(both.write(values))
          .isNotEqualTo(first.write(values));
    }
    assertThat(folder.resolve("checkpoint-2")).exists();
    Seq2SeqWriter again =
        few.seed(1)
            .networks(2)
            .build()
            .train(corpus(), RULES, FitContext.standard().withThreads(8), checkpoint);
    assertThat(bytes(again, folder.resolve("again"))).isEqualTo(bytes);
  }

  @Test
  void studentsWriteWhatTheirTeachersAgreeOnWithTheSameBitsForAnyThreads() throws IOException {
    Seq2Seq.Builder taught = small().teachers(2).teacherTexts(8).studentEpochs(60);
    Path checkpoint = folder.resolve("checkpoint");
    Seq2SeqWriter student =
        taught.build().train(corpus(), RULES, FitContext.standard().withThreads(1), checkpoint);
    Map<String, String> unread = Map.of("item", "Ünheard", "colour", "blue", "size", "large");
    assertThat(student.write(unread).get(0).text()).isEqualTo(said(unread));
    assertThat(student.parameters()).isEqualTo(train(1).parameters());
    byte[] bytes = bytes(student, folder.resolve("student"));
    FitContext eight = FitContext.standard().withThreads(8);
    assertThat(bytes(taught.build().train(corpus(), RULES, eight), folder.resolve("eight")))
        .isEqualTo(bytes);
    // Where the teachers are done and the student is not, the student begins.
    Files.delete(checkpoint);
    assertThat(folder.resolve("checkpoint-teacher-2")).exists();
    List<String> phases = new ArrayList<>();
    Seq2SeqWriter again =
        taught
            .build()
            .train(corpus(), RULES, eight.withListener(p -> phases.add(p.phase())), checkpoint);
    assertThat(bytes(again, folder.resolve("again"))).isEqualTo(bytes);
    assertThat(phases)
        .contains("texts of the teachers", "epochs")
        .noneMatch(p -> p.contains("teacher 2"));
  }

  @Test
  void studentsOfASecondRoundLearnWhatThoseOfTheFirstFind() throws IOException {
    Seq2Seq.Builder taught =
        small().networks(2).teachers(2).teacherTexts(8).studentEpochs(60).studentRounds(2);
    Path checkpoint = folder.resolve("checkpoint");
    List<String> phases = new ArrayList<>();
    FitContext one = FitContext.standard().withThreads(1).withListener(p -> phases.add(p.phase()));
    Seq2SeqWriter student = taught.build().train(corpus(), RULES, one, checkpoint);
    Map<String, String> unread = Map.of("item", "Ünheard", "colour", "blue", "size", "large");
    assertThat(student.write(unread).get(0).text()).isEqualTo(said(unread));
    assertThat(phases.stream().distinct())
        .containsExactly(
            "epochs, teacher 1 of 2",
            "epochs, teacher 2 of 2",
            "texts of the teachers",
            "texts that teachers agree on",
            "epochs, round 1, network 1 of 2",
            "epochs, round 1, network 2 of 2",
            "texts of students that teachers agree on",
            "epochs, network 1 of 2",
            "epochs, network 2 of 2");
    byte[] bytes = bytes(student, folder.resolve("student"));
    FitContext eight = FitContext.standard().withThreads(8);
    assertThat(bytes(taught.build().train(corpus(), RULES, eight), folder.resolve("eight")))
        .isEqualTo(bytes);
    // Stopped in the first round: what is done by then is not done again.
    Files.delete(checkpoint);
    Files.delete(folder.resolve("checkpoint-2"));
    Files.delete(folder.resolve("checkpoint-round-1-2"));
    phases.clear();
    FitContext heard = eight.withListener(p -> phases.add(p.phase()));
    Seq2SeqWriter again = taught.build().train(corpus(), RULES, heard, checkpoint);
    assertThat(bytes(again, folder.resolve("again"))).isEqualTo(bytes);
    assertThat(phases)
        .contains("epochs, round 1, network 2 of 2")
        .doesNotContain("epochs, teacher 2 of 2", "epochs, round 1, network 1 of 2");
  }

  /** Students write in fewer words than their teachers know, and so in other numbers. */
  @Test
  void aTextIsTakenIntoAnotherVocabularyWordByWord() {
    Seq2SeqWriter many = train(1);
    Seq2SeqWriter few =
        small()
            .epochs(1)
            .build()
            .train(CopyCorpus.of(corpus().pairs().subList(6, 12)), RULES, FitContext.standard());
    assertThat(few.vocabulary().size()).isLessThanOrEqualTo(many.vocabulary().size());
    Map<String, String> values = Map.of("item", "Cup", "colour", "blue", "size", "large");
    for (BeamSearch.Found text : few.find(values)) {
      BeamSearch.Found taken = many.translate(text, few);
      assertThat(many.vocabulary().decode(taken.tokens(), 0, taken.tokens().length))
          .isEqualTo(few.vocabulary().decode(text.tokens(), 0, text.tokens().length));
      assertThat(taken.logProbability()).isEqualTo(text.logProbability());
    }
  }

  @Test
  void theTeachersOfAStudentAreThoseOfTheSeedsBehindItsOwn() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    Seq2Seq.Builder few = small().epochs(6);
    few.teachers(1)
        .studentEpochs(1)
        .build()
        .train(corpus(), RULES, FitContext.standard(), checkpoint);
    bytes(
        few.teachers(0).seed(2).build().train(corpus(), RULES, FitContext.standard()),
        folder.resolve("second"));
    try (TensorFile teacher = TensorFile.open(folder.resolve("checkpoint-teacher"));
        TensorFile alone = TensorFile.open(folder.resolve("second"))) {
      assertThat(new ModelReader(teacher).section("net").floats("logits.bias"))
          .isEqualTo(new ModelReader(alone).section("net").floats("logits.bias"));
    }
  }

  @Test
  void teachersThatFindNoTextAreRefused() {
    SlotRules never =
        RULES.toBuilder().says("size", "small", "tiny").says("size", "large", "huge").build();
    Seq2Seq taught = small().epochs(1).cleaning(Cleaning.Way.KEEP).teachers(1).build();
    assertThatThrownBy(() -> taught.train(corpus(), never, FitContext.standard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the teachers found no text that states its slots")
        .hasMessageContaining("option teachers to 0");
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    Consumer<ModelWriter> small =
        writer -> {
          SlotRulesFile.save(RULES, writer.section("rules"));
          writer.section("attributes").texts("slots", List.of("a")).texts("values", List.of("b"));
          writer.texts("vocabulary", List.of("<start>", "<end>", "<unknown>"));
          writer.ints("shape", new int[] {8000, 8000, 8000, 8000, 10});
          writer.section("net").floats("decoder.recurrent", new float[12], 2, 6);
        };
    assertThatThrownBy(() -> ModelParts.reread(folder, small, Seq2SeqTest::read))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("decoder.recurrent");
  }

  @Test
  void refinementGivesTheSameBitsToo() throws IOException {
    Seq2Seq refined = small().epochs(4).refineEpochs(4).refineSamples(3).build();
    byte[] one =
        bytes(
            refined.train(corpus(), RULES, FitContext.standard().withThreads(1)),
            folder.resolve("1"));
    assertThat(
            bytes(
                refined.train(corpus(), RULES, FitContext.standard().withThreads(8)),
                folder.resolve("8")))
        .isEqualTo(one);
    Path checkpoint = folder.resolve("checkpoint");
    FitContext stopped =
        new FitContext(
            2,
            progress -> {
              if (progress.phase().equals("refinement") && progress.done() == 2) {
                Thread.currentThread().interrupt();
              }
            });
    assertThatThrownBy(() -> refined.train(corpus(), RULES, stopped, checkpoint))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    Seq2SeqWriter finished = refined.train(corpus(), RULES, FitContext.standard(), checkpoint);
    assertThat(bytes(finished, folder.resolve("2"))).isEqualTo(one);
    assertThatThrownBy(() -> new Seq2SeqProvider().create(Options.of("refineSamples", 1)))
        .hasMessageContaining("refineSamples is 1");
  }

  @Test
  void divergenceIsNamed() {
    Parameters parameters = new Parameters(1);
    EncodedPair pair =
        new EncodedPair(new AttributeSet(new int[] {1}, new int[] {1}), new int[] {3, 1});
    try (Seq2SeqTrainer trainer =
        new Seq2SeqTrainer(
            List.of(pair),
            new Seq2SeqPlan(3, 8, 0.5, 0, 1),
            new Seq2SeqShape(2, 2, 4, 4, 4, 4, 4),
            parameters,
            1,
            "epochs")) {
      parameters.get("logits.bias").values()[2] = Float.NaN;
      assertThatThrownBy(() -> trainer.run(FitContext.standard(), () -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "seq2seq diverged: loss is NaN in epoch 1 of 3, batch 1, at learningRate 0.5; lower"
                  + " learningRate");
    }
  }

  @Test
  void nothingToLearnFromIsRefused() {
    CopyCorpus none = CopyCorpus.of(List.of(new CopyPair(Map.of("item", "Mug"), "Hello")));
    assertThatThrownBy(() -> small().build().train(none, RULES, FitContext.standard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no text is left to learn from")
        .hasMessageContaining("item=1");
    assertThatThrownBy(() -> new Seq2SeqProvider().create(Options.of("hiden", 3)))
        .hasMessageContaining("hidden");
    assertThatThrownBy(() -> new Seq2SeqProvider().create(Options.of("beam", 0)))
        .hasMessageContaining("beam is 0");
  }
}
