// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.pushwright.api.FitContext;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.eval.FullCatalogue;
import dev.pushwright.eval.Protocol;
import dev.pushwright.eval.RankingMetric;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.Splits;
import dev.pushwright.eval.TestCase;
import dev.pushwright.eval.TestCases;
import dev.pushwright.eval.search.SearchResult.Trial;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.RecommenderProvider;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the options with which a recommender does best on a validation part. Give it training data
 * alone, {@code split.train()}: it cuts the validation part from these, and has no way to see a
 * test part, which stays unspent for the {@linkplain dev.pushwright.eval.Evaluation evaluation} of
 * what was found.
 *
 * <pre>{@code
 * Split split = Splits.byTime(data, 0.2);
 * SearchResult found =
 *     HyperParameterSearch.of("item-knn", split.train())
 *         .space(SearchSpace.none().choice("neighbours", 20, 50, 100).uniform("shrinkage", 0, 100))
 *         .strategy(SearchStrategy.random(20))
 *         .state(Path.of("search.jsonl"))
 *         .run();
 * Recommender tuned = Plugins.load().recommender("item-knn", found.bestOptions());
 * }</pre>
 *
 * <p>A trial that throws has failed, and the search goes on. Same data, options, space, strategy
 * and seed, same result; the number of threads changes nothing. Configured by one thread; {@link
 * #run()} may be called again. To be interrupted by interrupting the thread that runs it.
 */
public final class HyperParameterSearch {

  private static final double VALIDATION_SHARE = 0.2;

  private final RecommenderProvider provider;
  private final Dataset data;
  private @Nullable Function<Dataset, Split> validation;
  private Protocol protocol = FullCatalogue.standard();
  private RankingMetric metric = new RankingMetric(RankingMetric.Kind.NDCG, 10);
  private SearchSpace space = SearchSpace.none();
  private SearchStrategy strategy = SearchStrategy.grid();
  private Options fixed = Options.none();
  private long seed = 1;
  private FitContext context = FitContext.standard();
  private @Nullable Path state;

  private HyperParameterSearch(RecommenderProvider provider, Dataset data) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.data = Objects.requireNonNull(data, "data");
  }

  /**
   * Starts a search.
   *
   * @param provider whose options are searched
   * @param train training data alone, such as {@code split.train()}
   * @return a search without a space
   */
  public static HyperParameterSearch of(RecommenderProvider provider, Dataset train) {
    return new HyperParameterSearch(provider, train);
  }

  /**
   * Starts a search for an installed recommender, found by {@link Plugins#load()}.
   *
   * @param recommender its name
   * @param train training data alone, such as {@code split.train()}
   * @return a search without a space
   * @throws IllegalArgumentException when there is none of that name
   */
  public static HyperParameterSearch of(String recommender, Dataset train) {
    return of(Plugins.load().recommender(recommender), train);
  }

  /**
   * Sets how the validation part is cut from the data; the last fifth by time where it is not set.
   * Data without times need another one, such as {@code Splits::leaveLastOut}.
   *
   * @param validation cuts the data it is handed, and makes the same of the same each time
   * @return this
   */
  public HyperParameterSearch validation(Function<Dataset, Split> validation) {
    this.validation = Objects.requireNonNull(validation, "validation");
    return this;
  }

  /**
   * Sets what is asked and how it is judged; {@link FullCatalogue#standard()} where it is not set.
   *
   * @param protocol the protocol
   * @return this
   */
  public HyperParameterSearch protocol(Protocol protocol) {
    this.protocol = Objects.requireNonNull(protocol, "protocol");
    return this;
  }

  /**
   * Sets what is to be as high as possible; {@code ndcg@10} where it is not set.
   *
   * @param name such as {@code "hr@10"}, see {@link RankingMetric#parse}
   * @return this
   */
  public HyperParameterSearch metric(String name) {
    this.metric = RankingMetric.parse(name);
    return this;
  }

  /**
   * Sets which options are searched.
   *
   * @param space options of the provider with the values they may take
   * @return this
   * @throws IllegalArgumentException for a name the provider does not have, with the nearest
   *     spelling, or a value it does not allow
   */
  public HyperParameterSearch space(SearchSpace space) {
    this.space = space.checked(provider.options());
    return this;
  }

  /**
   * Sets which combinations are tried; {@link SearchStrategy#grid()} where it is not set.
   *
   * @param strategy the strategy
   * @return this
   */
  public HyperParameterSearch strategy(SearchStrategy strategy) {
    this.strategy = Objects.requireNonNull(strategy, "strategy");
    return this;
  }

  /**
   * Sets options that are the same in every trial; the provider's defaults where it is not set.
   *
   * @param fixed options that are not searched
   * @return this
   * @throws IllegalArgumentException for a name or a value that is not allowed
   */
  public HyperParameterSearch options(Options fixed) {
    provider.options().resolve(fixed);
    this.fixed = fixed;
    return this;
  }

  /**
   * Sets the seed of the draws and of the rungs' users; 1 where it is not set. The recommender's
   * own seed is one of its options.
   *
   * @param seed the same seed gives the same trials
   * @return this
   */
  public HyperParameterSearch seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Sets the circumstances: the threads are for the fits, the listener for everything; the phase
   * {@code search} counts trials.
   *
   * @param context threads and progress
   * @return this
   */
  public HyperParameterSearch context(FitContext context) {
    this.context = Objects.requireNonNull(context, "context");
    return this;
  }

  /**
   * Sets a file that remembers each finished trial, failed ones too, as soon as it is finished. If
   * it is there, the search goes on where it ended, and finds what it would have found without a
   * break. A line that was not written whole is dropped with a warning; a file that is damaged in
   * another way, or is that of another search, is refused and left alone.
   *
   * @param file a file of the default file system, in a folder that exists; nothing is remembered
   *     where it is not set
   * @return this
   */
  public HyperParameterSearch state(Path file) {
    this.state = Objects.requireNonNull(file, "file");
    return this;
  }

  /**
   * Searches.
   *
   * @return what was found
   * @throws IllegalArgumentException when the validation part cannot be cut or asks nothing, the
   *     space does not suit the strategy, or the state file is not one of this search
   * @throws IllegalStateException when there is no space, every trial failed, or another search has
   *     the state file open
   * @throws java.io.UncheckedIOException when the state file cannot be read or written
   * @throws CancellationException when the calling thread is interrupted
   */
  public SearchResult run() {
    Trials.checkInterrupted();
    if (space.names().isEmpty()) {
      throw new IllegalStateException("there is nothing to search; set a space");
    }
    Map<String, String> fixedTexts = fixedTexts();
    Split split = validationSplit();
    TestCases cases = protocol.cases(split);
    if (cases.cases().isEmpty()) {
      throw new IllegalArgumentException(
          "no user of the validation part has anything to rank: " + cases.skipped());
    }
    Candidates candidates = Candidates.of(space, strategy, seed, fixedTexts, provider.options());
    RungData rungs = new RungData(split, cases.cases(), seed);
    rungs.check(candidates.rungs());
    Trials making = new Trials(provider, metric, context, String.valueOf(state));
    List<Trial> trials;
    if (state == null) {
      trials = making.all(candidates, rungs, List.of(), trial -> {});
    } else {
      try (StateFile file = StateFile.open(state, identity(split, cases, fixedTexts))) {
        trials = making.all(candidates, rungs, file.trials(), file::append);
      }
    }
    return new SearchResult(
        provider.name(),
        data.fingerprint(),
        split.report(),
        protocol.label(),
        cases.skipped(),
        cases.notes(),
        metric.name(),
        space.toString(),
        strategy.toString(),
        seed,
        trials);
  }

  private Map<String, String> fixedTexts() {
    OptionSet options = provider.options();
    Map<String, String> texts = new LinkedHashMap<>();
    fixed
        .values()
        .forEach(
            (name, value) -> {
              if (space.names().contains(name)) {
                throw new IllegalArgumentException(
                    "option " + name + " is both fixed, to " + value + ", and searched; drop one");
              }
              texts.put(name, SearchSpace.text(options, name, value));
            });
    return texts;
  }

  private Split validationSplit() {
    if (validation == null && !data.timed()) {
      throw new IllegalArgumentException(
          "the events carry no times, so the last of them cannot be held out for validation; set"
              + " validation(Splits::leaveLastOut), or another split that needs no times");
    }
    Split split =
        validation == null ? Splits.byTime(data, VALIDATION_SHARE) : validation.apply(data);
    Map<String, Map<Event, Integer>> left = new HashMap<>();
    split.train().events().forEach(event -> take(left, event));
    split.test().values().forEach(events -> events.forEach(event -> take(left, event)));
    return split;
  }

  // A split made of anything else than the data given could hold the test part.
  private void take(Map<String, Map<Event, Integer>> left, Event event) {
    Map<Event, Integer> ofUser =
        left.computeIfAbsent(
            event.userId(),
            user -> {
              Map<Event, Integer> counts = new HashMap<>();
              data.eventsOf(user).forEach(own -> counts.merge(own, 1, Integer::sum));
              return counts;
            });
    if (ofUser.merge(event, -1, Integer::sum) < 0) {
      throw new IllegalArgumentException(
          "the validation split has an event that the data do not have, or has it too often: "
              + event
              + "; cut the data that the function is handed, and nothing else");
    }
  }

  private Map<String, String> identity(
      Split split, TestCases cases, Map<String, String> fixedTexts) {
    Hasher questions = Hashing.sha256().newHasher();
    for (TestCase one : cases.cases()) {
      text(questions, one.userId());
      questions.putBoolean(one.query(1).excludeSeen());
      one.relevant().stream().sorted().forEach(item -> text(questions, item));
      one.candidates()
          .ifPresent(items -> items.stream().sorted().forEach(item -> text(questions, item)));
      questions.putInt(one.candidateCount());
    }
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("provider", provider.name());
    identity.put("options", fixedTexts.toString());
    identity.put("data", data.fingerprint());
    identity.put("validation", split.report().name() + ", " + split.train().fingerprint());
    identity.put("protocol", protocol.label());
    identity.put("questions", questions.hash().toString().substring(0, 16));
    identity.put("metric", metric.name());
    identity.put("space", space.toString());
    identity.put("strategy", strategy.toString());
    identity.put("seed", String.valueOf(seed));
    return identity;
  }

  private static void text(Hasher hasher, String text) {
    hasher.putInt(text.length()).putUnencodedChars(text);
  }
}
