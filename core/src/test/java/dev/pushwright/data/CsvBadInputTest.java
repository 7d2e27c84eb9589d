// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvBadInputTest {

  private static final CsvMapping RATINGS =
      CsvMapping.builder()
          .user("user")
          .item("item")
          .event(EventType.RATING)
          .value("rating")
          .time("time", "epoch-seconds")
          .build();
  private static final String HEADER = "user,item,rating,time\n";

  @TempDir Path folder;

  private IngestResult read(String text) {
    return Csv.read(Csv.write(folder, "f.csv", text), RATINGS);
  }

  @Test
  void aMissingFileIsNamedWithThePlaceThatWasLookedAt() {
    assertThatThrownBy(() -> Csv.read(Path.of("nowhere.csv"), RATINGS))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("nowhere.csv does not exist")
        .hasMessageContaining(Path.of("nowhere.csv").toAbsolutePath().toString());
  }

  @Test
  void aDirectoryIsNoFile() {
    assertThatThrownBy(() -> Csv.read(folder, RATINGS))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("is a directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n\r\n", "\ufeff"})
  void anEmptyFileIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("is empty");
    Path gzipped = Csv.write(folder, "e.gz", Csv.gzip(text));
    assertThatThrownBy(() -> Csv.read(gzipped, CsvMapping.named("ncf-pairs")))
        .hasMessageContaining("is empty");
  }

  @Test
  void aHeaderAloneIsNoRows() {
    IngestResult result = read(HEADER);
    assertThat(result.dataset().eventCount()).isZero();
    assertThat(result.report().read()).isZero();
  }

  @Test
  void aWrongDelimiterIsToldWithTheRightOne() {
    assertThatThrownBy(() -> read("user;item;rating;time\nu;i;1;2\n"))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("no column \"user\"")
        .hasMessageContaining("set delimiter = ;");
    CsvMapping pairs = CsvMapping.named("ncf-pairs").toBuilder().delimiter(",").build();
    Path tabs = Csv.write(folder, "t.tsv", "1\t2\n3\t4\n");
    assertThatThrownBy(() -> CsvIngest.builder().add(tabs, pairs).read())
        .hasMessageContaining("2 of 2 rows are malformed")
        .hasMessageContaining("set delimiter = tab");
  }

  @Test
  void anUnknownColumnIsToldWithTheNearestAndAll() {
    assertThatThrownBy(() -> read("User,item,rating,time\n"))
        .hasMessageContaining("no column \"user\", which the mapping gives for user")
        .hasMessageContaining("did you mean \"User\"?")
        .hasMessageContaining("[User, item, rating, time]");
  }

  @Test
  void twoColumnsOfOneNameAreAmbiguous() {
    assertThatThrownBy(() -> read("user,item,rating,time,user\n"))
        .hasMessageContaining("two columns \"user\"");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void binaryJunkIsRefused(long seed) {
    byte[] junk = new byte[20_000];
    new SplittableRandom(seed).nextBytes(junk);
    Path file = Csv.write(folder, "junk.csv", junk);
    for (CsvMapping mapping :
        List.of(RATINGS, CsvMapping.detect(), CsvMapping.named("movielens-100k-ratings"))) {
      assertThatThrownBy(() -> CsvIngest.builder().add(file, mapping).read())
          .isInstanceOf(IngestException.class)
          .hasMessageContaining("junk.csv");
    }
  }

  @Test
  void aDamagedGzipSaysHowFarItWent() {
    StringBuilder text = new StringBuilder(HEADER);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 50_000; i++) {
      text.append(random.nextInt()).append(',').append(random.nextInt()).append(",1,1\n");
    }
    byte[] whole = Csv.gzip(text.toString());
    Path file = Csv.write(folder, "cut.gz", Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Csv.read(file, RATINGS))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("cut.gz cannot be read after line")
        .hasMessageContaining("damaged");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLineOfTenMegabytesIsRejectedAndTheRestIsRead(boolean quoted) {
    String huge = (quoted ? "\"" : "") + "x".repeat(10_000_000);
    IngestResult result = read(HEADER + "u,i,1,1\n" + huge + ",i,1,1\n" + "v,i,1,1\n");
    assertThat(result.dataset().users().ids()).containsExactly("u", "v");
    assertThat(result.report().rejections())
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.line()).isEqualTo(3);
              assertThat(rejection.reason()).contains("longer than 1048576 characters");
              assertThat(rejection.value()).hasSizeLessThan(100);
            });
  }

  @Test
  void bytesThatAreNotOfTheCharsetRejectTheRowAndNameTheCharset() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write((HEADER + "u,i,1,1\n").getBytes(StandardCharsets.UTF_8));
    bytes.write("ü,i,1,1\n".getBytes(StandardCharsets.ISO_8859_1));
    bytes.write("ü,i,1,1\n".getBytes(StandardCharsets.UTF_8));
    IngestResult result = Csv.read(Csv.write(folder, "f.csv", bytes.toByteArray()), RATINGS);
    assertThat(result.dataset().users().ids()).containsExactly("u", "ü");
    assertThat(result.report().rejections())
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.line()).isEqualTo(3);
              assertThat(rejection.column()).isEqualTo("user");
              assertThat(rejection.reason()).contains("no UTF-8; set the charset");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, not a number",
    "Infinity, not a number",
    "0x10, not a number",
    "1d, not a number",
    "five, not a number",
    "--1, not a number",
    "'\"1,5\"', not a number",
    "1e308, out of range",
    "-1e308, out of range",
    "1e999, out of range",
    "1000000000001, out of range",
    "'', missing"
  })
  void aRatingThatIsNoNumberToCountWithIsRejected(String rating, String kind) {
    IngestResult result = read(HEADER + "u,i," + rating + ",1\nu,j,1e12,1\n");
    assertThat(result.report().total().malformed()).containsExactly(Map.entry(kind, 1L));
    assertThat(result.report().rejections())
        .singleElement()
        .satisfies(rejection -> assertThat(rejection.column()).isEqualTo("rating"));
    assertThat(result.dataset().events())
        .containsExactly(Interaction.rating("u", "j", 1e12, Instant.ofEpochSecond(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "-1, false",
    "1717286400, true",
    "1717286401, false",
    "253402300799, false"
  })
  void timesAreAcceptedFrom1970ToADayAfterTheClock(String time, boolean accepted) {
    IngestResult result = read(HEADER + "u,i,1," + time + "\n");
    assertThat(result.report().accepted()).isEqualTo(accepted ? 1 : 0);
    if (!accepted) {
      assertThat(result.report().rejections().get(0).reason())
          .containsPattern("if it is right, set time\\.(earliest|latest)");
    }
  }

  @Test
  void theWindowOfTimesCanBeWidened() {
    CsvMapping wide =
        RATINGS.toBuilder()
            .earliest(Instant.parse("1900-01-01T00:00:00Z"))
            .latest(Instant.parse("9999-12-31T23:59:59Z"))
            .build();
    Path file = Csv.write(folder, "f.csv", HEADER + "u,i,1,-2208988800\nu,j,1,253402300799\n");
    Dataset data = Csv.read(file, wide).dataset();
    assertThat(data.earliest()).isEqualTo(Instant.parse("1900-01-01T00:00:00Z"));
    assertThat(data.latest()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM-dd, 2023-02-29",
    "yyyy-MM-dd, 2024-13-01",
    "iso, 2024-02-30T00:00:00Z",
    "iso, yesterday",
    "iso, 1704153600",
    "epoch-millis, 2024-01-01",
    "epoch-seconds, 99999999999999999999",
    "auto, 12h"
  })
  void aTimeThatIsNoneIsRejectedWithTheFormThatIsNeeded(String format, String time) {
    CsvMapping mapping = RATINGS.toBuilder().time("time", format).build();
    Path file = Csv.write(folder, "f.csv", HEADER + "u,i,1," + time + "\n");
    assertThat(Csv.read(file, mapping).report().rejections())
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.value()).isEqualTo(time);
              assertThat(rejection.reason()).endsWith("is needed");
            });
  }

  @Test
  void idsAreKeptAsTheyAreButForSpaceAround() {
    String longId = "x".repeat(4096);
    IngestResult result =
        read(
            HEADER
                + "\"say \"\"hi\"\", Bob\",🎁,1,1\n"
                + "5\" pipe,"
                + longId
                + ",1,1\n"
                + "\u00a0  Zoë 1\u2003,00123,1,1\n"
                + "a\tb,'q',1,1\n");
    assertThat(result.report().rejections()).isEmpty();
    assertThat(result.dataset().users().ids())
        .containsExactlyInAnyOrder("say \"hi\", Bob", "5\" pipe", "\u00a0  Zoë 1", "a\tb");
    assertThat(result.dataset().items().ids())
        .containsExactlyInAnyOrder("🎁", longId, "00123", "'q'");
  }

  @Test
  void everyProblemOfARowIsReportedAndTheRowCountedOnce() {
    IngestResult result = read(HEADER + " ,,x,soon\n");
    assertThat(result.report().rejections())
        .extracting(Rejection::column)
        .containsExactly("user", "item", "rating", "time");
    assertThat(result.report().rejected()).isEqualTo(1);
    assertThat(result.report().total().malformed()).containsExactly(Map.entry("missing", 1L));
  }

  @Test
  void rowsWithTooFewOrTooManyColumnsAreRejected() {
    IngestResult result = read(HEADER + "u,i,1\nu,i,1,1,9\nu,i,1,1\n");
    assertThat(result.report().total().malformed())
        .containsOnly(Map.entry("too few columns", 1L), Map.entry("too many columns", 1L));
    assertThat(result.dataset().eventCount()).isEqualTo(1);
  }

  @Test
  void controlCharactersAreRejectedAndSpeltOut() {
    IngestResult result = read(HEADER + "u\u0007,i,1,1\nu\0,i,1,1\nu,i,1,1\n");
    assertThat(result.report().total().malformed())
        .containsExactly(Map.entry("control character", 2L));
    assertThat(result.report().rejections().get(0).value()).isEqualTo("u\\u0007");
    assertThat(result.report().rejections()).extracting(Rejection::line).containsExactly(2L, 3L);
  }

  @Test
  void anUnclosedQuoteCostsOnlyItsOwnLine() {
    IngestResult result = read(HEADER + "u,i,1,1\nv,\"i,1,1\nw,i,1,1\nx,i,1,1\n");
    assertThat(result.dataset().users().ids()).containsExactly("u", "w", "x");
    assertThat(result.report().rejections())
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.line()).isEqualTo(3);
              assertThat(rejection.reason()).contains("quote");
            });
  }

  @Test
  void aQuoteThatIsClosedFurtherDownByChanceCostsOnlyItsOwnLine() {
    IngestResult result = read(HEADER + "v,\"i,1,1\nw,i,1,1\nx,\"i\",1,1\ny,i,1,1\n");
    assertThat(result.dataset().users().ids()).containsExactly("w", "x", "y");
    assertThat(result.report().total().malformed())
        .containsExactly(Map.entry("unclosed quote", 1L));
  }

  @Test
  void aFieldMayHoldLineBreaksAndLinesAreStillNumberedRight() {
    Path file =
        Csv.write(folder, "i.csv", "item,title,price\r\na,\"two\r\nlines\",1\r\n\r\nb,B,x\r\n");
    IngestResult result = Csv.read(file, CsvMapping.detect());
    assertThat(result.dataset().item("a").orElseThrow().title()).isEqualTo("two\nlines");
    assertThat(result.report().rejections())
        .singleElement()
        .satisfies(rejection -> assertThat(rejection.line()).isEqualTo(5));
  }

  @Test
  void aShareAboveTheToleranceIsRefusedWithTheFirstTwentyReasons() {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < 1000; i++) {
      text.append("u,i").append(i).append(i % 40 == 0 ? ",bad" : ",1").append(",1\n");
    }
    Path file = Csv.write(folder, "f.csv", text.toString());
    assertThatThrownBy(() -> CsvIngest.builder().add(file, RATINGS).read())
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("25 of 1,000 rows are malformed, 2.50 % where 1.00 % is tolerated")
        .satisfies(
            e ->
                assertThat(e.toString().lines().filter(line -> line.contains("\"bad\"")))
                    .hasSize(20));
    assertThat(CsvIngest.builder().add(file, RATINGS).tolerance(0.025).read().report().rejected())
        .isEqualTo(25);
  }

  @Test
  void rejectionsAreKeptUpToABoundAndCountedInFull() {
    String text = HEADER + "u,i,bad,1\n".repeat(1500);
    IngestReport report = read(text).report();
    assertThat(report.rejections()).hasSize(1000);
    assertThat(report.rejected()).isEqualTo(1500);
  }

  @Test
  void aToleranceThatIsNoShareAndAnIngestWithoutFilesAreRefused() {
    assertThatThrownBy(() -> CsvIngest.builder().tolerance(1.5)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> CsvIngest.builder().read()).hasMessageContaining("no file");
  }

  @Test
  void purchasesNeedAPositiveQuantityAndAPrice() {
    Path file =
        Csv.write(
            folder,
            "f.csv",
            "user,item,quantity,price\nu,a,0,1\nu,b,-2,1\nu,c,1,\nu,d,1,-1\nu,e,1e12,1e12\n");
    IngestReport report = Csv.read(file, CsvMapping.detect()).report();
    assertThat(report.total().malformed())
        .containsOnly(
            Map.entry("quantity not above 0", 2L),
            Map.entry("missing", 1L),
            Map.entry("out of range", 2L));
  }

  @Test
  void badUserAttributesRejectTheRow() {
    Path file =
        Csv.write(folder, "f.csv", "user,locale,zone,consent\na,en-GB,,\nb,??,Mars,perhaps\n");
    IngestResult result = Csv.read(file, CsvMapping.detect());
    assertThat(result.dataset().users().ids()).containsExactly("a");
    assertThat(result.report().rejections())
        .extracting(Rejection::column)
        .containsExactly("locale", "zone", "consent");
  }

  @Test
  void zeroItemsAndOneUser() {
    Path searches = Csv.write(folder, "s.csv", "user,query\nu,lamp\n");
    Dataset data = Csv.read(searches, CsvMapping.detect()).dataset();
    assertThat(data.items().size()).isZero();
    assertThat(data.users().size()).isEqualTo(1);
    Path one = Csv.write(folder, "o.csv", "user\nu\n");
    assertThat(Csv.read(one, CsvMapping.detect()).dataset().users().ids()).containsExactly("u");
  }
}
