// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That the code in the package documentation of the SPI is code that compiles and passes. */
class PackageDocumentationTest {

  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

  private static final Path DOCUMENTATION =
      MODULE.resolve("../src/main/java/dev/pushwright/spi/package-info.java");

  private static final Pattern BLOCK =
      Pattern.compile("<pre>\\{@code\\n(.*?)\\n\\}</pre>", Pattern.DOTALL);

  private static List<String> blocks() throws IOException {
    String comment = Files.readString(DOCUMENTATION).replaceAll("(?m)^ \\*( |$)", "");
    return BLOCK.matcher(comment).results().map(block -> squeezed(block.group(1))).toList();
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static String file(String path) throws IOException {
    String text = Files.readString(MODULE.resolve(path));
    return squeezed(text.replaceFirst("^// SPDX.*\\n", ""));
  }

  @Test
  void pluginInTheDocumentationIsTheOneThatIsCompiled() throws IOException {
    assertThat(blocks()).element(0).isEqualTo(file("src/test/java/com/example/SharedTags.java"));
  }

  @Test
  void registrationInTheDocumentationIsTheOneThatIsUsed() throws IOException {
    String services = "META-INF/services/dev.pushwright.spi.RecommenderProvider";
    assertThat(blocks()).element(1).isEqualTo(file("src/test/resources/" + services));
    assertThat(Files.readString(DOCUMENTATION)).contains(services);
  }

  @Test
  void testInTheDocumentationIsTheOneThatIsRun() throws IOException {
    assertThat(blocks())
        .element(2)
        .isEqualTo(file("src/test/java/com/example/SharedTagsTest.java"));
  }
}
