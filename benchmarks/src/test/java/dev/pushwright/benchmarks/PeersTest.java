// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.benchmarks.peers.Fork;
import dev.pushwright.benchmarks.peers.Pairs;
import dev.pushwright.benchmarks.peers.PushwrightPeer;
import dev.pushwright.benchmarks.peers.Work;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Libraries made up of our own classes: one that works, one that cannot be started, one too slow.
 */
class PeersTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Takes its time. */
  static final class Sleeper {
    /**
     * Sleeps.
     *
     * @param args are not looked at
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws InterruptedException {
      Thread.sleep(600_000);
    }
  }

  private void library(String name, String mainClass) throws IOException {
    Path target = Files.createDirectories(folder.resolve(name).resolve("target"));
    Files.writeString(folder.resolve(name).resolve("peer.args"), "# a comment\n" + mainClass);
    Files.writeString(target.resolve("class-path"), System.getProperty("java.class.path"));
  }

  private int run(String... more) {
    List<String> args = new ArrayList<>(List.of("--peers", folder.toString(), "--threads", "1"));
    args.addAll(List.of("--seconds", "0", "--heap", "256m"));
    args.addAll(List.of("--keep", folder.resolve("kept").toString()));
    args.addAll(List.of(more));
    if (!args.contains("--shape")) {
      args.addAll(List.of("--shape", "60x40x10"));
    }
    return Peers.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(args.toArray(String[]::new));
  }

  private String row(String library) {
    return out.toString()
        .lines()
        .filter(line -> line.contains("| " + library + " |"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(out.toString() + err));
  }

  @Test
  void aLibraryThatFailsDoesNotStopTheOthers() throws IOException {
    library("a-missing", "dev.pushwright.NoSuchClass");
    library("b-twin", "dev.pushwright.benchmarks.peers.PushwrightPeer");
    assertThat(run("--work", "item-cosine")).as(err.toString()).isZero();
    assertThat(row("a-missing")).contains("| failed |");
    assertThat(out.toString()).contains("- item-cosine, a-missing: ended early");
    assertThat(row(new PushwrightPeer().library())).contains("100.00 % same");
    assertThat(out.toString()).contains("600 ratings of 40 items by 60 users");
  }

  @Test
  void aLibraryThatTakesTooLongIsEnded() throws IOException {
    library("slow", Sleeper.class.getName());
    assertThat(run("--work", "k-means", "--timeout", "1")).isZero();
    assertThat(row("slow")).contains("| > 1.00 |");
  }

  @Test
  void whatIsSkippedIsNotStarted() throws IOException {
    library("twin", "dev.pushwright.benchmarks.peers.PushwrightPeer");
    assertThat(run("--work", "k-means", "--skip", "twin:k-means")).isZero();
    assertThat(err.toString()).doesNotContain("k-means, twin");
  }

  @Test
  void withoutLibrariesItSaysHowToBuildThem() throws IOException {
    Files.createDirectories(folder.resolve("some"));
    Files.writeString(folder.resolve("some").resolve("peer.args"), "Main");
    assertThat(run()).isNotZero();
    assertThat(err.toString()).contains("mvn -q -Ppeers");
  }

  @Test
  void whatIsNotThereIsNamedBesideWhatIs() throws IOException {
    library("twin", "dev.pushwright.benchmarks.peers.PushwrightPeer");
    assertThat(run("--library", "tween")).isNotZero();
    assertThat(run("--skip", "twin:sleep")).isNotZero();
    assertThat(run("--work", "nap")).isNotZero();
    assertThat(err.toString())
        .contains(
            "no library \"tween\"", "there is [twin]", "no work \"sleep\"", "no work \"nap\"");
  }

  @Test
  void oursHasTheVectorModuleWhereThisProcessHasIt() {
    boolean here = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(Fork.ours().launch().contains("jdk.incubator.vector")).isEqualTo(here);
  }

  @Test
  void theHelpNamesAllWork() {
    String help = Peers.commandLine().getUsageMessage().replaceAll("\\s+", " ");
    assertThat(help)
        .contains(
            Arrays.stream(Work.values()).map(Work::key).collect(Collectors.joining(", ")) + ".");
  }

  @Test
  void aShapeThatIsNoneIsRefused() throws IOException {
    library("twin", "dev.pushwright.benchmarks.peers.PushwrightPeer");
    assertThat(run("--shape", "60x40")).isNotZero();
    assertThat(err.toString()).contains("shape is 60x40");
  }

  @Test
  void ratingsAreMadeUpOnlyWhereThereAreNone() {
    Dataset views =
        Synthetic.dataset(
            List.of(
                Interaction.view("b", "y", AT),
                Interaction.view("a", "x", AT),
                Interaction.view("a", "y", AT),
                Interaction.view("a", "x", AT)));
    Pairs made = Peers.pairs(views);
    assertThat(made.users()).isEqualTo(2);
    assertThat(made.items()).isEqualTo(2);
    assertThat(made.size()).isEqualTo(3);
    for (float rating : made.rating()) {
      assertThat(rating).isBetween(1f, 5f);
    }
    Dataset rated =
        Synthetic.dataset(
            List.of(
                Interaction.rating("a", "x", 2, AT),
                Interaction.rating("a", "x", 5, AT.plusSeconds(1)),
                Interaction.rating("b", "y", 1, AT)));
    assertThat(Peers.pairs(rated).rating()).containsExactly(5, 1);
  }
}
