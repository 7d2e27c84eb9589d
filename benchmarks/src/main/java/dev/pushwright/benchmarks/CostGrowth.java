// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Recommender;
import dev.pushwright.benchmarks.Chart.Point;
import dev.pushwright.benchmarks.EvaluationPage.Cell;
import dev.pushwright.benchmarks.EvaluationPage.Figure;
import dev.pushwright.benchmarks.EvaluationPage.Figures;
import dev.pushwright.benchmarks.EvaluationPage.Named;
import dev.pushwright.benchmarks.EvaluationPage.Row;
import dev.pushwright.benchmarks.EvaluationPage.Section;
import dev.pushwright.benchmarks.EvaluationPage.Table;
import dev.pushwright.cf.Als;
import dev.pushwright.cf.ItemKnn;
import dev.pushwright.data.Dataset;
import dev.pushwright.math.SparseRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Whether the cost of a fit grows as its class says: fits {@code item-knn} and {@code als} to
 * made-up data of growing size, counts the operations that the documented formula gives for these
 * data, and draws both, as multiples of the smallest. Where the lines part, the formula has left
 * something out.
 *
 * <pre>
 * java -Xmx4g -cp benchmarks/target/benchmarks.jar dev.pushwright.benchmarks.CostGrowth \
 *     --html growth.html
 * </pre>
 */
@Command(
    name = "cost-growth",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fits recommenders to made-up data of growing size, and draws seconds and operations.",
      "Each size has twice the pairs of the one before."
    })
public final class CostGrowth implements Callable<Integer> {

  private static final int NEIGHBOURS = 100;
  private static final int FACTORS = 32;
  private static final int ITERATIONS = 3;

  @Option(
      names = "--shape",
      defaultValue = "16000x8000x1600000",
      description = "Users × items × pairs of the largest (default: ${DEFAULT-VALUE}).")
  private String shape = "16000x8000x1600000";

  @Option(names = "--sizes", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
  private int sizes = 5;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "After one that does not count; the best counts (default: ${DEFAULT-VALUE}).")
  private int runs = 3;

  @Option(names = "--threads", description = "Default: as many as there are processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--html", required = true, paramLabel = "FILE", description = "The page.")
  private Path html = Path.of("growth.html");

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * What a fit cost.
   *
   * @param users how many users
   * @param pairs of a user and an item
   * @param operations by the documented formula
   * @param seconds the best run
   */
  record Cost(int users, int pairs, double operations, double seconds) {}

  /** What can be fitted, and what it is said to cost. */
  enum Fit {
    /** Σ over users of n², the additions of {@link ItemKnn}. */
    ITEM_KNN("item-knn", "sum over users of the square of how many items each has") {
      @Override
      Recommender recommender() {
        return ItemKnn.builder().neighbours(NEIGHBOURS).shrinkage(0).halfLifeDays(0).build();
      }

      @Override
      double operations(Dataset data) {
        SparseRows rows = data.seen();
        double operations = 0;
        for (int u = 0; u < rows.rows(); u++) {
          double n = (double) rows.end(u) - rows.start(u);
          operations += n * n;
        }
        return operations;
      }
    },
    /** Of each iteration of {@link Als}, both sides: pairs · factors² and rows · factors³. */
    ALS("als", "iterations · (2 · pairs · factors² + (users + items) · factors³), by cholesky") {
      @Override
      Recommender recommender() {
        return Als.builder()
            .factors(FACTORS)
            .iterations(ITERATIONS)
            .halfLifeDays(0)
            .solver(Als.Solver.CHOLESKY)
            .seed(1)
            .build();
      }

      @Override
      double operations(Dataset data) {
        double squares = (double) FACTORS * FACTORS;
        double rows = (double) data.users().size() + data.items().size();
        return ITERATIONS * squares * (2.0 * data.seen().size() + rows * FACTORS);
      }
    };

    private final String title;
    private final String formula;

    Fit(String title, String formula) {
      this.title = title;
      this.formula = formula;
    }

    abstract Recommender recommender();

    abstract double operations(Dataset data);
  }

