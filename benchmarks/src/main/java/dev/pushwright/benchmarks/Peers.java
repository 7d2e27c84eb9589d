// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.benchmarks.peers.Agreement;
import dev.pushwright.benchmarks.peers.Answer;
import dev.pushwright.benchmarks.peers.Fork;
import dev.pushwright.benchmarks.peers.Measurement;
import dev.pushwright.benchmarks.peers.Pairs;
import dev.pushwright.benchmarks.peers.PeerTable;
import dev.pushwright.benchmarks.peers.Work;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.IngestException;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * This library beside others on the JVM: the same work on the same data on the same machine, each
 * piece in a process of its own, and a table of the times. Not part of the normal build, because
 * the others bring 350 MB of jars:
 *
 * <pre>
 * mvn -q -Ppeers -pl benchmarks/peers -am -amd package -DskipTests
 * java -cp benchmarks/target/benchmarks.jar dev.pushwright.benchmarks.Peers --data train.tsv.gz
 * </pre>
 *
 * <p>With {@code --add-modules jdk.incubator.vector} this library's processes have that module,
 * too.
 */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Does the same work with this library and with others, and prints a table of the times.",
      "A library that fails or takes too long fails alone; what it printed is kept."
    })
public final class Peers implements Callable<Integer> {

  @Option(
      names = "--data",
      description =
          "csv or tsv, plain or gzip: user, item[, rating[, timestamp]] in this order, or with a"
              + " header that names them. Without ratings, some are made up for the work that needs"
              + " them. Default: all made up, see --shape.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--shape",
      defaultValue = "2000x1000x50",
      description = "Users × items × ratings of each user, made up (default: ${DEFAULT-VALUE}).")
  private String shape = "2000x1000x50";

  @Option(
      names = "--peers",
      defaultValue = "benchmarks/peers",
      description = "The folder of the other libraries (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("benchmarks", "peers");

  @Option(
      names = "--work",
      split = ",",
      description =
          "Only this: item-cosine, user-cosine, top-n, als, biased-mf, neu-mf, lstm-lm, gru-lm,"
              + " k-means.")
  private List<String> only = List.of();

  @Option(
      names = "--library",
      split = ",",
      description = "Only these of the others, such as ranksys.")
  private List<String> libraries = List.of();

  @Option(
      names = "--skip",
      split = ",",
      paramLabel = "library:work",
      description = "Not these, such as lenskit:top-n, which takes ten minutes.")
  private List<String> skipped = List.of();

  @Option(
      names = "--timeout",
      defaultValue = "180",
      description = "Seconds after which a process is ended (default: ${DEFAULT-VALUE}).")
  private double timeout = 180;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description =
          "After how many seconds of work it is not repeated any more; the best time counts"
              + " (default: ${DEFAULT-VALUE}).")
  private double seconds = 20;

  @Option(names = "--threads", description = "Default: as many as there are processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--heap",
      defaultValue = "4g",
      description = "The heap of each process (default: ${DEFAULT-VALUE}).")
  private String heap = "4g";

