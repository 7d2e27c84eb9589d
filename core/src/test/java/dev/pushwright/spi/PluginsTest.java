// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pushwright.api.Capability;
import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.TextAnalyzer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class PluginsTest {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Plugins.class);

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @TempDir Path folder;

  @BeforeEach
  void listenToTheLog() {
    logged.start();
    LOG.addAppender(logged);
    LOG.setLevel(Level.WARN);
    LOG.setAdditive(false);
  }

  @AfterEach
  void leaveTheLogAsItWas() {
    LOG.detachAppender(logged);
    LOG.setLevel(null);
    LOG.setAdditive(true);
  }

  private List<String> warnings() {
    return logged.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static URLClassLoader loader(URL... jars) {
    return new URLClassLoader(jars, PluginsTest.class.getClassLoader());
  }

  private PluginJar jar() {
    return new PluginJar(folder);
  }

  @Test
  void providersOfAJarAreFoundByNameAndMakeAlgorithms() throws IOException {
    URL url = jar().recommender("One", "one", "").recommender("Two", "two-2", "").write("a.jar");
    try (URLClassLoader loader = loader(url)) {
      Plugins plugins = Plugins.load(loader);
      assertThat(plugins.problems()).isEmpty();
      assertThat(plugins.recommenders()).containsExactly("one", "two-2");
      assertThat(plugins.profilers()).isEmpty();
      assertThat(plugins.generators()).isEmpty();
      assertThat(plugins.recommender("one").getClass().getName()).isEqualTo("plugin.One");
      assertThat(plugins.recommender("one", Options.of("depth", "4"))).isNotNull();
      assertThatThrownBy(() -> plugins.recommender("one", Options.of("dept", 4)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"dept\"")
          .hasMessageContaining("did you mean \"depth\"?");
    }
  }

  @Test
  void contextClassLoaderIsAskedUnlessALoaderIsNamed() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader context = loader(jar().recommender("One", "one", "").write("a.jar"));
        URLClassLoader named = loader(jar().recommender("Two", "two", "").write("b.jar"))) {
      thread.setContextClassLoader(context);
      assertThat(Plugins.load().recommenders()).contains("one").doesNotContain("two");
      assertThat(Plugins.load(named).recommenders()).contains("two").doesNotContain("one");
      thread.setContextClassLoader(null);
      assertThat(Plugins.load().recommenders()).doesNotContain("one", "two");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void brokenProvidersAreLeftOutAndReportedAndTheOthersWork() throws IOException {
    URL url =
        jar()
            .recommender("First", "first", "")
            .recommender("Throws", "throws", "public Throws() { throw new Error(\"in ctor\"); }")
            .recommender("Hidden", "hidden", "private Hidden() {}")
            .recommender("Static", "static", "static { if (true) throw new Error(\"static\"); }")
            .recommender("Orphan", "orphan", "Object o = new Parent();")
            .source("Parent", "class Parent {}")
            .recommender("Heir", "heir", "static class In extends Gone {} Object o = new In();")
            .source("Gone", "class Gone {}")
            .without("Gone")
            .without("Parent")
            .source("Lost", "public class Lost {}")
            .source("Child", "public class Child extends Lost {}")
            .without("Lost")
            .service("RecommenderProvider", "plugin.Child")
            .service("RecommenderProvider", "plugin.Missing")
            .source("Alien", "public class Alien {}")
            .service("RecommenderProvider", "plugin.Alien")
            .recommender("BadName", "Bad Name", "")
            .recommender("NoText", "no-text", "public String description() { return null; }")
            .recommender("NoOptions", "no-options", "public OptionSet options() { return null; }")
            .recommender(
                "NoPowers", "no-powers", "public Set<Capability> capabilities() { return null; }")
            .recommender(
                "Asserts",
                "asserts",
                "public OptionSet options() { throw new AssertionError(\"no options\"); }")
            .recommender("Deep", "deep", "public String description() { return description(); }")
            .recommender(
                "Sneaky",
                "sneaky",
                "public String description() { return Sneaky.<RuntimeException>sneak(); }"
                    + " @SuppressWarnings(\"unchecked\") static <X extends Throwable> String"
                    + " sneak() throws X { throw (X) new java.io.IOException(\"checked\"); }")
            .recommender("Last", "last", "")
            .write("a.jar");
    try (URLClassLoader loader = loader(url)) {
      Plugins plugins = Plugins.load(loader);
      assertThat(plugins.recommenders()).containsExactly("first", "last");
      assertThat(plugins.recommender("last")).isNotNull();
      String problems = plugins.problems().toString();
      assertThat(problems)
          .contains("plugin.Throws", "in ctor")
          .contains("plugin.Hidden")
          .contains("static")
          .contains("plugin/Parent")
          .contains("plugin/Gone")
          .contains("NoClassDefFoundError: plugin/Lost", "add the jar")
          .contains("plugin.Missing")
          .contains("plugin.Alien")
          .contains("plugin.BadName", "\"Bad Name\"")
          .contains("plugin.NoText", "description() gave null")
          .contains("plugin.NoOptions", "options() gave null")
          .contains("plugin.NoPowers", "capabilities() gave null")
          .contains("plugin.Asserts", "no options")
          .contains("plugin.Deep", "StackOverflowError")
          .contains("plugin.Sneaky", "checked");
      assertThat(plugins.problems()).hasSize(15);
      assertThat(plugins.describe()).contains("left out:", "plugin.Missing", "plugin.Deep");
      assertThatThrownBy(() -> plugins.recommender("throws"))
          .hasMessageContaining("15 left out, see describe()");
    }
  }

  @Test
  void servicesFileThatCannotBeReadDoesNotHurtOtherJars() throws IOException {
    URL garbled =
        jar()
            .recommender("One", "one", "")
            .service("RecommenderProvider", "this is no class name")
            .write("a.jar");
    URL fine = jar().recommender("Two", "two", "").write("b.jar");
    try (URLClassLoader loader = loader(garbled, fine)) {
      Plugins plugins = Plugins.load(loader);
      assertThat(plugins.recommenders()).contains("two");
      assertThat(plugins.problems()).hasSize(1);
      assertThat(plugins.problems().get(0).reason()).contains("a.jar");
      assertThat(warnings()).hasSize(1);
      assertThat(warnings().get(0)).startsWith("plug-in ").contains("left out", "a.jar");
    }
  }

  @Test
  void whatIsLeftOutIsLoggedOnceForEachLoaderAndCause() throws IOException {
    URL url = jar().recommender("One", "One", "").recommender("Two", "two", "").write("a.jar");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = loader(url);
        URLClassLoader other = loader(url)) {
      thread.setContextClassLoader(loader);
      for (int i = 0; i < 3; i++) {
        assertThat(Plugins.load().problems()).hasSize(1);
        assertThat(Plugins.load(loader).problems()).hasSize(1);
        assertThat(warnings()).hasSize(1);
      }
      Plugins.load(other);
      assertThat(warnings()).hasSize(2);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void twoProvidersOfOneNameAreRefusedNamingBothClassesAndJars() throws IOException {
    URL a = jar().recommender("One", "twin", "").recommender("Own", "own", "").write("a.jar");
    URL b = jar().recommender("Two", "twin", "").write("b.jar");
    try (URLClassLoader loader = loader(a, b)) {
      Plugins plugins = Plugins.load(loader);
      assertThatThrownBy(() -> plugins.recommender("twin"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("plugin.One in " + a)
          .hasMessageContaining("plugin.Two in " + b)
          .hasMessageContaining("\"twin\"");
      assertThat(plugins.recommender("own")).isNotNull();
      assertThat(plugins.recommenders()).containsExactly("own");
      assertThat(plugins.describe()).contains("twin (REFUSED: name taken twice)");
    }
  }

  @Test
  void nameThatIsTakenTwiceIsToldOnceAmongWhatWasLeftOut() throws IOException {
    URL a = jar().recommender("One", "twin", "").write("a.jar");
    URL b = jar().recommender("Two", "twin", "").write("b.jar");
    try (URLClassLoader loader = loader(a, b)) {
      Plugins plugins = Plugins.load(loader).with(new Named("more"));
      assertThat(plugins.problems())
          .singleElement()
          .satisfies(
              problem ->
                  assertThat(problem.reason())
                      .contains("\"twin\"", "plugin.One in " + a, "plugin.Two in " + b, "take"));
      assertThat(warnings())
          .containsExactly(
              "plug-in "
                  + RecommenderProvider.class.getName()
                  + " left out: "
                  + plugins.problems().get(0).reason());
      assertThat(plugins.describe()).contains("left out:", plugins.problems().get(0).reason());
      assertThatThrownBy(() -> plugins.recommender("twins"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Known: more; 1 left out");
    }
  }

  @Test
  void oneProviderSeenThroughTwoLoadersIsOne() throws IOException {
    URL url = jar().recommender("One", "one", "").write("a.jar");
    try (URLClassLoader parent = loader(url);
        URLClassLoader child = new URLClassLoader(new URL[0], parent);
        URLClassLoader twin = loader(url)) {
      Provider<?> fromChild = Plugins.load(child).recommender("one");
      Provider<?> fromTwin = Plugins.load(twin).recommender("one");
      assertThat(fromTwin.getClass()).isNotSameAs(fromChild.getClass());
      Plugins plugins = Plugins.load(parent).with(fromChild, fromTwin);
      assertThat(plugins.recommender("one").getClass()).isSameAs(fromChild.getClass());
    }
  }

  @Test
  void oneClassInTwoJarsIsRefused() throws IOException {
    URL a = jar().recommender("One", "one", "").write("a.jar");
    URL b = jar().recommender("One", "one", "").write("b.jar");
    try (URLClassLoader first = loader(a);
        URLClassLoader second = loader(b)) {
      Plugins plugins = Plugins.load(first).with(Plugins.load(second).recommender("one"));
      assertThatThrownBy(() -> plugins.recommender("one"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(a.toString())
          .hasMessageContaining(b.toString());
    }
  }

  @Test
  void unknownNameListsWhatIsThereAndTheNearest() {
    Plugins plugins = Plugins.of(new Named("item-knn"), new Named("popularity"));
    assertThatThrownBy(() -> plugins.recommender("item-kn"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "there is no recommender \"item-kn\"; did you mean \"item-knn\"? Known: item-knn,"
                + " popularity. To mend: ");
    assertThatThrownBy(() -> plugins.recommender("word2vec"))
        .hasMessageStartingWith(
            "there is no recommender \"word2vec\". Known: item-knn, popularity. To mend: ");
  }

  @Test
  void refusedOptionIsNamedWithThePluginItWasFor() {
    Plugins plugins = Plugins.of(new Named("item-knn"));
    assertThatThrownBy(() -> plugins.recommender("item-knn", Options.of("lamda", 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("recommender \"item-knn\": there is no option \"lamda\"");
  }

  @Test
  void emptyRegistryTellsAboutFatJarsAndTheWayRound() {
    assertThatThrownBy(() -> Plugins.of().profiler("tfidf"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no profiler \"tfidf\", nor any other profiler. To mend: ")
        .hasMessageContaining("fat jar")
        .hasMessageContaining("META-INF/services")
        .hasMessageContaining("Plugins.load(loader)")
        .hasMessageContaining("Plugins.of(provider)");
  }

  @Test
  void providersGivenByHandNeedNoLookUp() {
    Named given = new Named("given");
    Plugins plugins = Plugins.of().with(given);
    assertThat(plugins.recommender("given")).isSameAs(given);
    assertThat(plugins.with(new Named("more")).recommenders()).containsExactly("given", "more");
    assertThat(plugins.recommenders()).containsExactly("given");
    assertThat(Plugins.of(new Named("NO")).problems()).hasSize(1);
    assertThat(Plugins.of(new Named("NO")).with(given).problems()).hasSize(1);
  }

  // "svd++" is what its paper and every reader calls it.
  @Test
  void nameMayHavePlusSignsButNotAtItsStart() {
    assertThat(Plugins.of(new Named("svd++")).recommenders()).containsExactly("svd++");
    assertThat(Plugins.of(new Named("+svd")).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).contains("\"+svd\"", "plus signs"));
  }

  @Test
  void oneNameInTwoRolesIsNoClash() {
    Plugins plugins =
        Plugins.of(new Named("same"), new SameProfiler(), new SameGenerator(), new Spaces("same"));
    assertThat(plugins.recommender("same")).isInstanceOf(Named.class);
    assertThat(plugins.profiler("same")).isInstanceOf(SameProfiler.class);
    assertThat(plugins.generator("same")).isInstanceOf(SameGenerator.class);
    assertThat(plugins.profiler("same", Options.none())).isNotNull();
    assertThat(plugins.generator("same", Options.none())).isNotNull();
    assertThat(plugins.textAnalyzer("same")).isInstanceOf(Spaces.class);
    assertThat(plugins.textAnalyzer("same", Options.none()).words("a b")).hasSize(2);
  }

  @Test
  void textAnalyzerOfAJarIsFoundByNameLikeEveryOtherPlugin() throws IOException {
    URL url =
        jar()
            .source(
                "Letters",
                "public class Letters implements TextAnalyzerProvider {"
                    + " public String name() { return \"letters\"; }"
                    + " public String description() { return \"Letters.\"; }"
                    + " public OptionSet options() { return OptionSet.of(); }"
                    + " public TextAnalyzer create(Options options) { options().resolve(options);"
                    + " return text -> text.chars().mapToObj(c -> String.valueOf((char) c))"
                    + ".map(c -> new TextAnalyzer.Word(c, c)).toList(); } }")
            .service("TextAnalyzerProvider", "plugin.Letters")
            .service("TextAnalyzerProvider", "plugin.Missing")
            .write("a.jar");
    try (URLClassLoader loader = loader(url)) {
      Plugins plugins = Plugins.load(loader);
      assertThat(plugins.textAnalyzers()).containsExactly("letters");
      assertThat(plugins.problems()).hasSize(1);
      assertThat(plugins.describe())
          .contains("text analyzers:\n  letters: Letters.\n    from plugin.Letters in " + url);
      assertThat(plugins.textAnalyzer("letters", Options.none()).words("ab"))
          .extracting(TextAnalyzer.Word::key)
          .containsExactly("a", "b");
    }
  }

  @Test
  void textAnalyzersAreRefusedAsOtherPluginsAre() {
    Plugins plugins = Plugins.of(new Spaces("spaces"), new Spaces("tabs"));
    assertThatThrownBy(() -> plugins.textAnalyzer("space"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "there is no text analyzer \"space\"; did you mean \"spaces\"? Known: spaces, tabs."
                + " To mend: ");
    Plugins twice = Plugins.of(new Spaces("spaces"), new OtherSpaces());
    assertThatThrownBy(() -> twice.textAnalyzer("spaces"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 providers of the text analyzer \"spaces\"")
        .hasMessageContaining(OtherSpaces.class.getName());
  }

  @Test
  void descriptionTellsWhatIsThereFromWhereAndWhatCanBeSet() {
    assertThat(Plugins.of(new Named("given"), new SameProfiler()).describe())
        .isEqualTo(
            """
            profilers:
              same: A profiler.
                from %2$s in %3$s
                can []
            recommenders:
              given: A recommender.
                from %1$s in %3$s
                can [FOLD_IN]
                depth (default 3; 1 to 9): How deep.
            generators:
            text analyzers:
            """
                .formatted(
                    Named.class.getName(),
                    SameProfiler.class.getName(),
                    Named.class.getProtectionDomain().getCodeSource().getLocation()));
  }

  /** A recommender's provider of any name. */
  private record Named(String name) implements RecommenderProvider {
    @Override
    public String description() {
      return "A recommender.";
    }

    @Override
    public OptionSet options() {
      return OptionSet.of(OptionSpec.integer("depth", 3, 1, 9, "How deep."));
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.FOLD_IN);
    }

    @Override
    public Recommender create(Options options) {
      throw new UnsupportedOperationException(options().resolve(options).toString());
    }
  }

  private static final class SameProfiler implements ProfilerProvider {
    @Override
    public String name() {
      return "same";
    }

    @Override
    public String description() {
      return "A profiler.";
    }

    @Override
    public OptionSet options() {
      return OptionSet.of();
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public Profiler create(Options options) {
      return (data, context) -> {
        throw new UnsupportedOperationException();
      };
    }
  }

  private static final class SameGenerator implements ContentGeneratorProvider {
    @Override
    public String name() {
      return "same";
    }

    @Override
    public String description() {
      return "A generator.";
    }

    @Override
    public OptionSet options() {
      return OptionSet.of();
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public ContentGenerator create(Options options) {
      return (data, context) -> {
        throw new UnsupportedOperationException();
      };
    }
  }

  private record Spaces(String name) implements TextAnalyzerProvider {
    @Override
    public String description() {
      return "Cuts at spaces.";
    }

    @Override
    public OptionSet options() {
      return OptionSet.of();
    }

    @Override
    public TextAnalyzer create(Options options) {
      return text ->
          Arrays.stream(text.split(" ", -1)).map(w -> new TextAnalyzer.Word(w, w)).toList();
    }
  }

  private static final class OtherSpaces implements TextAnalyzerProvider {
    @Override
    public String name() {
      return "spaces";
    }

    @Override
    public String description() {
      return "Cuts at spaces too.";
    }

    @Override
    public OptionSet options() {
      return OptionSet.of();
    }

    @Override
    public TextAnalyzer create(Options options) {
      return text -> List.of();
    }
  }
}
