// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles plug-ins and packs them into a jar, as somebody else would. */
final class PluginJar {

  private final Path folder;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, List<String>> services = new LinkedHashMap<>();
  private final List<String> removed = new ArrayList<>();

  PluginJar(Path folder) {
    this.folder = folder;
  }

  /** A recommender whose methods can be replaced by members given as source. */
  PluginJar recommender(String className, String name, String more) {
    return source(
            className,
            "public class "
                + className
                + " extends Base { public String name() { return \""
                + name
                + "\"; } "
                + more
                + " }")
        .service("RecommenderProvider", "plugin." + className);
  }

  PluginJar source(String className, String code) {
    sources.put(
        className,
        "package plugin; import dev.pushwright.api.*; import dev.pushwright.spi.*; import"
            + " java.util.*; "
            + code);
    return this;
  }

  PluginJar service(String role, String line) {
    services.computeIfAbsent(role, r -> new ArrayList<>()).add(line);
    return this;
  }

  /** Takes a class away after compiling, as a jar that was packed badly. */
  PluginJar without(String className) {
    removed.add(className);
    return this;
  }

  URL write(String jar) throws IOException {
    source(
        "Base",
        "public abstract class Base implements RecommenderProvider {"
            + " public String description() { return \"Test plug-in.\"; }"
            + " public OptionSet options() { return OptionSet.of("
            + "OptionSpec.integer(\"depth\", 3, 1, 9, \"How deep.\")); }"
            + " public Set<Capability> capabilities() { return Set.of(Capability.EXPLAIN); }"
            + " public Recommender create(Options options) { options().resolve(options);"
            + " return (data, context) -> { throw new IllegalStateException(\"never fitted\"); };"
            + " } }");
    Path source = Files.createDirectories(folder.resolve(jar + ".src").resolve("plugin"));
    Path classes = Files.createDirectories(folder.resolve(jar + ".classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
    for (Map.Entry<String, String> entry : sources.entrySet()) {
      Path file = source.resolve(entry.getKey() + ".java");
      Files.writeString(file, entry.getValue());
      arguments.add(file.toString());
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .as("exit code of the compiler")
        .isZero();
    for (String className : removed) {
      Files.delete(classes.resolve("plugin").resolve(className + ".class"));
    }
    Path file = folder.resolve(jar);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream zip = new JarOutputStream(out);
        Stream<Path> compiled = Files.walk(classes)) {
      for (Path path : compiled.filter(Files::isRegularFile).sorted().toList()) {
        put(zip, classes.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
      }
      for (Map.Entry<String, List<String>> entry : services.entrySet()) {
        put(
            zip,
            "META-INF/services/dev.pushwright.spi." + entry.getKey(),
            String.join("\n", entry.getValue()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return file.toUri().toURL();
  }

  private static void put(JarOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new JarEntry(name));
    zip.write(content);
    zip.closeEntry();
  }
}
