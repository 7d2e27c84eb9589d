// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import dev.pushwright.testkit.DamagedFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;

class AttributeInferenceTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(AttributeLearner.class)
  void everyLearnerTellsTeaFromCoffee(AttributeLearner learner) {
    AttributeInference.Result result =
        Tastes.small(learner).build().fit(Tastes.of(400, "coffee", "tea"));
    assertThat(result.report().users()).isEqualTo(360);
    assertThat(result.report().accuracy()).isGreaterThan(0.8);
    assertThat(result.report().auc()).isGreaterThan(0.85);
    InferredAttribute model = result.model();
    assertThat(model.values()).containsExactly("coffee", "tea");
    Inference tea = model.infer(Tastes.history("tea0", "tea1", "tea2", "tea3", "tea7"));
    assertThat(tea.value()).contains("tea");
    assertThat(tea.attribute()).isEqualTo("taste");
    assertThat(tea.probability()).isBetween(0.7, 1.0);
    assertThat(model.infer(Tastes.history("coffee0", "coffee1", "coffee2", "coffee5")).likeliest())
        .isEqualTo("coffee");
    UserProfile profile = UserProfile.empty("guest");
    List<Event> history = Tastes.history("tea0", "tea1", "tea2", "tea3", "tea7");
    assertThat(model.enrich(profile, history, Tastes.DAY).inferred())
        .containsExactly(
            Map.entry("taste", new UserProfile.Inferred("taste", "tea", tea.probability())));
    assertThat(model.enrich(profile, List.of(), Tastes.DAY)).as("unknown").isSameAs(profile);
  }

  @ParameterizedTest
  @EnumSource(AttributeLearner.class)
  void threeValuesHaveProbabilitiesThatAddUpToOne(AttributeLearner learner) {
    AttributeInference.Result result =
        Tastes.small(learner)
            .calibration(AttributeInference.Calibration.ISOTONIC)
            .build()
            .fit(Tastes.of(450, "cocoa", "coffee", "tea"));
    assertThat(result.report().accuracy()).isGreaterThan(0.6);
    Map<String, Double> probabilities =
        result.model().probabilities(Tastes.history("tea0", "tea1", "tea2", "cocoa1"));
    assertThat(probabilities.keySet()).containsExactly("cocoa", "coffee", "tea");
    assertThat(probabilities.values().stream().mapToDouble(p -> p).sum())
        .isEqualTo(1, within(1e-9));
    assertThat(result.model().infer(Tastes.history("tea0", "tea1", "tea2")).likeliest())
        .isEqualTo("tea");
  }

  @Test
  void attributeThatBehaviourDoesNotShowIsUnknown() {
    Dataset.Builder data = Tastes.of(400, "coffee", "tea").toBuilder();
    SplittableRandom random = new SplittableRandom(1);
    for (int u = 0; u < 400; u++) {
      data.replace(User.of("u" + u).with("taste", random.nextBoolean() ? "salt" : "sweet"));
    }
    AttributeInference.Result result =
        AttributeInference.builder("taste").build().fit(data.build());
    assertThat(result.report().auc()).isBetween(0.4, 0.6);
    assertThat(result.report().coverage()).isLessThan(0.05);
    assertThat(result.report().calibrationError()).isLessThan(0.1);
    assertThat(result.model().infer(Tastes.history("tea0", "tea1", "tea2")).value()).isEmpty();
  }

  @Test
  void historyThatSaysNothingIsUnknownWhateverTheThreshold() {
    InferredAttribute model =
        Tastes.small(AttributeLearner.LINEAR_SVM)
            .minProbability(0)
            .build()
            .fit(Tastes.of(300, "coffee", "tea"))
            .model();
    for (List<Event> nothing :
        List.of(
            List.<Event>of(),
            Tastes.history("never seen"),
            List.<Event>of(Search.of("guest", "tea", Tastes.DAY)))) {
      Inference inference = model.infer(nothing);
      assertThat(inference.known()).isFalse();
      assertThat(inference.value()).isEmpty();
      assertThat(inference.probability())
          .as("how frequent it was")
          .isEqualTo(inference.likeliest().equals("tea") ? 4.0 / 9 : 5.0 / 9, within(1e-9));
    }
    assertThat(model.infer(Tastes.history("tea1")).known()).isTrue();
  }

  @Test
  void orderOfAHistoryDoesNotShow() {
    InferredAttribute model =
        Tastes.small(AttributeLearner.LINEAR_SVM)
            .build()
            .fit(Tastes.of(300, "coffee", "tea"))
            .model();
    List<Event> events = Tastes.history("tea0", "coffee3", "tea0", "tea5", "coffee3", "tea0");
    List<Event> turned = new ArrayList<>(events);
    Collections.reverse(turned);
    assertThat(model.infer(turned)).isEqualTo(model.infer(events));
  }

  @Test
  void declaredValuesCanBeJoinedAndRareOnesAreLeftOut() {
    Dataset.Builder data = Tastes.of(400, "coffee", "tea").toBuilder();
    data.replace(User.of("u0").with("taste", "mate"));
    InferredAttribute model =
        Tastes.small(AttributeLearner.LINEAR_SVM).build().fit(data.build()).model();
    assertThat(model.values()).containsExactly("coffee", "tea");
    AttributeInference.Result joined =
        Tastes.small(AttributeLearner.LINEAR_SVM)
            .values(taste -> taste.equals("tea") ? "leaf" : taste.equals("coffee") ? "bean" : "")
            .build()
            .fit(data.build());
    assertThat(joined.model().values()).containsExactly("bean", "leaf");
    assertThat(joined.report().users()).isEqualTo(359);
  }

  @Test
  void tooFewDeclarationsAreRefusedWithTheirNumbers() {
    Dataset data = Tastes.of(12, "coffee", "tea");
    assertThatThrownBy(() -> AttributeInference.builder("taste").build().fit(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("taste", "coffee=", "tea=", "10 users");
    assertThatThrownBy(() -> AttributeInference.builder("height").build().fit(data))
        .hasMessageContainingAll("height", "{}");
    assertThatThrownBy(() -> AttributeInference.builder(" ")).hasMessageContaining("blank");
    assertThatThrownBy(() -> AttributeInference.builder("a").cost(Double.NaN))
        .hasMessageContainingAll("cost", "NaN");
    assertThatThrownBy(() -> AttributeInference.builder("a").folds(1))
        .hasMessageContaining("folds");
    assertThatThrownBy(() -> AttributeInference.builder("a").minProbability(1.5))
        .hasMessageContaining("minProbability");
  }

  private static List<List<Event>> probes() {
    return List.of(
        Tastes.history(),
        Tastes.history("tea0"),
        Tastes.history("tea1", "coffee1"),
        Tastes.history("coffee1", "coffee2", "coffee3", "coffee4", "never"),
        Tastes.history("cocoa1", "tea0", "tea0", "tea0"));
  }

  @ParameterizedTest
  @EnumSource(AttributeLearner.class)
  void eightThreadsGiveTheSameBits(AttributeLearner learner) {
    Dataset data = Tastes.of(300, "cocoa", "coffee", "tea");
    AttributeInference algorithm = Tastes.small(learner).build();
    AttributeInference.Result one = algorithm.fit(data, FitContext.standard().withThreads(1));
    AttributeInference.Result eight = algorithm.fit(data, FitContext.standard().withThreads(8));
    assertThat(eight.report()).isEqualTo(one.report());
    for (List<Event> probe : probes()) {
      assertThat(eight.model().probabilities(probe)).isEqualTo(one.model().probabilities(probe));
    }
  }

  @ParameterizedTest
  @EnumSource(AttributeLearner.class)
  void loadedModelGivesTheSameBits(AttributeLearner learner) {
    for (AttributeInference.Calibration way : AttributeInference.Calibration.values()) {
      InferredAttribute model =
          Tastes.small(learner)
              .calibration(way)
              .build()
              .fit(Tastes.of(300, "cocoa", "coffee", "tea"))
              .model();
      Path file = folder.resolve(learner + "-" + way);
      model.save(file);
      InferredAttribute loaded = InferredAttribute.load(file);
      assertThat(loaded.attribute()).isEqualTo("taste");
      for (List<Event> probe : probes()) {
        assertThat(loaded.probabilities(probe)).isEqualTo(model.probabilities(probe));
        assertThat(loaded.infer(probe)).isEqualTo(model.infer(probe));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(AttributeLearner.class)
  void damagedNumbersAreRefusedOrDoNoHarm(AttributeLearner learner) throws IOException {
    Path file = folder.resolve("model");
    Tastes.small(learner)
        .trees(3)
        .calibration(AttributeInference.Calibration.ISOTONIC)
        .build()
        .fit(Tastes.of(150, "coffee", "tea"))
        .model()
        .save(file);
    DamagedFiles.areRefusedOrDoNoHarm(
            file,
            400,
            damaged -> {
              InferredAttribute model = InferredAttribute.load(damaged);
              for (List<Event> probe : probes()) {
                assertThat(model.infer(probe).probability()).isBetween(0.0, 1.0);
              }
            })
        .hasBoth(0.05);
  }

  /** Tribuo's own answers to the same features. */
  @Test
  void weightsAndTreesAnswerAsTribuoDoes() {
    SplittableRandom random = new SplittableRandom(2);
    for (int classes = 2; classes <= 4; classes++) {
      List<Features> users = new ArrayList<>();
      int[] classOf = new int[200];
      for (int u = 0; u < classOf.length; u++) {
        classOf[u] = u % classes;
        int[] columns = random.ints(6, 0, 40).sorted().distinct().toArray();
        double[] values = new double[columns.length];
        for (int p = 0; p < values.length; p++) {
          values[p] = random.nextDouble() + (columns[p] % classes == classOf[u] ? 1 : 0);
        }
        users.add(new Features(columns, values));
      }
      MutableDataset<Label> data = TribuoTrainer.dataset(users, classOf);
      for (AttributeLearner learner :
          List.of(AttributeLearner.LINEAR_SVM, AttributeLearner.DECISION_TREE)) {
        TribuoTrainer.Settings settings = new TribuoTrainer.Settings(learner, 0.5, 5, 6, 3, 40, 42);
        Model<Label> tribuo =
            learner == AttributeLearner.LINEAR_SVM
                ? TribuoTrainer.svm(settings).train(data)
                : TribuoTrainer.tree(settings, 1).train(data);
        Scorer ours = TribuoTrainer.train(users, classOf, classes, 40, settings);
        for (Features user : users) {
          Prediction<Label> theirs =
              tribuo.predict(TribuoTrainer.example(user, 0, new HashMap<>()));
          double[] scores = ours.scores(user);
          for (int c = 0; c < classes; c++) {
            Label label = theirs.getOutputScores().get(String.valueOf(c));
            // Of two classes liblinear answers with the first one's margin alone.
            if (label != null
                && (classes > 2
                    || learner != AttributeLearner.LINEAR_SVM
                    || label.getScore() != 0)) {
              assertThat(scores[c]).isEqualTo(label.getScore());
            }
          }
          assertThat(String.valueOf(Validation.best(scores)))
              .isEqualTo(theirs.getOutput().getLabel());
        }
      }
    }
  }

  /** Without Tribuo: fitting says what is missing, and a model made elsewhere answers. */
  @Test
  void withoutTribuoFittingNamesTheArtifactAndLoadingWorks() throws Exception {
    Path file = folder.resolve("model");
    Tastes.small(AttributeLearner.RANDOM_FOREST)
        .build()
        .fit(Tastes.of(150, "coffee", "tea"))
        .model()
        .save(file);
    ClassLoader bare = new WithoutTribuo();
    Class<?> probe = bare.loadClass(Tastes.class.getName());
    assertThat(probe.getClassLoader()).isSameAs(bare);
    assertThat(probe.getMethod("load", Path.class).invoke(null, file)).isEqualTo("tea");
    for (AttributeLearner learner : AttributeLearner.values()) {
      assertThatThrownBy(() -> probe.getMethod("fit", String.class).invoke(null, learner.name()))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              learner.name(),
              learner == AttributeLearner.LINEAR_SVM
                  ? "org.tribuo:tribuo-classification-liblinear"
                  : "org.tribuo:tribuo-classification-tree");
    }
  }

  /** Has this library's classes for itself, so that they look for Tribuo here, in vain. */
  private static final class WithoutTribuo extends ClassLoader {
    WithoutTribuo() {
      super(AttributeInferenceTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.tribuo") || name.startsWith("de.bwaldvogel")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.pushwright.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
          if (in == null) {
            throw new ClassNotFoundException(name);
          }
          byte[] bytes = in.readAllBytes();
          return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
  }

  @Test
  void learnersPrintNothing() {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream trap = new PrintStream(printed, true, StandardCharsets.UTF_8);
    try {
      System.setOut(trap);
      System.setErr(trap);
      for (AttributeLearner learner : AttributeLearner.values()) {
        assertThat(Tastes.small(learner).build().fit(Tastes.of(150, "coffee", "tea"))).isNotNull();
      }
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void interruptedFitIsCancelled() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(
              () ->
                  Tastes.small(AttributeLearner.LINEAR_SVM)
                      .build()
                      .fit(Tastes.of(100, "coffee", "tea")))
          .isInstanceOf(CancellationException.class);
    } finally {
      Thread.interrupted();
    }
  }
}
