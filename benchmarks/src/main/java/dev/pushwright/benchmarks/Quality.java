// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.pushwright.api.Recommender;
import dev.pushwright.eval.EvaluationResult;
import dev.pushwright.math.Matmul;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How good a recommender is on data of yours: fits it to one file, asks it about another, and
 * prints what was found as one line of JSON. Everything else goes to standard error.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.pushwright.benchmarks.Quality \
 *     --train train.tsv.gz --test test.tsv --recommender item-knn --set neighbours=50
 * </pre>
 */
@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fits a recommender to one file, asks it about another, and prints one line of JSON.",
      "Files are csv or tsv, plain or gzip: user, item[, rating[, timestamp]] in this order, or"
          + " with a header that names them."
    })
public final class Quality implements Callable<Integer> {

  @Mixin private final GivenFiles given = new GivenFiles();

  @Option(
      names = "--recommender",
      required = true,
      description = "The name of any installed plug-in.")
  private String recommender = "";

  @Option(names = "--set", paramLabel = "key=value", description = "An option of the recommender.")
  private List<String> settings = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs the program and ends the process with 0, or with 1 or 2 when something went wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return GivenFiles.commandLine(new Quality());
  }

  @Override
  public Integer call() throws IOException {
    Recommender fitted = given.recommender(recommender, settings);
    EvaluationResult result =
        given.evaluation().recommender(recommender, fitted).beyondAccuracyAt().run();
    given.note(result);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json(result));
    out.flush();
    return 0;
  }

  private String json(EvaluationResult result) throws IOException {
    EvaluationResult.Entry entry = result.entry(recommender);
    EvaluationResult.Cost cost = entry.cost();
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("recommender", recommender);
      json.writeObjectFieldStart("options");
      for (Map.Entry<String, String> option : entry.provenance().options().entrySet()) {
        json.writeStringField(option.getKey(), option.getValue());
      }
      json.writeEndObject();
      json.writeStringField("protocol", result.protocol());
      json.writeNumberField("users", result.users());
      json.writeNumberField(
          "skippedUsers", result.skipped().values().stream().mapToInt(n -> n).sum());
      json.writeNumberField("fallbacks", entry.fallbacks());
      for (EvaluationResult.Score score : entry.scores()) {
        json.writeNumberField(score.metric(), score.mean());
      }
      for (EvaluationResult.Score error : entry.ratingErrors()) {
        json.writeNumberField(error.metric(), error.mean());
      }
      json.writeNumberField("fitSeconds", rounded(cost.fitSeconds()));
      json.writeNumberField("recommendMillisP50", rounded(cost.recommendMillisP50()));
      json.writeNumberField("recommendMillisP99", rounded(cost.recommendMillisP99()));
      json.writeNumberField("peakHeapMb", rounded(cost.peakHeapBytes() / 0x1p20));
      json.writeStringField("timeLeak", result.split().timeLeak().name());
      json.writeNumberField("seed", given.seed());
      json.writeStringField("matmul", Matmul.tier());
      json.writeStringField("data", entry.provenance().data());
      json.writeStringField("version", entry.provenance().version());
      json.writeEndObject();
    }
    return text.toString();
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
