// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Model;
import dev.pushwright.api.Progress;
import dev.pushwright.data.Dataset;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.math.Matmul;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.Provider;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for the plug-ins of every role: the provider, the fit and the model. The cases are
 * package-private, so that a plug-in's test can add to the contract and cannot take from it.
 *
 * @param <A> the role's algorithm
 * @param <M> the role's model
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProviderConformance<A, M extends Model> {

  private static final int THREADS = 8;
  private static final int DAMAGES = 100;

  private final Checkerboard board = Checkerboard.standard();
  private @Nullable M model;

  /** The plug-in that is tried. */
  protected abstract Provider<A> provider();

  /**
   * The options the plug-in is tried with.
   *
   * @return the defaults unless overridden; to be overridden by a plug-in whose defaults need more
   *     data than the kit has
   */
  protected Options options() {
    return Options.none();
  }

  /** The role's fit. */
  abstract M fit(A algorithm, Dataset data, FitContext context);

  /** Enough of a model's answers to tell it from another; each has {@code equals}. */
  abstract List<?> answers(M model, Dataset data);

  /** The line that registers the provider stands in {@code META-INF/services/} under this name. */
  abstract Class<?> service();

  /** What {@link dev.pushwright.spi.Plugins#load()} finds under the provider's name. */
  abstract Provider<A> lookUp(String name);

  /** Loads a model of the role. */
  abstract M load(Path file, Plugins plugins);

  /** What most cases are tried on; a role may let its subclasses choose another. */
  Checkerboard board() {
    return board;
  }

  /** The model of the board, fitted once for all the cases that don't fit themselves. */
  final synchronized M model() {
    M fitted = model;
    if (fitted == null) {
      fitted = fit(board().data());
      model = fitted;
    }
    return fitted;
  }

  final A algorithm() {
    return provider().create(options());
  }

  final M fit(Dataset data) {
    return fit(algorithm(), data, FitContext.standard());
  }

  final boolean can(Capability capability) {
    return provider().capabilities().contains(capability);
  }

  final void needs(Capability capability) {
    assumeTrue(
        can(capability), () -> provider().name() + " does not declare " + capability + ": skipped");
  }

  @Test
  void nameIsOneThatUsersCanType() {
    assertThat(provider().name())
        .as("name() has lower-case letters, digits, hyphens and plus signs, a letter first")
        .matches("[a-z][a-z0-9+-]*")
        .isEqualTo(provider().name());
  }

  @Test
  void descriptionIsOneSentence() {
    assertThat(provider().description())
        .as("description() says in one line what the plug-in is")
        .isNotBlank()
        .doesNotContain("\n");
  }

  @Test
  void everyOptionIsDescribedAndItsDefaultReadsBackFromText() {
    Map<String, String> defaults = provider().options().resolve(Options.none()).asText();
    for (OptionSpec<?> spec : provider().options().specs()) {
      assertThat(spec.name()).as("name of an option").matches("[a-zA-Z][a-zA-Z0-9]*");
      assertThat(spec.doc()).as("doc of option %s", spec.name()).isNotBlank();
      assertThat(spec.range()).as("range of option %s", spec.name()).isNotBlank();
      String text = Objects.requireNonNull(defaults.get(spec.name()), spec.name());
      assertThat((Object) spec.read(text))
          .as("option %s read from \"%s\", the text of its default", spec.name(), text)
          .isEqualTo(spec.defaultValue());
    }
  }

  @Test
  void noOptionHasToBeSet() {
    assertThat(provider().create(Options.none())).as("create(Options.none())").isNotNull();
  }

  @Test
  void everyOptionCanBeGivenAsText() {
    Map<String, String> text = provider().options().resolve(options()).asText();
    M fromText =
        fit(
            provider().create(new Options(Map.copyOf(text))),
            board().data(),
            FitContext.standard());
    assertThat(fromText.provenance().options())
        .as("options in the provenance of the model, each as text")
        .isEqualTo(text);
    assertThat(answers(fromText, board().data()))
        .as("answers of a model whose options were given as text")
        .isEqualTo(answers(model(), board().data()));
  }

  @Test
  void unknownOptionIsRefusedWithTheNearestSpelling() {
    List<String> names = List.copyOf(provider().options().names());
    assertThatThrownBy(
            () -> provider().create(options().with("no-such-option", "1")),
            "create with an option that is not there")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-option");
    for (String name : names) {
      String slip = name + "x";
      if (!names.contains(slip)) {
        assertThatThrownBy(
                () -> provider().create(Options.of(slip, "1")),
                "create with option %s, a slip of %s",
                slip,
                name)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("\"" + slip + "\"")
            .hasMessageMatching("(?s).*\\b" + name + "\\b.*");
      }
    }
  }

  @Test
  void valueOfTheWrongTypeIsRefusedNamingTheOption() {
    for (OptionSpec<?> spec : provider().options().specs()) {
      Class<?> type = spec.type();
      if (Number.class.isAssignableFrom(type) || type == Boolean.class || type.isEnum()) {
        assertThatThrownBy(
                () -> provider().create(options().with(spec.name(), "no such value")),
                "create with \"no such value\" for option %s",
                spec.name())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(spec.name())
            .hasMessageContaining("no such value");
      }
    }
  }

  @Test
  void modelHasTheCapabilitiesOfItsProvider() {
    assertThat(provider().capabilities()).as("capabilities()").isNotNull();
    assertThat(model().capabilities())
        .as("capabilities() of the model, which are the provider's")
        .isEqualTo(provider().capabilities());
  }

  @Test
  void pluginsFindsTheProviderByItsName() throws NoSuchMethodException {
    Class<?> type = provider().getClass();
    String remedy =
        "add the line\n    "
            + type.getName()
            + "\nto the resource META-INF/services/"
            + service().getName();
    assertThatCode(() -> lookUp(provider().name()))
        .as("Plugins.load() finds \"%s\"; if it does not, %s", provider().name(), remedy)
        .doesNotThrowAnyException();
    assertThat(lookUp(provider().name()).getClass())
        .as("what Plugins.load() finds as \"%s\"; %s", provider().name(), remedy)
        .isEqualTo(type);
    assertThat(Modifier.isPublic(type.getModifiers())).as("%s is public", type.getName()).isTrue();
    assertThat(type.getConstructor()).as("constructor without arguments").isNotNull();
  }

  @Test
  void provenanceSaysWhereTheModelComesFrom() {
    assertThat(model().provenance().algorithm())
        .as("algorithm of the provenance, which is the provider's name")
        .isEqualTo(provider().name());
    assertThat(model().provenance().options())
        .as("options of the provenance: every option with its value, defaults included")
        .isEqualTo(provider().options().resolve(options()).asText());
    assertThat(model().provenance().data())
        .as("data of the provenance, which is the fingerprint of what the model was fitted to")
        .isEqualTo(board().data().fingerprint());
    assertThat(model().provenance().version()).as("version of the provenance").isNotBlank();
    assertThat(model().provenance().matmul())
        .as("matmul of the provenance, which is the tier in use")
        .isEqualTo(Matmul.tier());
  }

  @Test
  void fittingTwiceGivesEqualAnswers() {
    Dataset data = MixedData.of(1);
    assertThat(answers(fit(data), data))
        .as("answers of a second fit to the same data")
        .isEqualTo(answers(fit(data), data));
  }

  @Test
  void algorithmKeepsNothingOfAFit() {
    Dataset one = board().data();
    Dataset other = MixedData.of(2);
    A algorithm = algorithm();
    M first = fit(algorithm, one, FitContext.standard());
    List<?> before = answers(first, one);
    M second = fit(algorithm, other, FitContext.standard());
    assertThat(answers(first, one))
        .as("answers of a model after its algorithm was fitted to other data")
        .isEqualTo(before);
    assertThat(second.provenance().data())
        .as("fingerprint in the provenance of the model: that of the data it was fitted to")
        .isEqualTo(other.fingerprint());
    assertThat(answers(second, other))
        .as("answers of an algorithm that was fitted to other data before")
        .isEqualTo(answers(fit(other), other));
    assertThat(answers(fit(algorithm, one, FitContext.standard()), one))
        .as("answers of a fit to the first data again")
        .isEqualTo(before);
  }

  @Test
  void oneThreadAndEightGiveTheSameBits() {
    Dataset data = MixedData.of(3);
    M one = fit(algorithm(), data, FitContext.standard().withThreads(1));
    for (int repeat = 0; repeat < 3; repeat++) {
      M eight = fit(algorithm(), data, FitContext.standard().withThreads(THREADS));
      assertThat(answers(eight, data))
          .as("answers of a model fitted by %s threads, beside those of one thread", THREADS)
          .isEqualTo(answers(one, data));
    }
  }

  @Test
  void orderInWhichTheDataCameDoesNotMatter() {
    Dataset data = MixedData.of(4);
    Dataset backwards = MixedData.backwards(4);
    assertThat(answers(fit(backwards), backwards))
        .as("answers of a model fitted to the same data, added from the last to the first")
        .isEqualTo(answers(fit(data), data));
  }

  @Test
  void interruptedFitIsCancelledAndTheFlagStaysSet() {
    for (int threads : new int[] {1, THREADS}) {
      A algorithm = algorithm();
      FitContext context = FitContext.standard().withThreads(threads);
      Thread.currentThread().interrupt();
      boolean flag;
      try {
        assertThatThrownBy(
                () -> fit(algorithm, board().data(), context),
                "fit on an interrupted thread: call context.checkCancelled()")
            .isInstanceOf(CancellationException.class);
      } finally {
        flag = Thread.interrupted();
      }
      assertThat(flag).as("the interrupt flag after a cancelled fit").isTrue();
      assertThat(answers(fit(algorithm, board().data(), context), board().data()))
          .as("answers of the same algorithm, fitted after it was cancelled")
          .isEqualTo(answers(model(), board().data()));
    }
  }

  @Test
  void progressIsToldOneStepAtATime() {
    AtomicBoolean inside = new AtomicBoolean();
    List<String> faults = Collections.synchronizedList(new ArrayList<>());
    List<Progress> heard = Collections.synchronizedList(new ArrayList<>());
    FitContext context =
        FitContext.standard()
            .withThreads(THREADS)
            .withListener(
                progress -> {
                  if (!inside.compareAndSet(false, true)) {
                    faults.add("two calls at once: " + progress);
                  }
                  heard.add(progress);
                  LockSupport.parkNanos(20_000);
                  inside.set(false);
                });
    fit(algorithm(), MixedData.of(5), context);
    assertThat(faults).as("calls of the progress listener").isEmpty();
    for (Progress progress : heard) {
      assertThat(progress.phase()).as("phase").isNotBlank();
      assertThat(progress.done()).as("done").isBetween(0L, progress.total());
      assertThat(progress.elapsed().isNegative()).as("elapsed is negative").isFalse();
    }
  }

  @Test
  void manyThreadsGetTheSameAnswersAsOne() throws InterruptedException, ExecutionException {
    Dataset data = MixedData.of(6);
    M asked = fit(data);
    List<?> expected = answers(asked, data);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<?>>> given = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        given.add(
            pool.submit(
                () -> {
                  start.await();
                  return answers(asked, data);
                }));
      }
      for (Future<List<?>> answers : given) {
        assertThat(answers.get())
            .as("answers to one of %s threads that ask at once", THREADS)
            .isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void savedModelAnswersAlikeAfterLoading(@TempDir Path folder) {
    Path file = folder.resolve("model.safetensors");
    for (Dataset data : List.of(board().data(), MixedData.of(7))) {
      M fitted = fit(data);
      Models.save(fitted, file);
      M loaded = load(file, Plugins.of(provider()));
      assertThat(loaded.provenance())
          .as("provenance of a model that was saved and loaded")
          .isEqualTo(fitted.provenance());
      assertThat(loaded.capabilities())
          .as("capabilities of a model that was saved and loaded")
          .isEqualTo(fitted.capabilities());
      assertThat(answers(loaded, data))
          .as("answers of a model that was saved and loaded: to the bit those of before")
          .isEqualTo(answers(fitted, data));
    }
  }

  @Test
  void modelThatIsSavedAgainGivesTheSameBytes(@TempDir Path folder) throws IOException {
    Path first = folder.resolve("first.safetensors");
    Path again = folder.resolve("again.safetensors");
    Dataset data = MixedData.of(8);
    Models.save(fit(data), first);
    Models.save(load(first, Plugins.of(provider())), again);
    assertThat(Arrays.equals(Files.readAllBytes(first), Files.readAllBytes(again)))
        .as("a loaded model that is saved again gives the same file")
        .isTrue();
    Models.save(fit(data), again);
    assertThat(Arrays.equals(Files.readAllBytes(first), Files.readAllBytes(again)))
        .as("a second fit to the same data gives the same file")
        .isTrue();
  }

  @Test
  void damagedModelFileIsReadOrRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Models.save(model(), file);
    byte[] sound = Files.readAllBytes(file);
    Plugins plugins = Plugins.of(provider());
    SplittableRandom random = new SplittableRandom(9);
    for (int damage = 0; damage < DAMAGES; damage++) {
      byte[] damaged = sound.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      try {
        assertThat(load(file, plugins)).as("a model that was loaded").isNotNull();
      } catch (ModelFormatException e) {
        assertThat(e).hasMessageContaining(file.toString());
      } catch (IllegalArgumentException e) {
        // The damage met the provider's name.
        assertThat(e).hasMessageContaining(file.toString());
      }
      Files.write(file, Arrays.copyOf(sound, random.nextInt(sound.length)));
      assertThatThrownBy(() -> load(file, plugins), "loading a model file that was cut short")
          .isInstanceOf(ModelFormatException.class);
    }
  }

  @Test
  void modelCannotBeChanged() {
    for (Class<?> type = model().getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          assertThat(Modifier.isFinal(field.getModifiers()))
              .as(
                  "%s is final: a model is immutable, and what it computes late stands in a"
                      + " thread-safe holder",
                  field)
              .isTrue();
        }
      }
    }
    assertThatThrownBy(
            () -> model().capabilities().add(Capability.EXPLAIN),
            "changing the capabilities of the model from outside")
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
