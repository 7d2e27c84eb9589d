// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import static dev.pushwright.textgen.pipeline.Asked.MUG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Channel;
import dev.pushwright.api.Message;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.engine.Push;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.TensorFileWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickModelTest {

  private static final Instant NOON = Instant.parse("2026-05-13T12:00:00Z");

  @TempDir Path folder;

  private static Feedback seen(String title, boolean clicked) {
    return new Feedback(
        new Message(title, "Blue Stoneware Mug"), Channel.IOS, List.of(MUG), clicked);
  }

  private static double probability(ClickModel model, String title) {
    return model.probability(Channel.IOS, title, "Blue Stoneware Mug", List.of(MUG));
  }

  /** Of ten messages with the first title three are clicked, of ten with the second one. */
  private static List<Feedback> feedback(int rounds) {
    SplittableRandom random = new SplittableRandom(5);
    List<Feedback> feedback = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      boolean first = random.nextInt(2) == 0;
      feedback.add(
          seen(first ? "Warm greetings" : "Cold facts", random.nextInt(10) < (first ? 3 : 1)));
    }
    return feedback;
  }

  @Test
  void withoutFeedbackEveryTextIsAsGood() {
    assertThat(probability(ClickModel.empty(), "Warm greetings")).isEqualTo(0.5);
  }

  @Test
  void learnsWhatIsClicked() {
    List<Feedback> feedback = feedback(20_000);
    ClickModel model = ClickModel.empty().updated(feedback);
    for (String title : List.of("Warm greetings", "Cold facts")) {
      List<Feedback> own = feedback.stream().filter(f -> f.text().title().equals(title)).toList();
      double rate = (double) own.stream().filter(Feedback::clicked).count() / own.size();
      assertThat(probability(model, title)).isCloseTo(rate, within(0.08));
    }
    // Other words, of the good sort.
    assertThat(probability(model, "Warm wishes")).isGreaterThan(probability(model, "Cold numbers"));
  }

  @Test
  void oneStepIsThatOfThePaper() {
    ClickModel model = ClickModel.empty().updated(List.of(seen("Hello", true)));
    // All weights are 0 at first, so p is 1/2 and the gradient of each feature -1/2: n is 1/4, z
    // -1/2, and each weight 1/2 / ((1 + 1/2) / 0.1 + 1) = 1/32. Features: any, channel, two
    // lengths, question, exclamation, price, name in title, one word.
    assertThat(probability(model, "Hello")).isCloseTo(1 / (1 + Math.exp(-9 / 32.0)), within(1e-12));
  }

  @Test
  void dayByDayIsTheSameAsAllAtOnce() {
    List<Feedback> feedback = feedback(300);
    ClickModel once = ClickModel.empty().updated(feedback);
    ClickModel daily =
        ClickModel.empty().updated(feedback.subList(0, 100)).updated(feedback.subList(100, 300));
    assertThat(probability(daily, "Warm greetings")).isEqualTo(probability(once, "Warm greetings"));
  }

  @Test
  void aSavedModelAnswersToTheBit() {
    ClickModel model = ClickModel.empty().updated(feedback(200));
    Path file = folder.resolve("clicks.safetensors");
    model.save(file);
    ClickModel loaded = ClickModel.load(file);
    for (String title : List.of("Warm greetings", "Cold facts", "Else")) {
      assertThat(probability(loaded, title)).isEqualTo(probability(model, title));
    }
  }

  @Test
  void damagedModelsAreRefused() {
    double[] zeros = new double[ClickModel.SIZE];
    double[] negative = zeros.clone();
    negative[7] = -1;
    double[] infinite = zeros.clone();
    infinite[3] = Double.NaN;
    assertRefused(zeros, negative, "weight 7");
    assertRefused(infinite, zeros, "weight 3");
    assertRefused(new double[5], zeros, "gradients");
  }

  private void assertRefused(double[] gradients, double[] squares, String what) {
    Path file = folder.resolve("bad.safetensors");
    new TensorFileWriter()
        .doubles("gradients", gradients, gradients.length)
        .doubles("squares", squares, squares.length)
        .write(file);
    assertThatThrownBy(() -> ClickModel.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(what);
  }

  private static Push push(String user, int hour, String title) {
    PushContent content =
        new PushContent(
            title, "Blue Stoneware Mug", Channel.IOS, Locale.UK, List.of("mug"), "t", 0, List.of());
    return new Push(
        user,
        content,
        List.of(new PushItem(MUG, 1, List.of())),
        Basis.TRAINED,
        UserProfile.empty(user),
        NOON.plus(Duration.ofHours(hour)));
  }

  private static Event event(EventType type, String user, String item, int hour) {
    return Interaction.of(type, user, item, NOON.plus(Duration.ofHours(hour)).plusSeconds(60));
  }

  @Test
  void eventsBelongToTheLastPushAboutTheirItem() {
    List<Push> pushes =
        List.of(
            push("ann", 0, "first"),
            push("ann", 5, "second"),
            push("bob", 0, "third"),
            push("cid", 0, "late"),
            push("dan", 0, "unseen"));
    List<Event> events =
        new ArrayList<>(
            List.of(
                event(EventType.CLICK, "ann", "mug", 6),
                event(EventType.IMPRESSION, "ann", "mug", 5),
                event(EventType.IMPRESSION, "ann", "mug", 1),
                event(EventType.IMPRESSION, "bob", "mug", 0),
                event(EventType.CLICK, "bob", "lamp", 1),
                event(EventType.VIEW, "dan", "mug", 1),
                event(EventType.CLICK, "cid", "mug", 100),
                event(EventType.CLICK, "eve", "mug", 1)));
    List<Feedback> feedback = Feedback.of(pushes, events, Duration.ofDays(1));
    assertThat(feedback)
        .extracting(f -> f.text().title() + " " + f.clicked())
        .containsExactly("first false", "third false", "second true");
    Collections.reverse(events);
    assertThat(Feedback.of(pushes, events, Duration.ofDays(1))).isEqualTo(feedback);
  }
}
