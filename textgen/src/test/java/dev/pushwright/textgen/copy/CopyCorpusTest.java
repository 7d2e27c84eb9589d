// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.data.IngestException;
import dev.pushwright.data.IngestReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyCorpusTest {

  private static CopyCorpus read(String text) {
    return CopyCorpus.read("x.csv", new StringReader(text));
  }

  @Test
  void columnsAreSlotsAndBlankCellsAreNone() {
    CopyCorpus corpus =
        read("\uFEFFtitle,body,item,price\nHello,\"Mug, at $3\nonly\",Mug,$3\nA,B, ,\n");
    assertThat(corpus.pairs())
        .containsExactly(
            new CopyPair(Map.of("item", "Mug", "price", "$3"), "Hello\nMug, at $3\nonly"),
            new CopyPair(Map.of(), "A\nB"));
    assertThat(corpus.report().read()).isEqualTo(2);
    assertThat(corpus.report().rejected()).isZero();
  }

  @Test
  void meaningRepresentationsAreTakenApart() {
    CopyCorpus corpus = read("mr,ref\n\"name[The Mill], food[Thai], food[Fish]\",The Mill\n");
    assertThat(corpus.pairs().get(0).attributes())
        .isEqualTo(Map.of("name", "The Mill", "food", "Thai", "food2", "Fish"));
  }

  @Test
  void badRowsAreReportedWithTheirLineAndTheOthersAreRead() {
    CopyCorpus corpus =
        read("mr,text\nname[A],one\nname[B,two\nname[C],\nname[D],\"four\nname[E],five\na,b,c\n");
    assertThat(corpus.pairs()).extracting(CopyPair::text).containsExactly("one", "five");
    IngestReport.FileReport report = corpus.report().files().get(0);
    assertThat(report.counts().read()).isEqualTo(6);
    assertThat(report.counts().malformed())
        .isEqualTo(Map.of("bad attributes", 1L, "no text", 1L, "open quote", 1L, "fields", 1L));
    assertThat(report.rejections()).extracting(r -> r.line()).containsExactly(3L, 4L, 5L, 7L);
    assertThat(report.rejections().get(0))
        .hasToString("x.csv line 3, mr \"name[B\": write it as slot[value], slot[value]");
  }

  @Test
  void messagesForWhatNoRequestHasAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("own.csv");
    Files.writeString(file, "occasion,tone,text\nprice-drop,playful,one\n,,two\n");
    assertThat(CopyCorpus.messages(file).pairs()).hasSize(2);
    for (String row : List.of("price_drop,neutral,two", "price-drop,neutrl,two")) {
      Files.writeString(file, "occasion,tone,text\nprice-drop,playful,one\n" + row + "\n");
      assertThat(CopyCorpus.read(file).pairs()).hasSize(2);
      assertThatThrownBy(() -> CopyCorpus.messages(file))
          .isInstanceOf(IngestException.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageMatching(".*(\"price_drop\".*\"?price-drop|\"neutrl\".*\"?neutral).*two.*");
    }
  }

  @Test
  void rowsThatAreNoUtf8AreLeftOut(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.writeString(file, "text,item\nFür dich: Mug,Mug\nMug,Mug\n", StandardCharsets.ISO_8859_1);
    CopyCorpus corpus = CopyCorpus.read(file);
    assertThat(corpus.pairs()).extracting(CopyPair::text).containsExactly("Mug");
    assertThat(corpus.report().files().get(0).counts().malformed())
        .isEqualTo(Map.of("undecodable bytes", 1L));
    assertThat(corpus.report().files().get(0).rejections().get(0))
        .asString()
        .contains("latin.csv line 2, text", "UTF-8");
  }

  @Test
  void jsonLinesHoldObjectsOfScalarsAndLists() {
    CopyCorpus corpus =
        read(
            """
            {"text":"a 7","tag":["x","y"],"n":7,"none":null}

            {"text":"b","attributes":{"item":"Mug"}}
            [1]
            {"text":"c","deep":{"er":1}}
            {"text":"d
            {"text":"e"} 1
            {"text":"f","a":1,"a":2}
            """);
    assertThat(corpus.pairs())
        .containsExactly(
            new CopyPair(Map.of("tag", "x", "tag2", "y", "n", "7"), "a 7"),
            new CopyPair(Map.of("item", "Mug"), "b"));
    assertThat(corpus.report().files().get(0).rejections())
        .extracting(r -> r.line())
        .containsExactly(4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void whatCannotBeUsedAtAllIsRefusedByName(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> read("item,price\nMug,3\n"))
        .isInstanceOf(IngestException.class)
        .hasMessage(
            "x.csv has no text; its columns are [item, price], a column text is needed, or title"
                + " and body, with commas between the columns");
    assertThatThrownBy(() -> read("text\n")).hasMessage("x.csv has no row");
    assertThatThrownBy(() -> read("mr,text\nname[A,b\n"))
        .hasMessageStartingWith("x.csv has no row that can be used; the first: x.csv line 2, mr");
    assertThatThrownBy(() -> CopyCorpus.read(folder.resolve("none.csv")))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("none.csv does not exist");
    Path zipped = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write("text,item\nü Mug,Mug\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(CopyCorpus.read(zipped).pairs()).extracting(CopyPair::text).containsExactly("ü Mug");
  }
}