  @Option(
      names = "--keep",
      description =
          "A folder for the data, the answers and what the libraries print (default: a temporary"
              + " one).")
  private Optional<Path> keep = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs the program and ends the process with 0, or with 1 or 2 when something went wrong. That a
   * library failed is a finding, not something going wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Peers())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof IllegalArgumentException
                  || failure instanceof IngestException) {
                command.getErr().println(failure.getMessage());
                return command.getCommandSpec().exitCodeOnExecutionException();
              }
              throw failure;
            });
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Work> works =
        only.isEmpty() ? Arrays.asList(Work.values()) : only.stream().map(Work::of).toList();
    if (threads < 1 || !(timeout > 0) || !(seconds >= 0)) {
      throw new IllegalArgumentException(
          "threads is %d, timeout %s, seconds %s; at least 1, more than 0 and at least 0 are needed"
              .formatted(threads, timeout, seconds));
    }
    List<Fork> peers = chosen();
    Pairs pairs = pairs();
    Path scratch =
        keep.isPresent() ? Files.createDirectories(keep.get()) : Files.createTempDirectory("peers");
    Path file = scratch.resolve("pairs.tsv");
    pairs.write(file);
    List<PeerTable.Row> rows = new ArrayList<>();
    for (Work work : works) {
      Measurement ours = measure(Fork.ours(), work, scratch);
      Optional<Answer> ourAnswer = answer(answerFile(Fork.ours(), work, scratch));
      for (Fork peer : peers) {
        if (skipped.contains(peer.name() + ":" + work.key())) {
          continue;
        }
        Measurement theirs = measure(peer, work, scratch);
        if (!theirs.absent()) {
          rows.add(
              new PeerTable.Row(
                  work,
                  peer.name(),
                  ours,
                  theirs,
                  agreement(work, pairs, ourAnswer, answerFile(peer, work, scratch)),
                  timeout));
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        String.format(
            Locale.ROOT,
            "%,d ratings of %,d items by %,d users. %d processors, %d threads, -Xmx%s, JDK %s, %s"
                + " %s.%n",
            pairs.size(),
            pairs.items(),
            pairs.users(),
            Runtime.getRuntime().availableProcessors(),
            threads,
            heap,
            Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch")));
    out.print(PeerTable.of(rows));
    out.flush();
    err().println("what the libraries printed: " + scratch);
    return 0;
  }

  private List<Fork> chosen() throws IOException {
    List<Fork> peers = Fork.peers(folder);
    Set<String> names = peers.stream().map(Fork::name).collect(Collectors.toSet());
    for (String skip : skipped) {
      int colon = skip.indexOf(':');
      requireKnown(colon < 0 ? skip : skip.substring(0, colon), names);
      Work.of(skip.substring(colon + 1));
    }
    libraries.forEach(library -> requireKnown(library, names));
    return peers.stream()
        .filter(peer -> libraries.isEmpty() || libraries.contains(peer.name()))
        .toList();
  }

  private void requireKnown(String library, Set<String> names) {
    if (!names.contains(library)) {
      throw new IllegalArgumentException(
          "there is no library \""
              + library
              + "\" in "
              + folder
              + "; there is "
              + new TreeSet<>(names));
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private static Path answerFile(Fork fork, Work work, Path scratch) {
    return scratch.resolve(work.key() + "-" + fork.name() + ".answer");
  }

  private static Optional<Answer> answer(Path file) throws IOException {
    return Files.exists(file) ? Optional.of(Answer.read(file)) : Optional.empty();
  }

  /** An answer that is none is one library's failure, too. */
  private static String agreement(Work work, Pairs pairs, Optional<Answer> ours, Path theirs) {
    try {
      return answer(theirs).map(answer -> Agreement.of(work, pairs, ours, answer)).orElse("–");
    } catch (IOException | RuntimeException e) {
      return "cannot be compared: " + e;
    }
  }

  private Measurement measure(Fork fork, Work work, Path scratch)
      throws IOException, InterruptedException {
    // Of an earlier run, in a folder that was kept.
    Files.deleteIfExists(answerFile(fork, work, scratch));
    Measurement measured =
        fork.run(
            List.of(
                work.key(),
                scratch.resolve("pairs.tsv").toString(),
                answerFile(fork, work, scratch).toString(),
                String.valueOf(threads),
                String.valueOf(seconds)),
            // Nobody sees more processors than it may use.
            List.of("-Xmx" + heap, "-XX:ActiveProcessorCount=" + threads),
            scratch.resolve(work.key() + "-" + fork.name()),
            timeout);
    err()
        .println(
            work.key()
                + ", "
                + fork.name()
                + ": "
                + (measured.absent() ? "has no such thing" : measured.runs() + " s")
                + measured.trouble().map(why -> ", " + why).orElse(""));
    err().flush();
    return measured;
  }

  private Pairs pairs() {
    if (data.isPresent()) {
      Path file = data.get();
      return pairs(CsvIngest.builder().add(file, PairFile.mapping(file)).read().dataset());
    }
    String[] sizes = shape.split("x", -1);
    if (sizes.length != 3) {
      throw new IllegalArgumentException(
          "shape is " + shape + "; users × items × ratings of each are needed: 2000x1000x50");
    }
    return pairs(
        Synthetic.dataset(
            Synthetic.ratings(
                Integer.parseInt(sizes[0]),
                Integer.parseInt(sizes[1]),
                Integer.parseInt(sizes[2]),
                1)));
  }

  /** One rating for each user and item, the last; without ratings, made up. */
  static Pairs pairs(Dataset data) {
    InteractionMatrix matrix =
        data.interactions(Weighting.standard().withCombine(Weighting.Combine.LAST));
    SparseRows rows = matrix.byUser();
    int[] user = new int[rows.size()];
    int[] item = new int[rows.size()];
    float[] rating = new float[rows.size()];
    for (int u = 0; u < rows.rows(); u++) {
      for (int p = rows.start(u); p < rows.end(u); p++) {
        user[p] = u;
        item[p] = rows.column(p);
        rating[p] = rows.value(p);
      }
    }
    boolean rated = false;
    for (float r : rating) {
      rated |= r != 1;
    }
    if (!rated) {
      makeUp(user, item, rating, rows.rows(), rows.columns());
    }
    return new Pairs(rows.rows(), rows.columns(), user, item, rating);
  }

  /**
   * Ratings from 1 to 5 with users and items of different means, so that there is much to learn.
   */
  private static void makeUp(int[] user, int[] item, float[] rating, int users, int items) {
    SplittableRandom random = new SplittableRandom(3);
    double[] ofUser = random.doubles(users, -1, 1).toArray();
    double[] ofItem = random.doubles(items, -1, 1).toArray();
    for (int p = 0; p < rating.length; p++) {
      double wanted = 3.5 + ofUser[user[p]] + ofItem[item[p]] + random.nextDouble(-1, 1);
      rating[p] = (float) Math.max(1, Math.min(5, Math.rint(wanted)));
    }
  }
}
