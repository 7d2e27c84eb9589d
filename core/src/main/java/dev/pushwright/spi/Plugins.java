// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import com.google.common.collect.MapMaker;
import com.google.common.collect.Sets;
import dev.pushwright.api.Capability;
import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.TextAnalyzer;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plug-ins that are there, by role and name. Immutable: a snapshot of one look at the class
 * path.
 *
 * <p>A provider that cannot be loaded, or does not keep to the rules, is left out and reported in
 * {@link #problems()}; the others work. So are two different providers of one role and name, and
 * who asks for that name is told of both.
 */
public final class Plugins {

  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9+-]*");

  // A services file that cannot be read makes the iterator fail again and again: enough is enough.
  private static final int MAX_FAILURES = 100;

  // What was logged of which class loader, which this does not keep from being collected.
  private static final Map<ClassLoader, Set<Problem>> LOGGED = new MapMaker().weakKeys().makeMap();

  private static final String REMEDY =
      "add the module that holds it to the class path; in a fat jar merge the META-INF/services"
          + " files; with a class loader of your own use Plugins.load(loader), or"
          + " Plugins.of(provider) without any look-up";

  /**
   * A provider that was left out.
   *
   * @param provider its class, or the service where the class is not known or there are several
   * @param reason why
   */
  public record Problem(String provider, String reason) {}

  private enum Role {
    PROFILER("profiler", ProfilerProvider.class),
    RECOMMENDER("recommender", RecommenderProvider.class),
    CONTENT_GENERATOR("generator", ContentGeneratorProvider.class),
    TEXT_ANALYZER("text analyzer", TextAnalyzerProvider.class);

    final String word;
    final Class<? extends Provider<?>> service;

    Role(String word, Class<? extends Provider<?>> service) {
      this.word = word;
      this.service = service;
    }
  }

  // What a provider said of itself when it was found; foreign code is not asked again.
  private record Entry(
      Provider<?> provider,
      String name,
      String description,
      OptionSet options,
      Set<Capability> capabilities) {}

  private final Map<Role, Map<String, List<Entry>>> found;
  private final List<Problem> rejected;
  private final List<Problem> problems;

  private Plugins(Collection<? extends Provider<?>> providers, Collection<Problem> before) {
    Map<Role, Map<String, List<Entry>>> byRole = new LinkedHashMap<>();
    List<Problem> rejected = new ArrayList<>(before);
    for (Role role : Role.values()) {
      byRole.put(role, new TreeMap<>());
    }
    for (Provider<?> provider : providers) {
      Entry entry = checked(provider, rejected);
      if (entry == null) {
        continue;
      }
      for (Role role : Role.values()) {
        if (role.service.isInstance(provider)) {
          List<Entry> sameName =
              Objects.requireNonNull(byRole.get(role))
                  .computeIfAbsent(entry.name(), n -> new ArrayList<>());
          if (sameName.stream().noneMatch(other -> same(other.provider(), provider))) {
            sameName.add(entry);
          }
        }
      }
    }
    this.found = byRole;
    this.rejected = List.copyOf(rejected);
    byRole.forEach(
        (role, names) ->
            names.forEach(
                (name, sameName) -> {
                  if (sameName.size() > 1) {
                    rejected.add(
                        new Problem(role.service.getName(), ambiguous(role, name, sameName)));
                  }
                }));
    this.problems = List.copyOf(rejected);
  }

  private static String ambiguous(Role role, String name, List<Entry> sameName) {
    return sameName.size()
        + " providers of the "
        + role.word
        + " \""
        + name
        + "\": "
        + String.join(" and ", sameName.stream().map(e -> whereabouts(e.provider())).toList())
        + "; take one of the jars away, or name the one to use with Plugins.of(provider)";
  }

  // One class found twice is one provider, also when two loaders read it from one place.
  private static boolean same(Provider<?> one, Provider<?> other) {
    if (one.getClass() == other.getClass()) {
      return true;
    }
    URL place = place(one);
    return one.getClass().getName().equals(other.getClass().getName())
        && place != null
        && place.toExternalForm().equals(String.valueOf(place(other)));
  }

  // A provider is foreign code: whatever its description does must not hurt the others.
  private static @Nullable Entry checked(Provider<?> provider, List<Problem> rejected) {
    String type = provider.getClass().getName();
    try {
      String name = provider.name();
      if (name == null || !NAME.matcher(name).matches()) {
        rejected.add(
            new Problem(
                type,
                "its name is \""
                    + name
                    + "\"; lower-case letters, digits, hyphens and plus signs are needed, a"
                    + " letter first"));
        return null;
      }
      return new Entry(
          provider,
          name,
          Objects.requireNonNull(provider.description(), "description() gave null"),
          Objects.requireNonNull(provider.options(), "options() gave null"),
          Set.copyOf(Objects.requireNonNull(provider.capabilities(), "capabilities() gave null")));
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      LOG.debug("provider {} left out", type, e);
      rejected.add(new Problem(type, e.toString()));
      return null;
    }
  }

  /**
   * Looks where a library is usually found: with the thread's context class loader, then with the
   * one that loaded this class. What is left out is logged as a warning, once for each loader and
   * cause.
   *
   * @return what is there
   */
  public static Plugins load() {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      loaders.add(context);
    }
    loaders.add(Plugins.class.getClassLoader());
    return load(loaders);
  }

  /**
   * Looks with one class loader only.
   *
   * @param loader the loader
   * @return what is there
   */
  public static Plugins load(ClassLoader loader) {
    return load(Set.of(loader));
  }

  private static Plugins load(Set<ClassLoader> loaders) {
    List<Provider<?>> providers = new ArrayList<>();
    Set<Problem> problems = new LinkedHashSet<>();
    for (ClassLoader loader : loaders) {
      for (Role role : Role.values()) {
        discover(role, loader, providers, problems);
      }
    }
    Plugins plugins = new Plugins(providers, problems);
    Set<Problem> logged =
        LOGGED.computeIfAbsent(loaders.iterator().next(), loader -> Sets.newConcurrentHashSet());
    for (Problem problem : plugins.problems) {
      if (logged.add(problem)) {
        LOG.warn("plug-in {} left out: {}", problem.provider(), problem.reason());
      }
    }
    return plugins;
  }

  private static void discover(
      Role role, ClassLoader loader, List<Provider<?>> providers, Set<Problem> problems) {
    Iterator<? extends Provider<?>> iterator = ServiceLoader.load(role.service, loader).iterator();
    for (int failures = 0; failures < MAX_FAILURES; ) {
      try {
        if (!iterator.hasNext()) {
          return;
        }
        providers.add(iterator.next());
      } catch (ServiceConfigurationError e) {
        failures++;
        LOG.debug("a {} could not be loaded", role.word, e);
        String cause = e.getCause() == null ? "" : " (" + e.getCause() + ")";
        problems.add(new Problem(role.service.getName(), e.getMessage() + cause));
      } catch (LinkageError e) {
        // Of one whose superclass is missing the ServiceLoader does not even tell the name.
        failures++;
        LOG.debug("a {} could not be loaded", role.word, e);
        problems.add(
            new Problem(
                role.service.getName(),
                "a provider is built on a class that cannot be loaded, "
                    + e
                    + "; add the jar that holds it"));
      }
    }
  }

  /**
   * These providers only, without any look-up.
   *
   * @param providers the providers
   * @return a registry of them
   */
  public static Plugins of(Provider<?>... providers) {
    return new Plugins(Arrays.asList(providers), List.of());
  }

  /**
   * These plug-ins and more.
   *
   * @param more further providers
   * @return a new registry
   */
  public Plugins with(Provider<?>... more) {
    List<Provider<?>> all = new ArrayList<>();
    found
        .values()
        .forEach(
            names ->
                names.values().forEach(list -> list.forEach(entry -> all.add(entry.provider()))));
    all.addAll(Arrays.asList(more));
    return new Plugins(all, rejected);
  }

  /**
   * What was left out, and why.
   *
   * @return an unmodifiable list, empty when all is well
   */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * The names of the profilers.
   *
   * @return the names in order, without those that are refused
   */
  public Set<String> profilers() {
    return names(Role.PROFILER);
  }

  /**
   * The names of the recommenders.
   *
   * @return the names in order, without those that are refused
   */
  public Set<String> recommenders() {
    return names(Role.RECOMMENDER);
  }

  /**
   * The names of the generators.
   *
   * @return the names in order, without those that are refused
   */
  public Set<String> generators() {
    return names(Role.CONTENT_GENERATOR);
  }

  /**
   * The names of the text analyzers.
   *
   * @return the names in order, without those that are refused
   */
  public Set<String> textAnalyzers() {
    return names(Role.TEXT_ANALYZER);
  }

  private Set<String> names(Role role) {
    Set<String> names = new LinkedHashSet<>();
    Objects.requireNonNull(found.get(role))
        .forEach(
            (name, sameName) -> {
              if (sameName.size() == 1) {
                names.add(name);
              }
            });
    return Collections.unmodifiableSet(names);
  }

  /**
   * A profiler's provider.
   *
   * @param name its name
   * @return the provider
   * @throws IllegalArgumentException when there is none of that name; the message lists what there
   *     is
   * @throws IllegalStateException when there are two; the message names both and where they are
   */
  public ProfilerProvider profiler(String name) {
    return (ProfilerProvider) find(Role.PROFILER, name);
  }

  /**
   * A recommender's provider.
   *
   * @param name its name
   * @return the provider
   * @throws IllegalArgumentException when there is none of that name; the message lists what there
   *     is
   * @throws IllegalStateException when there are two; the message names both and where they are
   */
  public RecommenderProvider recommender(String name) {
    return (RecommenderProvider) find(Role.RECOMMENDER, name);
  }

  /**
   * A generator's provider.
   *
   * @param name its name
   * @return the provider
   * @throws IllegalArgumentException when there is none of that name; the message lists what there
   *     is
   * @throws IllegalStateException when there are two; the message names both and where they are
   */
  public ContentGeneratorProvider generator(String name) {
    return (ContentGeneratorProvider) find(Role.CONTENT_GENERATOR, name);
  }

  /**
   * A text analyzer's provider.
   *
   * @param name its name
   * @return the provider
   * @throws IllegalArgumentException when there is none of that name; the message lists what there
   *     is
   * @throws IllegalStateException when there are two; the message names both and where they are
   */
  public TextAnalyzerProvider textAnalyzer(String name) {
    return (TextAnalyzerProvider) find(Role.TEXT_ANALYZER, name);
  }

  /**
   * A profiler, configured.
   *
   * @param name its name
   * @param options its options
   * @return the algorithm
   * @throws IllegalArgumentException for a name or an option that is not there, or a value that is
   *     not allowed
   */
  public Profiler profiler(String name, Options options) {
    return created(Role.PROFILER, profiler(name), options);
  }

  /**
   * A recommender, configured.
   *
   * @param name its name
   * @param options its options
   * @return the algorithm
   * @throws IllegalArgumentException for a name or an option that is not there, or a value that is
   *     not allowed
   */
  public Recommender recommender(String name, Options options) {
    return created(Role.RECOMMENDER, recommender(name), options);
  }

  /**
   * A generator, configured.
   *
   * @param name its name
   * @param options its options
   * @return the algorithm
   * @throws IllegalArgumentException for a name or an option that is not there, or a value that is
   *     not allowed
   */
  public ContentGenerator generator(String name, Options options) {
    return created(Role.CONTENT_GENERATOR, generator(name), options);
  }

  /**
   * A text analyzer, configured.
   *
   * @param name its name
   * @param options its options
   * @return the analyzer
   * @throws IllegalArgumentException for a name or an option that is not there, or a value that is
   *     not allowed
   */
  public TextAnalyzer textAnalyzer(String name, Options options) {
    return created(Role.TEXT_ANALYZER, textAnalyzer(name), options);
  }

  // An engine has options for several plug-ins: a refusal says whose they were.
  private static <A> A created(Role role, Provider<A> provider, Options options) {
    try {
      return provider.create(options);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          role.word + " \"" + provider.name() + "\": " + e.getMessage(), e);
    }
  }

  private Provider<?> find(Role role, String name) {
    List<Entry> sameName = Objects.requireNonNull(found.get(role)).getOrDefault(name, List.of());
    if (sameName.isEmpty()) {
      String leftOut =
          problems.isEmpty() ? "" : "; " + problems.size() + " left out, see describe()";
      throw new IllegalArgumentException(
          Spelling.unknown(role.word, name, names(role)) + leftOut + ". To mend: " + REMEDY);
    }
    if (sameName.size() > 1) {
      throw new IllegalStateException(ambiguous(role, name, sameName));
    }
    return sameName.get(0).provider();
  }

  private static @Nullable URL place(Provider<?> provider) {
    CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
    return source == null ? null : source.getLocation();
  }

  private static String whereabouts(Provider<?> provider) {
    URL place = place(provider);
    return provider.getClass().getName() + " in " + (place == null ? "(unknown)" : place);
  }

  /**
   * What was found and where, with every option, and what was left out and why.
   *
   * @return text of several lines
   */
  public String describe() {
    StringBuilder text = new StringBuilder();
    found.forEach(
        (role, names) -> {
          text.append(role.word).append("s:\n");
          names.forEach(
              (name, sameName) -> {
                for (Entry entry : sameName) {
                  text.append("  ")
                      .append(name)
                      .append(sameName.size() > 1 ? " (REFUSED: name taken twice)" : "")
                      .append(": ")
                      .append(entry.description())
                      .append("\n    from ")
                      .append(whereabouts(entry.provider()))
                      .append("\n    can ")
                      .append(new TreeSet<>(entry.capabilities()))
                      .append('\n');
                  entry
                      .options()
                      .specs()
                      .forEach(spec -> text.append("    ").append(spec).append('\n'));
                }
              });
        });
    if (!problems.isEmpty()) {
      text.append("left out:\n");
      problems.forEach(
          p -> text.append("  ").append(p.provider()).append(": ").append(p.reason()).append('\n'));
    }
    return text.toString();
  }
}
