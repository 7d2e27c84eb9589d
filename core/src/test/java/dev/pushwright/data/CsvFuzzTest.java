// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Laws that hold of any file, however dirty. */
class CsvFuzzTest {

  private static final CsvMapping MAPPING =
      CsvMapping.builder()
          .user("u")
          .item("i")
          .type("t")
          .value("n")
          .price("p")
          .time("at", "iso")
          .title("title")
          .userAttribute("zone", "zone")
          .reject("post", "i = POST")
          .cancel("t = C")
          .type("c", EventType.PURCHASE)
          .impute("p", "median")
          .build();

  private static final String[][] FIELDS = {
    {"u1", "u2", "u3", " u1 ", "", "\"u\"\"4\"", "\"u1"},
    {"i1", "i2", "i3", "POST", "", "\"i\n1\"", "i1\"", "🎁"},
    {"view", "buy", "C", "C", "rating", "nonsense", ""},
    {"1", "2", "3", "0", "-1", "x", "", "NaN", "1e308"},
    {"1", "2.5", "", "NA", "-3", "1e13"},
    {"2024-01-01", "2024-01-02", "2024-01-02T10:00:00Z", "9999-01-01", "1969-12-31", "soon", ""},
    {"A", "B", "\"C, c\"", "\u0001", "é", ""},
    {"UTC", "Mars", "", "Europe/London"},
  };

  @TempDir Path folder;

  private static byte[] dirty(SplittableRandom random) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write("u,i,t,n,p,at,title,zone\n".getBytes(StandardCharsets.UTF_8));
    int rows = random.nextInt(200);
    // Most files are fairly clean, some are all dirt.
    int dirt = 1 + random.nextInt(12);
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder();
      for (int f = 0; f < FIELDS.length; f++) {
        int choice =
            random.nextInt(dirt) == 0 ? random.nextInt(FIELDS[f].length) : random.nextInt(2);
        line.append(f == 0 ? "" : ",").append(FIELDS[f][choice]);
      }
      byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
      int broken = random.nextInt(40);
      if (broken == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      } else if (broken == 1) {
        bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      out.write(bytes);
      out.write(
          random.nextInt(10) == 0 ? "\r\n".getBytes(StandardCharsets.UTF_8) : new byte[] {10});
    }
    return out.toByteArray();
  }

  @RepeatedTest(200)
  void readIsAcceptedAndMergedAndRejected(RepetitionInfo repetition) throws IOException {
    byte[] bytes = dirty(new SplittableRandom(repetition.getCurrentRepetition()));
    Path file = Csv.write(folder, "fuzz.csv", bytes);
    try {
      IngestResult result = Csv.read(file, MAPPING);
      IngestReport.Counts total = result.report().total();
      assertThat(total.read())
          .isEqualTo(total.accepted() + total.mergedRows() + total.rejectedRows());
      // Of a file of events alone, the accepted rows are the events.
      assertThat(total.accepted()).isEqualTo(result.dataset().eventCount());
      // No row can be lost: there are at least as many lines as rows.
      assertThat(total.read())
          .isLessThanOrEqualTo(count(bytes, (byte) 10) + count(bytes, (byte) 13));
      assertThat(result.report().rejections()).hasSizeGreaterThanOrEqualTo(kept(total));
      assertThat(result.report().describe().lines())
          .allMatch(line -> line.codePointCount(0, line.length()) <= 100);
      // Reading is a function of the file.
      IngestResult again = Csv.read(file, MAPPING);
      assertThat(again.report()).isEqualTo(result.report());
      assertThat(again.dataset().fingerprint()).isEqualTo(result.dataset().fingerprint());
      assertThat(result.dataset().users().ids()).allMatch(id -> id.equals(id.strip()));
      assertThat(result.dataset().items().ids()).doesNotContain("POST");
    } catch (IngestException e) {
      // The one refusal that a tolerance of 1 leaves: nothing to impute from.
      assertThat(e).hasMessageContaining("no row has a number for p");
    } catch (RuntimeException | AssertionError e) {
      Path copy =
          Files.copy(
              file,
              Files.createTempFile("pushwright-fuzz", ".csv"),
              java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      throw new AssertionError("the file that broke the law was kept as " + copy, e);
    }
  }

  private static int kept(IngestReport.Counts counts) {
    long filtered = counts.filtered().values().stream().mapToLong(n -> Math.min(n, 10)).sum();
    return (int) (filtered + counts.malformedRows());
  }

  private static long count(byte[] bytes, byte wanted) {
    long count = 0;
    for (byte b : bytes) {
      count += b == wanted ? 1 : 0;
    }
    return count;
  }
}
