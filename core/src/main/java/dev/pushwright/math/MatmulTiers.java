// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the tiers of {@link Matmul}, tries them, and picks one, once. */
final class MatmulTiers {

  private static final Logger LOG = LoggerFactory.getLogger(Matmul.class);

  private static final String PROPERTY = "pushwright.matmul";
  private static final String VECTOR = "vector";
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String VECTOR_KERNEL = "dev.pushwright.math.VectorKernel";

  // A services file that cannot be read makes the iterator fail again and again.
  private static final int MAX_FAILURES = 10;

  private static final MatmulProvider JAVA = new JavaKernel();

  private static volatile @Nullable MatmulProvider chosen;

  private MatmulTiers() {}

  /**
   * What is there.
   *
   * @param providers by rank, the highest first; two of one rank by name
   * @param missing why others are not, by name or by what is known of them
   */
  record Found(List<MatmulProvider> providers, Map<String, String> missing) {}

  /**
   * What was picked.
   *
   * @param provider it
   * @param told the line that says so, and why others were not
   */
  record Choice(MatmulProvider provider, String told) {}

  static MatmulProvider chosen() {
    MatmulProvider provider = chosen;
    return provider == null ? choose() : provider;
  }

  /** The tier for a product of this size: small ones are faster in Java. */
  static MatmulProvider chosen(int m, int n, int k) {
    MatmulProvider provider = chosen();
    return provider == JAVA || !provider.takes(m, n, k) ? JAVA : provider;
  }

  private static synchronized MatmulProvider choose() {
    MatmulProvider provider = chosen;
    if (provider == null) {
      Choice choice = choose(found(), System.getProperty(PROPERTY, ""));
      provider = choice.provider();
      LOG.info("{}", choice.told());
      chosen = provider;
    }
    return provider;
  }

  static Choice choose(Found found, String forced) {
    if (!forced.isEmpty()) {
      return new Choice(
          forced(found, forced), "matrix products: " + forced + ", forced by -D" + PROPERTY);
    }
    Map<String, String> skipped = new LinkedHashMap<>(found.missing());
    for (MatmulProvider provider : found.providers()) {
      try {
        String note = provider.start();
        // What is ours runs anywhere, and trying it takes a while where nothing is compiled yet.
        if (provider != JAVA) {
          MatmulProbe.check(provider);
        }
        return new Choice(provider, line(provider.name(), note, skipped));
      } catch (RuntimeException | LinkageError e) {
        LOG.debug("tier {} skipped", provider.name(), e);
        skipped.put(provider.name(), reason(e));
      }
    }
    throw new IllegalStateException("no tier multiplies rightly: " + skipped);
  }

  private static MatmulProvider forced(Found found, String name) {
    String there =
        found.providers().stream().map(MatmulProvider::name).collect(Collectors.joining(", "));
    String missing =
        found.missing().entrySet().stream()
            .map(entry -> "; " + entry.getKey() + " is not: " + entry.getValue())
            .collect(Collectors.joining());
    for (MatmulProvider provider : found.providers()) {
      if (provider.name().equals(name)) {
        try {
          provider.start();
          MatmulProbe.check(provider);
          return provider;
        } catch (RuntimeException | LinkageError e) {
          throw new IllegalStateException(
              String.format(
                  "-D%s=%s: this tier does not work here: %s; found are %s%s",
                  PROPERTY, name, reason(e), there, missing),
              e);
        }
      }
    }
    throw new IllegalStateException(
        String.format("-D%s=%s: no such tier; found are %s%s", PROPERTY, name, there, missing));
  }

  private static String line(String name, String note, Map<String, String> skipped) {
    StringBuilder line = new StringBuilder("matrix products: ").append(name);
    if (!note.isEmpty()) {
      line.append(" (").append(note).append(')');
    }
    String separator = "; skipped ";
    for (Map.Entry<String, String> entry : skipped.entrySet()) {
      line.append(separator).append(entry.getKey()).append(": ").append(entry.getValue());
      separator = ", ";
    }
    return line.toString();
  }

  // One line of what may be a page: an UnsatisfiedLinkError lists all places it looked at.
  private static String reason(Throwable thrown) {
    String message = thrown.getMessage();
    if (message == null || message.isBlank()) {
      return thrown.getClass().getSimpleName();
    }
    String line = message.lines().findFirst().orElse(message);
    return thrown instanceof LinkageError ? thrown.getClass().getSimpleName() + ", " + line : line;
  }

  private static Found found() {
    Map<String, String> missing = new LinkedHashMap<>();
    Map<String, MatmulProvider> byName = new LinkedHashMap<>();
    byName.put(JAVA.name(), JAVA);
    addVector(byName, missing);
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    loaders.add(MatmulTiers.class.getClassLoader());
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      loaders.add(context);
    }
    for (ClassLoader loader : loaders) {
      add(ServiceLoader.load(MatmulProvider.class, loader).iterator(), byName, missing);
    }
    return found(byName.values(), missing);
  }

  static Found found(Iterable<MatmulProvider> providers, Map<String, String> missing) {
    List<MatmulProvider> sorted = new ArrayList<>();
    providers.forEach(sorted::add);
    sorted.sort(
        Comparator.comparingInt(MatmulProvider::rank)
            .reversed()
            .thenComparing(MatmulProvider::name));
    return new Found(List.copyOf(sorted), missing);
  }

  /** Compiled apart, see the class: where the module is missing it cannot be loaded. */
  private static void addVector(Map<String, MatmulProvider> byName, Map<String, String> missing) {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      missing.put(VECTOR, "the JVM was started without --add-modules " + VECTOR_MODULE);
      return;
    }
    try {
      byName.put(
          VECTOR,
          Class.forName(VECTOR_KERNEL)
              .asSubclass(MatmulProvider.class)
              .getDeclaredConstructor()
              .newInstance());
    } catch (ReflectiveOperationException | LinkageError e) {
      LOG.debug("no tier {}", VECTOR, e);
      missing.put(VECTOR, e.toString());
    }
  }

  private static void add(
      Iterator<MatmulProvider> iterator,
      Map<String, MatmulProvider> byName,
      Map<String, String> missing) {
    for (int failures = 0; failures < MAX_FAILURES; ) {
      try {
        if (!iterator.hasNext()) {
          return;
        }
        MatmulProvider provider = iterator.next();
        MatmulProvider first = byName.putIfAbsent(provider.name(), provider);
        if (first != null && !first.getClass().getName().equals(provider.getClass().getName())) {
          missing.put(provider.getClass().getName(), "its name, " + provider.name() + ", is taken");
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        failures++;
        LOG.debug("a tier could not be loaded", e);
        missing.put("a provider", reason(e));
      }
    }
  }
}