  /**
   * Runs the program and ends the process with 0, or with 1 or 2 when something went wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    // Charts go into a file: no window.
    System.setProperty("java.awt.headless", "true");
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return GivenFiles.commandLine(new CostGrowth());
  }

  @Override
  public Integer call() throws IOException {
    int[] largest = Shapes.parse(shape);
    if (sizes < 2 || sizes > 12 || runs < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "sizes is "
              + sizes
              + " (2 to 12), runs is "
              + runs
              + " and threads is "
              + threads
              + " (at least 1)");
    }
    Map<Fit, List<Cost>> costs = new EnumMap<>(Fit.class);
    for (int size = sizes - 1; size >= 0; size--) {
      Dataset data =
          Synthetic.skewed(
              Math.max(1, largest[0] >> size), largest[1], Math.max(1, largest[2] >> size), 1);
      for (Fit fit : Fit.values()) {
        Cost cost =
            new Cost(
                data.users().size(), data.seen().size(), fit.operations(data), seconds(fit, data));
        costs.computeIfAbsent(fit, of -> new ArrayList<>()).add(cost);
        spec.commandLine()
            .getErr()
            .printf(
                Locale.ROOT,
                "%s: %d users, %d pairs, %.3g operations, %.3f s%n",
                fit.title,
                cost.users(),
                cost.pairs(),
                cost.operations(),
                cost.seconds());
      }
    }
    Files.writeString(html, HtmlReport.of(page(costs, Chart.obstacle())));
    return 0;
  }

  private double seconds(Fit fit, Dataset data) {
    FitContext context = FitContext.standard().withThreads(threads);
    Recommender recommender = fit.recommender();
    recommender.fit(data, context);
    double best = Double.MAX_VALUE;
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      recommender.fit(data, context);
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    return best;
  }

  /** The page of what was found, the smallest first. */
  private EvaluationPage.Page page(Map<Fit, List<Cost>> costs, Optional<String> obstacle) {
    List<Section> sections = new ArrayList<>();
    costs.forEach((fit, found) -> sections.add(section(fit, found, obstacle.isEmpty())));
    return new EvaluationPage.Page(
        "How the cost of a fit grows",
        String.format(
            Locale.ROOT,
            "Made-up data of up to %s users × items × pairs, %d threads, the best of %d runs.",
            shape,
            threads,
            runs),
        "",
        obstacle.orElse(""),
        List.of(
            new Named("operations, by the documented formula", Chart.mark(0), Chart.css(0), false),
            new Named("seconds", Chart.mark(1), Chart.css(1), false)),
        sections);
  }

  private static Section section(Fit fit, List<Cost> costs, boolean drawn) {
    List<Row> rows = new ArrayList<>();
    List<String> categories = new ArrayList<>();
    List<Point> operations = new ArrayList<>();
    List<Point> seconds = new ArrayList<>();
    Cost first = costs.get(0);
    for (Cost cost : costs) {
      categories.add(Integer.toString(cost.pairs()));
      operations.add(Point.of(cost.operations() / first.operations()));
      seconds.add(Point.of(cost.seconds() / first.seconds()));
      rows.add(
          new Row(
              List.of(
                  cell(Integer.toString(cost.pairs()), true),
                  cell(Integer.toString(cost.users()), false),
                  cell(String.format(Locale.ROOT, "%.3g", cost.operations()), false),
                  cell(String.format(Locale.ROOT, "%.3f", cost.seconds()), false),
                  cell(
                      String.format(Locale.ROOT, "%.2f", cost.seconds() * 1e9 / cost.operations()),
                      false))));
    }
    String caption = fit.title + ", times the smallest, by pairs";
    Chart chart = new Chart(caption, categories, List.of(operations, seconds));
    return new Section(
        fit.title,
        fit.title,
        List.of("Operations: " + fit.formula + "."),
        List.of(
            new Table(
                fit.title,
                List.of(
                    cell("pairs", false),
                    cell("users", false),
                    cell("operations", false),
                    cell("seconds", false),
                    cell("ns an operation", false)),
                rows)),
        drawn
            ? List.of(new Figures("", List.of(new Figure(caption, chart.lines(fit.title)))))
            : List.of());
  }

  private static Cell cell(String text, boolean heading) {
    return new Cell(text, "", heading, "", "", "");
  }

  /** Users × items × pairs as text. */
  private static final class Shapes {

    static int[] parse(String shape) {
      List<String> parts = Splitter.on('x').splitToList(shape);
      try {
        int[] sizes = parts.stream().mapToInt(Integer::parseInt).toArray();
        if (sizes.length == 3 && sizes[0] > 0 && sizes[1] > 3 && sizes[2] > 0) {
          return sizes;
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(complaint(shape), e);
      }
      throw new IllegalArgumentException(complaint(shape));
    }

    private static String complaint(String shape) {
      return "shape is \""
          + shape
          + "\"; users, items (at least 4) and pairs are needed, such as 16000x8000x1600000";
    }
  }
}
