// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Model;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.data.UserItems;
import dev.pushwright.data.Weighting;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelsTest {

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00.000000007Z");

  private static final Dataset DATA =
      Dataset.builder()
          .add(Item.of("d"))
          .add(User.of("ann").with("region", "north"))
          .add(User.of("bob").with("region", "süd"))
          .add(User.of("cat").with("region", "nobody acts here"))
          .add(User.of("dan"))
          .add(Interaction.view("ann", "a", DAY))
          .add(Interaction.purchase("ann", "b", 1, 2, DAY))
          .add(Interaction.purchase("bob", "a", 1, 2, DAY))
          .add(Interaction.of(EventType.IMPRESSION, "bob", "d", DAY))
          .add(Interaction.view("dan", "c", DAY))
          .build();

  /** Everybody gets the fallback. */
  private static class Fallback implements RecommenderProvider {
    private final int smallest;

    Fallback(int smallest) {
      this.smallest = smallest;
    }

    @Override
    public String name() {
      return "fallback";
    }

    @Override
    public String description() {
      return "The fallback.";
    }

    @Override
    public OptionSet options() {
      return OptionSet.of(OptionSpec.integer("depth", 7, smallest, 9, "How deep."));
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.EXPLAIN);
    }

    @Override
    public Recommender create(Options options) {
      Settings settings = options().resolve(options);
      return (data, context) ->
          model(
              Provenance.of(name(), settings.asText(), data.fingerprint()),
              TrainedUsers.of(data, Weighting.parse("VIEW:1@14, PURCHASE>=0.5:5*log"), "region"));
    }

    @Override
    public RecommenderModel read(ModelReader in, Provenance provenance) {
      return model(provenance, TrainedUsers.read(in));
    }

    private RecommenderModel model(Provenance provenance, TrainedUsers trained) {
      return new ScoringModel(provenance, capabilities(), trained) {
        @Override
        protected boolean score(OptionalInt user, UserItems items, float[] scores) {
          return false;
        }
      };
    }
  }

  private static final Plugins PLUGINS = Plugins.of(new Fallback(1));

  @TempDir Path folder;

  private Path saved() {
    Path file = folder.resolve("model.safetensors");
    Models.save(new Fallback(1).create(Options.of("depth", 3)).fit(DATA), file);
    return file;
  }

  /** A copy of a file with some metadata changed, or taken away by an empty text. */
  private Path with(Map<String, String> changes) {
    Path copy = folder.resolve("changed.safetensors");
    try (TensorFile in = TensorFile.open(saved())) {
      TensorFileWriter out = new TensorFileWriter();
      in.metadata()
          .forEach(
              (key, value) -> {
                String now = changes.getOrDefault(key, value);
                if (!now.isEmpty()) {
                  out.metadata(key, now);
                }
              });
      for (String name : in.names()) {
        copy(in, out, name, name);
      }
      out.write(copy);
    }
    return copy;
  }

  private static void copy(TensorFile in, TensorFileWriter out, String name, String as) {
    long[] shape = in.shape(name).stream().mapToLong(Long::longValue).toArray();
    switch (in.dtype(name)) {
      case F32 -> out.floats(as, in.floats(name), shape);
      case F64 -> out.doubles(as, in.doubles(name), shape);
      case I32 -> out.ints(as, in.ints(name), shape);
      case I64 -> out.longs(as, in.longs(name), shape);
      case U8 -> out.bytes(as, in.bytes(name), shape);
    }
  }

  @Test
  void loadedModelAnswersAsTheSavedOne() {
    RecommenderModel fitted = new Fallback(1).create(Options.of("depth", 3)).fit(DATA);
    Path file = saved();
    RecommenderModel loaded = Models.loadRecommender(file, PLUGINS);
    assertThat(loaded.provenance()).isEqualTo(fitted.provenance());
    for (String user : List.of("ann", "bob", "cat", "dan", "nobody")) {
      for (String segment : List.of("", "north", "süd", "nobody acts here")) {
        RecommendationQuery.Builder query = RecommendationQuery.forUser(user).explain(true);
        RecommendationQuery asked =
            segment.isEmpty() ? query.build() : query.segment(segment).build();
        assertThat(loaded.recommend(asked)).isEqualTo(fitted.recommend(asked));
      }
    }
    assertThat(Models.load(file, PLUGINS)).isInstanceOf(RecommenderModel.class);
  }

  @Test
  void metadataSayWhatTheFileIs() {
    try (TensorFile file = TensorFile.open(saved())) {
      assertThat(file.metadata())
          .containsEntry("pushwright.format", "1")
          .containsEntry("pushwright.role", "recommender")
          .containsEntry("pushwright.provider", "fallback")
          .containsEntry("pushwright.version", Provenance.of("", Map.of(), "").version())
          .containsEntry("pushwright.data", DATA.fingerprint())
          .containsEntry("pushwright.matmul", "java")
          .containsEntry("pushwright.option.depth", "3")
          .containsEntry("model.trained.at", "2025-06-01T00:00:00.000000007Z")
          .containsEntry("model.trained.weighting.rules", "VIEW:1@14, PURCHASE>=0.5:5*log");
      assertThat(file.texts("trained.items")).containsExactly("a", "b", "c", "d");
      assertThat(file.texts("trained.popularity.segmentNames"))
          .containsExactly("north", "süd", "nobody acts here");
    }
  }

  @Test
  void fileThatDoesNotTellTheTierOfItsProductsIsReadAndSavedAsItIs() {
    Path old = with(Map.of("pushwright.matmul", ""));
    RecommenderModel loaded = Models.loadRecommender(old, PLUGINS);
    assertThat(loaded.provenance().matmul()).isEmpty();
    Path again = folder.resolve("again.safetensors");
    Models.save(loaded, again);
    assertThat(again).hasSameBinaryContentAs(old);
  }

  @Test
  void fileOfANewerFormatIsRefused() {
    assertThatThrownBy(() -> Models.load(with(Map.of("pushwright.format", "2")), PLUGINS))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("changed.safetensors")
        .hasMessageContaining("format 2")
        .hasMessageContaining("up to 1")
        .hasMessageContaining("update");
  }

  @Test
  void formatThatIsNoVersionIsRefused() {
    for (String format : List.of("0", "-1", "1.0", "one", "99999999999999999999")) {
      assertThatThrownBy(() -> Models.load(with(Map.of("pushwright.format", format)), PLUGINS))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(format);
    }
  }

  @Test
  void tensorsOfSomebodyElseAreNoModel() {
    Path file = folder.resolve("other.safetensors");
    new TensorFileWriter().floats("weight", new float[4], 2, 2).write(file);
    assertThatThrownBy(() -> Models.load(file, PLUGINS))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("no model of Pushwright");
  }

  @Test
  void metadataThatAreMissingAreNamed() {
    for (String key :
        List.of(
            "pushwright.role", "pushwright.provider", "pushwright.version", "pushwright.data")) {
      assertThatThrownBy(() -> Models.load(with(Map.of(key, "")), PLUGINS))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(key);
    }
  }

  @Test
  void modelOfAnotherRoleIsRefused() {
    Path file = saved();
    assertThatThrownBy(() -> Models.loadProfiler(file, PLUGINS))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("model of a recommender (fallback)")
        .hasMessageContaining("profiler");
    assertThatThrownBy(() -> Models.loadGenerator(file, PLUGINS))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("generator");
    assertThatThrownBy(() -> Models.load(with(Map.of("pushwright.role", "oracle")), PLUGINS))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("oracle")
        .hasMessageContaining("profiler, recommender, generator");
  }

  @Test
  void providerThatIsNotInstalledIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> Models.load(with(Map.of("pushwright.provider", "falback")), PLUGINS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("changed.safetensors")
        .hasMessageContaining("\"falback\"")
        .hasMessageContaining("fallback");
  }

  @Test
  void optionsThatAreNoLongerAllowedAreNamed() {
    Path file = saved();
    assertThatThrownBy(() -> Models.load(file, Plugins.of(new Fallback(4))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("fallback")
        .hasMessageContaining("depth is 3")
        .hasMessageContaining("4 to 9");
  }

  @Test
  void modelOrProviderThatDoesNotSaveSaysSo() {
    Model model =
        new Model() {
          @Override
          public Provenance provenance() {
            return Provenance.of("odd", Map.of(), "");
          }

          @Override
          public Set<Capability> capabilities() {
            return Set.of();
          }
        };
    assertThatThrownBy(() -> model.save(new ModelWriter(new TensorFileWriter())))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("odd");
    assertThatThrownBy(() -> Models.save(model, folder.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none of the roles");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void missingFileIsAnInputError() {
    assertThatThrownBy(() -> Models.load(folder.resolve("none"), PLUGINS))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(Files.exists(folder.resolve("none"))).isFalse();
  }

  @Test
  void providerThatTripsOverAFileIsNamed() {
    Path file = saved();
    RecommenderProvider clumsy =
        new Fallback(1) {
          @Override
          public RecommenderModel read(ModelReader in, Provenance provenance) {
            throw new IllegalStateException("tripped");
          }
        };
    assertThatThrownBy(() -> Models.load(file, Plugins.of(clumsy)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(clumsy.getClass().getName())
        .hasMessageContaining("tripped")
        .hasMessageContaining(file.toString());
  }

  private static Arguments nonsense(String tensor, Consumer<TensorFileWriter> instead) {
    return Arguments.of(tensor, instead);
  }

  // DATA: users ann, bob, cat, dan; items a, b, c, d; weights of ann on a and b, bob on a, dan on
  // c.
  static Stream<Arguments> nonsense() {
    return Stream.of(
        nonsense("trained.weights.starts", w -> ints(w, "trained.weights.starts", 1, 2, 3, 3, 4)),
        nonsense("trained.weights.starts", w -> ints(w, "trained.weights.starts", 0, 2, 3, 3, 3)),
        nonsense("trained.weights.starts", w -> ints(w, "trained.weights.starts", 0, 3, 2, 3, 4)),
        nonsense("trained.weights.starts", w -> ints(w, "trained.weights.starts", 0, 9, 9, 9, 4)),
        nonsense("trained.weights.starts", w -> ints(w, "trained.weights.starts", 0, -1, 3, 3, 4)),
        nonsense("trained.weights.starts", w -> ints(w, "trained.weights.starts", 0, 2, 4)),
        nonsense("trained.weights.starts", w -> ints(w, "trained.weights.starts")),
        nonsense("trained.weights.columns", w -> ints(w, "trained.weights.columns", 0, 4, 0, 2)),
        nonsense("trained.weights.columns", w -> ints(w, "trained.weights.columns", -1, 1, 0, 2)),
        nonsense("trained.weights.columns", w -> ints(w, "trained.weights.columns", 1, 0, 0, 2)),
        nonsense("trained.weights.columns", w -> ints(w, "trained.weights.columns", 1, 1, 0, 2)),
        nonsense("trained.weights.columns", w -> ints(w, "trained.weights.columns", 0, 1, 0)),
        nonsense("trained.weights.values", w -> floats(w, "trained.weights.values", 1, 1, 1)),
        nonsense("trained.weights.values", w -> floats(w, "trained.weights.values", 1, 1, 1, 0)),
        nonsense("trained.weights.values", w -> floats(w, "trained.weights.values", 1, 1, -1, 1)),
        nonsense(
            "trained.weights.values", w -> floats(w, "trained.weights.values", 1, Float.NaN, 1, 1)),
        nonsense(
            "trained.weights.values",
            w -> floats(w, "trained.weights.values", Float.POSITIVE_INFINITY, 1, 1, 1)),
        nonsense(
            "trained.weights.values", w -> floats(w, "trained.weights.values", 1e38f, 1, 1, 1)),
        nonsense("trained.types", w -> w.bytes("trained.types", new byte[] {0, 1, -1, 0}, 4)),
        nonsense("trained.types", w -> w.bytes("trained.types", new byte[3], 3)),
        nonsense("trained.typeNames", w -> w.texts("trained.typeNames", List.of("TELEPATHY"))),
        nonsense(
            "trained.users", w -> w.texts("trained.users", List.of("bob", "ann", "cat", "dan"))),
        nonsense(
            "trained.users", w -> w.texts("trained.users", List.of("ann", "ann", "cat", "dan"))),
        nonsense("trained.users", w -> w.texts("trained.users", List.of(" ", "ann", "bob", "cat"))),
        nonsense("trained.users", w -> w.texts("trained.users", List.of("ann", "bob"))),
        nonsense("trained.items", w -> w.texts("trained.items", List.of("a", "b", "c"))),
        nonsense("trained.items", w -> w.texts("trained.items", List.of())),
        nonsense("trained.seen.columns", w -> ints(w, "trained.seen.columns", 0, 1, 0, 7)),
        nonsense(
            "trained.popularity.everybody",
            w -> floats(w, "trained.popularity.everybody", 1, 1, 1)),
        nonsense(
            "trained.popularity.everybody",
            w -> floats(w, "trained.popularity.everybody", 1, 1, Float.NaN, 1)),
        nonsense(
            "trained.popularity.segments",
            w -> floats(w, "trained.popularity.segments", 1, 1, 1, 1, 1)),
        nonsense(
            "trained.popularity.segments",
            w -> w.floats("trained.popularity.segments", new float[16], 4, 4)),
        nonsense(
            "trained.popularity.segmentOfUser",
            w -> ints(w, "trained.popularity.segmentOfUser", 0, 1, 3, -1)),
        nonsense(
            "trained.popularity.segmentOfUser",
            w -> ints(w, "trained.popularity.segmentOfUser", 0, 1, 2, -2)),
        nonsense(
            "trained.popularity.segmentOfUser",
            w -> ints(w, "trained.popularity.segmentOfUser", 0, 1)),
        nonsense("model.trained.at", w -> w.metadata("model.trained.at", "yesterday")),
        nonsense(
            "model.trained.weighting.rules",
            w -> w.metadata("model.trained.weighting.rules", "VIEW:many")),
        nonsense(
            "model.trained.weighting.rules", w -> w.metadata("model.trained.weighting.rules", "")),
        nonsense(
            "model.trained.weighting.combine",
            w -> w.metadata("model.trained.weighting.combine", "MIX")));
  }

  private static void ints(TensorFileWriter out, String name, int... values) {
    out.ints(name, values, values.length);
  }

  private static void floats(TensorFileWriter out, String name, float... values) {
    out.floats(name, values, values.length);
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("nonsense")
  void nonsenseInASoundLayoutIsRefusedByThePartItStandsIn(
      String replaced, Consumer<TensorFileWriter> instead) {
    Path file = folder.resolve("nonsense.safetensors");
    try (TensorFile in = TensorFile.open(saved())) {
      TensorFileWriter out = new TensorFileWriter();
      in.metadata()
          .forEach(
              (key, value) -> {
                if (!key.equals(replaced)) {
                  out.metadata(key, value);
                }
              });
      for (String name : in.names()) {
        if (!name.equals(replaced) && !name.matches(replaced + "\\.(utf8|ends)")) {
          copy(in, out, name, name);
        }
      }
      instead.accept(out);
      out.write(file);
    }
    assertThatThrownBy(() -> Models.load(file, PLUGINS))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("cannot be read by");
  }
}
