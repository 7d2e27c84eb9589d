// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.data.Dataset;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CostGrowthTest {

  private static int run(StringWriter err, String... args) {
    CommandLine program = CostGrowth.commandLine();
    return program.setErr(new PrintWriter(err, true)).execute(args);
  }

  @Test
  void thePageTellsSecondsAndOperationsOfEverySize(@TempDir Path folder) throws Exception {
    Path page = folder.resolve("growth.html");
    StringWriter err = new StringWriter();
    assertThat(
            run(
                err,
                "--shape",
                "400x60x4000",
                "--sizes",
                "3",
                "--runs",
                "1",
                "--html",
                page.toString()))
        .as(err.toString())
        .isZero();
    String html = Files.readString(page);
    assertThat(html).contains("item-knn", "als", "operations, by the documented formula");
    assertThat(err.toString()).contains("item-knn: 100 users", "als: 400 users");
    // Well-formed, and nothing is fetched.
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void operationsAreThoseOfTheFormula() {
    Dataset data = Synthetic.skewed(50, 40, 300, 1);
    double squares = 0;
    for (String user : data.users().ids()) {
      squares += Math.pow(data.eventsOf(user).size(), 2);
    }
    assertThat(CostGrowth.Fit.ITEM_KNN.operations(data)).isEqualTo(squares);
    assertThat(CostGrowth.Fit.ALS.operations(data))
        .isEqualTo(3 * (2.0 * data.eventCount() * 32 * 32 + 90.0 * 32 * 32 * 32));
  }

  @Test
  void aShapeThatIsNoneIsRefused(@TempDir Path folder) {
    for (String shape : new String[] {"7", "axbxc", "0x10x10"}) {
      StringWriter err = new StringWriter();
      assertThat(run(err, "--shape", shape, "--html", folder.resolve("x.html").toString()))
          .isNotZero();
      assertThat(err.toString()).contains("shape is \"" + shape + "\"");
    }
  }
}
