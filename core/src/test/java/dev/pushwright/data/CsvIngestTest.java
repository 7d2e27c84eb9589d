// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import static dev.pushwright.data.EventType.CART;
import static dev.pushwright.data.EventType.CLICK;
import static dev.pushwright.data.EventType.FAVORITE;
import static dev.pushwright.data.EventType.PURCHASE;
import static dev.pushwright.data.EventType.RATING;
import static dev.pushwright.data.EventType.VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class CsvIngestTest {

  private static final Instant DAY = Instant.parse("2024-01-02T00:00:00Z");

  @TempDir Path folder;

  private IngestResult read(String text, CsvMapping mapping) {
    return Csv.read(Csv.write(folder, "f.csv", text), mapping);
  }

  private IngestResult detect(String text) {
    return read(text, CsvMapping.detect());
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void aFileOfUserItemAndRatingNeedsNoMapping(String delimiter) {
    String text = "user_id,item_id,rating\nu1,i1,4\nu2,i1,2.5\n".replace(",", delimiter);
    IngestResult result = detect(text);
    assertThat(result.dataset().events())
        .containsExactly(
            Interaction.rating("u1", "i1", 4, Instant.EPOCH),
            Interaction.rating("u2", "i1", 2.5, Instant.EPOCH));
    assertThat(result.dataset().timed()).isFalse();
    assertThat(result.report().accepted()).isEqualTo(2);
  }

  @Test
  void itemsAndEventsLoadWithoutAMappingAndAreLoggedOnce() {
    Path items =
        Csv.write(
            folder,
            "items.csv",
            """
            sku,Name,Category,Brand,Description,Tags,Price,colour
            s1,Lamp,Home,Lux,"Warm, bright",a|b,12.50,red
            s2,Chair,Home,,,,,
            """);
    Path events =
        Csv.write(
            folder,
            "events.csv",
            """
            UserID,itemId,event_type,quantity,timestamp,query
            u1,s1,view,,2024-01-02,
            u1,s1,buy,2,2024-01-02T10:00:00Z,
            u2,,search,,2024-01-02 11:00,lamp
            u2,s2,FAV,,2024-01-02T12:00:00+01:00,
            """);
    Logger logger = (Logger) LoggerFactory.getLogger(Dataset.class);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(appender);
    Dataset data = Dataset.fromCsv(items, events);
    logger.detachAppender(appender);
    assertThat(data.events())
        .containsExactly(
            Interaction.view("u1", "s1", DAY),
            Interaction.purchase("u1", "s1", 2, 0, DAY.plusSeconds(36_000)),
            Search.of("u2", "lamp", DAY.plusSeconds(39_600)),
            Interaction.of(FAVORITE, "u2", "s2", DAY.plusSeconds(39_600)));
    assertThat(data.item("s1"))
        .contains(
            Item.builder("s1")
                .title("Lamp")
                .category("Home")
                .attribute(Item.BRAND, "Lux")
                .attribute(Item.DESCRIPTION, "Warm, bright")
                .attribute("colour", "red")
                .tags("a", "b")
                .price(12.5)
                .build());
    assertThat(data.item("s2").orElseThrow().price()).isEmpty();
    assertThat(appender.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEqualTo("read 6 rows of items.csv and events.csv: accepted 6, merged 0, rejected 0");
  }

  @ParameterizedTest
  @CsvSource({
    "'user,item\nu,i', VIEW, 1",
    "'uid;sku;qty\nu;i;3', PURCHASE, 3",
    "'CustomerID,StockCode,UnitPrice\nu,i,2', PURCHASE, 1",
    "'userId,movieId,rating,price\nu,i,5,2', RATING, 5",
    "'user,product_id,action\nu,i,add_to_cart', CART, 1",
    "'user,item,value,type\nu,i,30,pv', VIEW, 30"
  })
  void theTypeOfDetectedEventsFollowsFromTheColumns(String text, EventType type, double value) {
    assertThat(detect(text).dataset().events())
        .singleElement()
        .isInstanceOfSatisfying(
            Interaction.class,
            event -> {
              assertThat(event.type()).isEqualTo(type);
              assertThat(event.value()).isEqualTo(value);
            });
  }

  @Test
  void aFileOfUsersNeedsNoMapping() {
    Dataset data =
        detect("id,Name,locale,Zone,consent,country\n7,Ada,en-GB,Europe/London,yes,UK").dataset();
    assertThat(data.user("7"))
        .contains(
            new User(
                "7",
                Map.of(
                    "name",
                    "Ada",
                    "locale",
                    "en-GB",
                    "zone",
                    "Europe/London",
                    "consent",
                    "yes",
                    "country",
                    "UK")));
  }

  @Test
  void detectionThatFailsListsWhatIsThereAndWhatWasLookedFor() {
    assertThatThrownBy(() -> detect("a,b\n1,2\n"))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("[a, b]")
        .hasMessageContaining("userid")
        .hasMessageContaining("itemid");
    assertThatThrownBy(() -> detect("user,thing,rating\n1,2,3\n"))
        .hasMessageContaining("no item column was found beside the user's");
  }

  @Test
  void partOfAMappingMayBeGivenAndTheRestDetected() {
    CsvMapping mapping = CsvMapping.detect().toBuilder().item("thing").event(CLICK).build();
    assertThat(read("user,thing,time\nu,i,2024-01-02\n", mapping).dataset().events())
        .containsExactly(Interaction.of(CLICK, "u", "i", DAY));
  }

  @Test
  void columnsAreGivenByNumberWhereThereIsNoHeader() {
    CsvMapping mapping =
        CsvMapping.builder()
            .header(false)
            .delimiter("::")
            .user("2")
            .item("1")
            .value("4")
            .time("3", "epoch-seconds")
            .event(RATING)
            .build();
    assertThat(read("i::u::1704153600::3::more\n", mapping).dataset().events())
        .containsExactly(Interaction.rating("u", "i", 3, DAY));
    assertThatThrownBy(() -> read("a::b::c::d", mapping.toBuilder().user("name").build()))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("\"name\" for user")
        .hasMessageContaining("a number from 1");
  }

  @Test
  void gzipIsToldByItsFirstBytesAndAByteOrderMarkOverrulesTheCharset() {
    byte[] gzipped = Csv.gzip("\ufeffuser,item\nü,i\n");
    Path named = Csv.write(folder, "plain.csv", gzipped);
    CsvMapping latin = CsvMapping.detect().toBuilder().charset(StandardCharsets.ISO_8859_1).build();
    assertThat(Csv.read(named, latin).dataset().users().ids()).containsExactly("ü");
    Path wide =
        Csv.write(folder, "wide.csv", "\ufeffuser,item\nü,i\n".getBytes(StandardCharsets.UTF_16LE));
    assertThat(Csv.read(wide, latin).dataset().users().ids()).containsExactly("ü");
    Path plain =
        Csv.write(folder, "latin.csv.gz", "user,item\nü,i\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Csv.read(plain, latin).dataset().users().ids()).containsExactly("ü");
  }

  @ParameterizedTest
  @CsvSource({
    "epoch-seconds, 1704153600, UTC",
    "epoch-seconds, 1704153600.0, UTC",
    "epoch-millis, 1704153600000, UTC",
    "iso, 2024-01-02, UTC",
    "iso, 2024-01-02T08:00:00, Asia/Shanghai",
    "iso, 2024-01-02 01:00+01:00, Asia/Shanghai",
    "iso, 2024-01-02T00:00:00.000Z, Asia/Shanghai",
    "auto, 1704153600, UTC",
    "auto, 1704153600000, UTC",
    "auto, 2024-01-02, UTC",
    "dd/MM/yyyy, 02/01/2024, UTC",
    "MM/dd/yy HH:mm, 01/02/24 00:00, UTC",
    "'d MMM yyyy, h:mm a', '2 Jan 2024, 8:00 AM', Asia/Shanghai",
    "yyyy-MM-dd HH:mm:ss XXX, 2024-01-02 02:00:00 +02:00, UTC"
  })
  void timesAreReadInTheirFormat(String format, String text, String zone) {
    CsvMapping mapping =
        CsvMapping.builder().user("u").item("i").time("t", format).zone(ZoneId.of(zone)).build();
    IngestResult result = read("u,i,t\nu,i,\"" + text + "\"\n", mapping);
    assertThat(result.report().rejections()).isEmpty();
    assertThat(result.dataset().latest()).isEqualTo(DAY);
  }

  @ParameterizedTest
  @CsvSource({
    "de, d. MMMM uuuu, 9. März 2023, 3",
    "de, d. MMM uuuu, 9. Dez. 2023, 12",
    "de_AT, d-LLL-uuuu, 9-Mär-2023, 3",
    "zh, uuuu年MMMMd日, 2023年十二月9日, 12",
    "zh-CN, uuuu年M月d日 a h:mm, 2023年3月9日 上午 12:00, 3",
    "en, d MMM uuuu, 9 Dec 2023, 12",
  })
  void monthsAreReadInTheLanguageOfTheMapping(String tag, String format, String text, int month) {
    String entries = "user=u\nitem=i\ntime=t\ntime.format=" + format + "\ntime.locale=" + tag;
    IngestResult result = read("u,i,t\nu,i,\"" + text + "\"\n", CsvMapping.parse(entries));
    assertThat(result.report().rejections()).isEmpty();
    assertThat(result.dataset().latest())
        .isEqualTo(LocalDate.of(2023, month, 9).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  @Test
  void monthOfAnotherLanguageIsMalformedAndTheReasonNamesTheLanguage() {
    CsvMapping mapping = CsvMapping.builder().user("u").item("i").time("t", "d MMMM uuuu").build();
    IngestReport report = read("u,i,t\nu,i,9 März 2023\nu,i,9 March 2023\n", mapping).report();
    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.rejections().toString())
        .contains("a time in the form d MMMM uuuu with months in English is needed");
  }

  @Test
  void oneFileGivesEventsItemsAndUsers() {
    CsvMapping mapping =
        CsvMapping.builder()
            .user("who")
            .item("sku")
            .event(PURCHASE)
            .value("n")
            .price("price")
            .time("t", "iso")
            .title("title")
            .userAttribute("country", "country")
            .build();
    Dataset data =
        read(
                """
            who,sku,n,price,t,title,country
            u,s,2,3.5,2024-01-02,B,FR
            u,s,1,9.5,2024-01-01,A,DE
            v,s,1,4.5,2024-01-02,b,FR
            u,s,5,4.5,2024-01-01,  ,FR
            """,
                mapping)
            .dataset();
    // The price of the latest row, the later of two at one time; among titles told once the
    // smaller.
    assertThat(data.item("s")).contains(Item.builder("s").title("A").price(4.5).build());
    assertThat(data.user("u")).contains(new User("u", Map.of("country", "FR")));
    assertThat(data.eventsOf("u"))
        .containsExactly(
            Interaction.purchase("u", "s", 1, 9.5, DAY.minusSeconds(86_400)),
            Interaction.purchase("u", "s", 5, 22.5, DAY.minusSeconds(86_400)),
            Interaction.purchase("u", "s", 2, 7, DAY));
  }

  @Test
  void flagColumnsAreTags() {
    CsvMapping mapping =
        CsvMapping.builder().item("id").flag("Comedy", "c").flag("Drama", "d").build();
    IngestResult result = read("id,c,d\n1,1,0\n2,yes,true\n3,,no\n4,2,0\n", mapping);
    assertThat(result.dataset().catalogue())
        .extracting(item -> String.join(" ", item.tags()))
        .containsExactly("Comedy", "Comedy Drama", "");
    assertThat(result.report().total().malformed()).containsExactly(Map.entry("not a flag", 1L));
  }

  @Test
  void rowsOfOneItemAndOfOneUserAreMerged() {
    IngestResult items = detect("item,title,tags,price\ni,B,x,1\ni,A,y|x,\ni,A,,2\ni,B,,\ni,,z,\n");
    assertThat(items.dataset().catalogue())
        .containsExactly(Item.builder("i").title("A").tags("x", "y", "z").price(2).build());
    assertThat(items.report().total().merged())
        .containsExactly(Map.entry("repeated item facts", 4L));
    IngestResult users = detect("user,country\nu,FR\nu,\nu,DE\nu,FR\n");
    assertThat(users.dataset().userRecords())
        .containsExactly(new User("u", Map.of("country", "FR")));
    assertThat(users.report().total().merged())
        .containsExactly(Map.entry("repeated user facts", 3L));
  }

  @Test
  void aPriceListWithoutTimesIsNewerThanAnyPurchase() {
    Path events = Csv.write(folder, "e.csv", "user,item,price,time\nu,i,5,2024-01-02\n");
    Path items = Csv.write(folder, "i.csv", "item,price\ni,7\n");
    for (int order = 0; order < 2; order++) {
      Dataset data =
          CsvIngest.builder()
              .add(order == 0 ? items : events)
              .add(order == 0 ? events : items)
              .clock(Csv.CLOCK)
              .read()
              .dataset();
      assertThat(data.item("i").orElseThrow().price()).hasValue(7);
    }
  }

  @Test
  void equalEventsAreMergedAcrossFilesUnlessKept() {
    String text = "user,item,time\nu,i,2024-01-02\nu,i,2024-01-02\nu,i,2024-01-03\n";
    Path one = Csv.write(folder, "one.csv", text);
    Path two = Csv.write(folder, "two.csv", text);
    IngestResult merged = CsvIngest.builder().add(one).add(two).clock(Csv.CLOCK).read();
    assertThat(merged.dataset().eventCount()).isEqualTo(2);
    assertThat(merged.report().files())
        .extracting(file -> file.counts().merged().get("duplicate"))
        .containsExactly(1L, 3L);
    CsvMapping keep = CsvMapping.detect().toBuilder().keepDuplicates().build();
    assertThat(Csv.read(one, keep).dataset().eventCount()).isEqualTo(3);
  }

  @Test
  void searchesThatDifferInTheirQueryAreNoDuplicates() {
    IngestResult result = detect("user,query\nu,lamp\nu,chair\nu,lamp\n");
    assertThat(result.dataset().eventsOf("u"))
        .extracting(event -> ((Search) event).query())
        .containsExactly("lamp", "chair");
    assertThat(result.report().merged()).isEqualTo(1);
  }

  private static CsvMapping shop() {
    return CsvMapping.builder()
        .user("u")
        .item("i")
        .event(PURCHASE)
        .value("n")
        .price("p")
        .time("t", "iso")
        .cancel("no startsWith C")
        .build();
  }

  private IngestResult shop(String rows) {
    return read("no,u,i,n,p,t\n" + rows, shop());
  }

  @Test
  void aCancellationUndoesTheMostRecentEarlierPurchaseFirst() {
    IngestResult result =
        shop(
            """
            1,u,i,5,2,2024-01-01
            2,u,i,3,2,2024-01-02
            3,u,j,3,2,2024-01-02
            4,v,i,3,2,2024-01-02
            C5,u,i,-4,2,2024-01-03
            6,u,i,9,2,2024-01-04
            """);
    assertThat(result.dataset().eventsOf("u"))
        .containsExactly(
            Interaction.purchase("u", "i", 4, 8, DAY.minusSeconds(86_400)),
            Interaction.purchase("u", "j", 3, 6, DAY),
            Interaction.purchase("u", "i", 9, 18, DAY.plusSeconds(172_800)));
    assertThat(result.report().total().merged())
        .containsOnly(Map.entry("cancellation", 1L), Map.entry("cancelled purchase", 1L));
    assertThat(result.report().accepted()).isEqualTo(4);
  }

  @Test
  void aCancellationThatFindsNothingIsRejectedByRule() {
    IngestResult result =
        shop(
            """
            C1,u,i,-1,2,2024-01-02
            2,u,i,1,2,2024-01-02
            C3,u,i,-1,2,2024-01-03
            C4,u,i,-1,2,2024-01-04
            """);
    assertThat(result.dataset().eventCount()).isZero();
    assertThat(result.report().total().filtered())
        .containsExactly(Map.entry(CsvMapping.NOTHING_TO_CANCEL, 2L));
    assertThat(result.report().rejections()).extracting(Rejection::line).containsExactly(2L, 5L);
    assertThat(result.report().rejections()).noneMatch(Rejection::malformed);
  }

  @Test
  void aCancellationMayStandBeforeItsPurchaseInTheFileIfTheTimesSaySo() {
    IngestResult result = shop("C1,u,i,-2,2,2024-01-03\n2,u,i,2,2,2024-01-02\n");
    assertThat(result.dataset().eventCount()).isZero();
    assertThat(result.report().merged()).isEqualTo(2);
  }

  @Test
  void aCancellationOfMoreThanWasBoughtUndoesWhatThereIs() {
    IngestResult result =
        shop("1,u,i,2,2,2024-01-01\n2,u,i,2,2,2024-01-02\nC,u,i,9,2,2024-01-03\n");
    assertThat(result.dataset().eventCount()).isZero();
    assertThat(result.report().total().merged())
        .containsOnly(Map.entry("cancellation", 1L), Map.entry("cancelled purchase", 2L));
  }

  @Test
  void theFirstRuleThatHoldsRejectsAndIsNotHeldAgainstTheFile() {
    CsvMapping mapping =
        shop().toBuilder()
            .reject("no price", "p <= 0")
            .reject("no user", "u blank")
            .reject("post", "i matches POST|D")
            .build();
    Path file =
        Csv.write(
            folder,
            "f.csv",
            "no,u,i,n,p,t\n1,,POST,x,0,never\n2,,i,1,1,2024-01-01\n3,u,D,1,1,2024-01-01\n");
    IngestResult result = CsvIngest.builder().add(file, mapping).tolerance(0).read();
    assertThat(result.report().total().filtered())
        .containsExactly(
            Map.entry("no price", 1L), Map.entry("no user", 1L), Map.entry("post", 1L));
    assertThat(result.dataset().items().size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"mean, 4", "median, 3", "7, 7"})
  void aMissingRatingIsImputedFromTheOthers(String how, double expected) {
    CsvMapping mapping = CsvMapping.detect().toBuilder().impute("rating", how).build();
    IngestResult result = read("user,item,rating\nu,a,2\nu,b,3\nu,c,7\nu,d,\nu,e,NaN\n", mapping);
    assertThat(result.dataset().events())
        .extracting(event -> ((Interaction) event).value())
        .containsExactly(2d, 3d, 7d, expected, expected);
    assertThat(result.report().total().imputed())
        .containsExactly(Map.entry("rating by " + how, 2L));
  }

  @Test
  void valuesAreImputedFromEventsOfTheSameType() {
    CsvMapping mapping = CsvMapping.detect().toBuilder().impute("value", "mean").build();
    IngestResult result =
        read(
            "user,item,type,value\nu,a,view,100\nu,b,cart,2\nu,c,cart,4\nu,d,cart,\nu,e,view,\n",
            mapping);
    assertThat(result.dataset().events())
        .extracting(event -> ((Interaction) event).value())
        .containsExactly(100d, 2d, 4d, 3d, 1d);
  }

  @Test
  void aMissingPriceIsImputedFromTheItemElseFromAllAndIsNotTold() {
    CsvMapping mapping = shop().toBuilder().impute("p", "median").build();
    IngestResult result =
        read(
            """
            no,u,i,n,p,t
            1,u,i,1,2,2024-01-01
            2,u,i,1,4,2024-01-02
            3,u,i,1,,2024-01-03
            4,u,j,1,100,2024-01-04
            5,u,k,2,NA,2024-01-05
            """,
            mapping);
    assertThat(result.dataset().events())
        .extracting(event -> ((Interaction) event).amount())
        .containsExactly(2d, 4d, 3d, 100d, 8d);
    assertThat(result.dataset().item("i").orElseThrow().price()).hasValue(4);
    assertThat(result.dataset().item("k").orElseThrow().price()).isEmpty();
  }

  @Test
  void aPriceListIsFilledInWhenAskedTo() {
    CsvMapping mapping = CsvMapping.detect().toBuilder().impute("price", "mean").build();
    IngestResult result = read("item,price\ni,1\nj,\nk,2\n", mapping);
    assertThat(result.dataset().item("j").orElseThrow().price()).hasValue(1.5);
    assertThat(result.report().accepted()).isEqualTo(3);
  }

  @Test
  void missingNumbersAreDroppedByNameOrReportedAsMalformed() {
    String text = "user,item,rating\nu,a,2\nu,b,\n";
    CsvMapping drop = CsvMapping.detect().toBuilder().impute("rating", "drop").build();
    assertThat(read(text, drop).report().total().filtered())
        .containsExactly(Map.entry("drop missing rating", 1L));
    assertThat(detect(text).report().total().malformed()).containsExactly(Map.entry("missing", 1L));
  }

  @Test
  void imputingWithoutAnyNumberOrOfAnotherColumnIsRefused() {
    CsvMapping mean = CsvMapping.detect().toBuilder().impute("rating", "mean").build();
    assertThatThrownBy(() -> read("user,item,rating\nu,a,\n", mean))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("no row has a number for rating");
    CsvMapping item = CsvMapping.detect().toBuilder().impute("item", "mean").build();
    assertThatThrownBy(() -> read("user,item,rating\nu,a,1\n", item))
        .hasMessageContaining("neither the value nor the price");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.299,00 €|1299",
        "12,50|12.5",
        "EUR 1.234.567,89|1234567.89",
        "$ 3|3",
        "1.299|1299",
        "12.50|12.5",
        "1 299,5|1299.5",
        "1\u00A0299,5\u202F€|1299.5",
        "1'299,50 CHF|1299.5",
        "+0,05|0.05",
      })
  void decimalCommaIsReadWhereTheMappingSaysSo(String price, double expected) {
    CsvMapping mapping =
        CsvMapping.builder().delimiter(";").item("i").price("p").decimalComma("p").build();
    Dataset data = read("i;p\na;" + price + "\n", mapping).dataset();
    assertThat(data.item("a").orElseThrow().price()).hasValue(expected);
    assertThat(CsvMapping.parse(mapping.toString())).isEqualTo(mapping);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.29,00", "1,299,00", "1.299.5", "12,", ",5", "1,2,3", "12,50 Euro", "x"})
  void whatIsNoNumberWithADecimalCommaIsMalformed(String price) {
    CsvMapping mapping =
        CsvMapping.builder().delimiter(";").item("i").price("p").decimalComma("p").build();
    assertThat(rejection(read("i;p\na;" + price + "\n", mapping)))
        .contains("p \"" + price + "\": a number is needed such as 1.299,00");
  }

  private static String rejection(IngestResult result) {
    return result.report().files().get(0).rejections().get(0).toString();
  }

  @Test
  void rulesAndImputedNumbersSeeTheNumberBehindADecimalComma() {
    CsvMapping mapping =
        CsvMapping.parse(
            "delimiter=;\nuser=u\nitem=i\nevent=PURCHASE\nvalue=n\nprice=p\nformat.n=decimal-comma\n"
                + "format.p=decimal-comma\nreject.dear=p > 1000\nimpute.p=median");
    IngestResult result = read("u;i;n;p\na;x;1,5;2,00 €\na;y;2;1.299,00 €\na;x;3;\n", mapping);
    assertThat(result.report().files().get(0).counts().filtered()).isEqualTo(Map.of("dear", 1L));
    assertThat(result.dataset().events())
        .containsExactly(
            Interaction.purchase("a", "x", 1.5, 3, Instant.EPOCH),
            Interaction.purchase("a", "x", 3, 6, Instant.EPOCH));
  }

  @Test
  void numberWithACommaThatIsNotAskedForTellsHowToAskForIt() {
    CsvMapping mapping = CsvMapping.builder().delimiter(";").item("i").price("p").build();
    assertThat(rejection(read("i;p\na;1.299,00\n", mapping)))
        .contains("with a decimal point", "set format.p = decimal-comma");
  }

  @Test
  void wholeNumbersLoseTheirDecimalPartOfZeros() {
    CsvMapping mapping = CsvMapping.detect().toBuilder().integer("user").build();
    IngestResult result = read("user,item\n17850.0,i\n17850,j\n0042.,k\n1.5,l\nx,m\n", mapping);
    assertThat(result.dataset().users().ids()).containsExactly("0042", "17850");
    assertThat(result.report().total().rewritten())
        .containsExactly(Map.entry("user as integer", 2L));
    assertThat(result.report().total().malformed())
        .containsExactly(Map.entry("not a whole number", 2L));
  }

  @Test
  void theReportIsReadableInATerminal() {
    CsvMapping mapping =
        shop().toBuilder()
            .reject("a rule with a name that is rather long, for whatever reason", "i = x")
            .reject("another rule whose name is long as well", "i = y")
            .build();
    StringBuilder rows = new StringBuilder();
    for (String item : new String[] {"x", "y", "z"}) {
      rows.append("1,u,").append(item).append(",1,1,2024-01-01\n");
    }
    rows.append("2,u,z,").append("9".repeat(500)).append("bad,1,2024-01-01\n");
    Path file = Csv.write(folder, "x".repeat(120) + ".csv", "no,u,i,n,p,t\n" + rows);
    IngestReport report =
        CsvIngest.builder()
            .add(file, mapping)
            .add(Csv.write(folder, "items.csv", "item,title\ni,A\n"))
            .tolerance(1)
            .read()
            .report();
    assertThat(report.describe().lines().toList())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100))
        .contains("  read                  4", "  accepted              1", "all 2 files")
        .anySatisfy(line -> assertThat(line).contains("malformed: not a number 1"));
    assertThat(report.read())
        .isEqualTo(5)
        .isEqualTo(report.accepted() + report.merged() + report.rejected());
  }

  @Test
  void aReportThatLosesARowCannotBeMade() {
    assertThatThrownBy(
            () ->
                new IngestReport.Counts(
                    3, 1, Map.of("duplicate", 1L), Map.of(), Map.of(), Map.of(), Map.of()))
        .hasMessageContaining("read 3 rows but accounted for 2");
  }

  @Test
  void anInterruptStopsTheReading() {
    Path file = Csv.write(folder, "f.csv", "user,item\nu,i\n");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> Csv.read(file, CsvMapping.detect()))
          .isInstanceOfAny(CancellationException.class, IngestException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void typesOfYourOwnAreExplained() {
    CsvMapping mapping =
        CsvMapping.builder().user("u").item("i").type("t").type("Peek", VIEW).build();
    IngestResult result = read("u,i,t\nu,i,PEEK\nu,i,cart\nu,i,dance\nu,i,\n", mapping);
    assertThat(result.dataset().events()).extracting(Event::type).containsExactly(VIEW, CART);
    assertThat(result.report().rejections())
        .extracting(Rejection::reason)
        .satisfiesExactly(
            unknown -> assertThat(unknown).contains("type.dance = VIEW"),
            missing -> assertThat(missing).contains("missing"));
  }
}
