// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.api.FitContext;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.EpochClock;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.Schedule;
import dev.pushwright.textgen.copy.Vocabulary;
import dev.pushwright.textgen.lm.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Refines a network that has learned texts by what its own are worth. For each set of attributes it
 * draws S texts and learns by REINFORCE [1] to write those more that are worth more than the others
 * drawn with them, which are the baseline [2]:
 *
 * <pre>
 * ∇L = −1/S·Σ_i (r_i − mean of r_j, j ≠ i)·∇ln p(y_i)       r = BLEU(y) − {@value #ERROR_COST}·errors(y)
 * </pre>
 *
 * <p>BLEU is that of {@link NGramCounts} against all texts that people wrote for the set, as in
 * self-critical training [3]; errors are those of {@link SlotJudge}. Cross-entropy makes all texts
 * of people likely; this makes the likely ones such as most people would write. Where a set has one
 * text only, little can be learned from it.
 *
 * <p>Nothing is dropped. Sets are learned in chunks of {@value #CHUNK}, see {@link DataParallel}:
 * same bits for any number of threads.
 *
 * <p>[1] R. J. Williams, "Simple statistical gradient-following algorithms for connectionist
 * reinforcement learning", Machine Learning 8, 1992. [2] W. Kool, H. van Hoof, M. Welling, "Buy 4
 * REINFORCE samples, get a baseline for free!", ICLR 2019 workshop on deep reinforcement learning
 * meets structured prediction. [3] S. J. Rennie et al., "Self-critical sequence training for image
 * captioning", CVPR 2017.
 */
final class Refiner {

  /** What a slot that is stated wrongly costs, in BLEU. */
  static final double ERROR_COST = 0.2;

  /** How many sets a thread works at a time; the bits depend on it. */
  static final int CHUNK = 4;

  // How many sets a step learns from.
  private static final int SETS = 16;
  private static final double CLIP = 5;
  private static final double FLOOR = 0.02;

  /**
   * How it is done.
   *
   * @param epochs how often texts are drawn for each set
   * @param samples S, at least 2
   * @param learningRate by the rule of Adam
   */
  record Plan(int epochs, int samples, double learningRate) {

    /** Nothing is done. */
    static final Plan NONE = new Plan(0, 2, 1);
  }

  /** A set of attributes, what the judge is to look for, and what people wrote. */
  private record Task(AttributeSet attributes, Map<String, String> values, NGramCounts people) {}

  private final List<Task> tasks;
  private final Plan plan;
  private final long seed;
  private final Vocabulary vocabulary;
  private final SlotJudge judge;
  private final int longest;
  private final Parameters parameters;
  private final DataParallel<Seq2SeqNet> parallel;
  private final Optimizer optimizer;
  private final String phase;
  private final boolean[] forbidden;
  private int epochs;

  /**
   * Prepares.
   *
   * @param pairs what was learned
   * @param told the attributes of each by name, copied ones being empty
   * @param plan how it is done
   * @param seed of what is drawn
   * @param vocabulary of the network
   * @param judge of slots
   * @param longest how many tokens are drawn at most
   * @param parameters of the network
   * @param parallel the networks on them; stays open
   * @param phase what progress calls it
   */
  Refiner(
      List<EncodedPair> pairs,
      List<Map<String, String>> told,
      Plan plan,
      long seed,
      Vocabulary vocabulary,
      SlotJudge judge,
      int longest,
      Parameters parameters,
      DataParallel<Seq2SeqNet> parallel,
      String phase) {
    this.tasks = tasks(pairs, told);
    this.plan = plan;
    this.seed = seed;
    this.vocabulary = vocabulary;
    this.judge = judge;
    this.longest = longest;
    this.parameters = parameters;
    this.parallel = parallel;
    this.phase = phase;
    long steps = (long) plan.epochs() * ((tasks.size() + SETS - 1) / SETS);
    this.optimizer =
        Optimizer.lazyAdam(plan.learningRate())
            .clipNorm(CLIP)
            .schedule(Schedule.cosine(Math.max(1, steps), FLOOR))
            .build(parameters);
    this.forbidden = new boolean[vocabulary.size()];
    forbidden[Vocabulary.START] = true;
    forbidden[Vocabulary.UNKNOWN] = true;
  }

  private static List<Task> tasks(List<EncodedPair> pairs, List<Map<String, String>> told) {
    Map<Map<String, String>, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      places.computeIfAbsent(told.get(i), set -> new ArrayList<>()).add(i);
    }
    List<Task> tasks = new ArrayList<>();
    places.forEach(
        (set, texts) -> {
          Map<String, String> values = new LinkedHashMap<>(set);
          values.replaceAll((slot, value) -> value.isEmpty() ? SlotJudge.BLANK : value);
          List<int[]> people = texts.stream().map(i -> unended(pairs.get(i).tokens())).toList();
          tasks.add(
              new Task(pairs.get(texts.get(0)).attributes(), values, NGramCounts.most(people)));
        });
    return tasks;
  }

  private static int[] unended(int[] tokens) {
    return Arrays.copyOf(tokens, tokens.length - 1);
  }

  /** How many epochs are done. */
  int epochs() {
    return epochs;
  }

  /** Goes on after so many epochs; parameters and optimizer are those of then. */
  void resume(int done) {
    epochs = done;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /**
   * Refines to the end.
   *
   * @param context threads and progress
   * @param afterEpoch is called after each epoch
   */
  void run(FitContext context, Runnable afterEpoch) {
    EpochClock clock = new EpochClock(epochs);
    while (epochs < plan.epochs()) {
      double worth = epoch(CounterRandom.key(CounterRandom.key(seed, epochs), 7));
      String unsound = parameters.unsound();
      if (!unsound.isEmpty()) {
        throw diverged(unsound, "its end");
      }
      epochs++;
      afterEpoch.run();
      context.epochDone(
          phase, epochs, plan.epochs(), clock.elapsed(epochs), -worth, Map.of("worth", worth));
    }
  }

  // The mean worth of a text.
  private double epoch(long key) {
    int[] order = CounterRandom.permutation(key, tasks.size());
    double sum = 0;
    for (int from = 0; from < order.length; from += SETS) {
      int[] sets = Arrays.copyOfRange(order, from, Math.min(order.length, from + SETS));
      double worth = step(sets, CounterRandom.key(key, from));
      if (!Double.isFinite(worth)) {
        throw diverged("the worth of texts is " + worth, "batch " + (from / SETS + 1));
      }
      sum += worth;
    }
    return sum / tasks.size();
  }

  private double step(int[] sets, long key) {
    int chunks = (sets.length + CHUNK - 1) / CHUNK;
    return parallel.step(
        chunks,
        (net, chunk) -> {
          int from = chunk * CHUNK;
          int[] some = Arrays.copyOfRange(sets, from, Math.min(sets.length, from + CHUNK));
          return learn(net, some, key, 1.0 / sets.length);
        },
        optimizer);
  }

  // The worth of the texts of some sets, the mean for each set, summed.
  private double learn(Seq2SeqNet net, int[] sets, long key, double scale) {
    List<EncodedPair> drawn = new ArrayList<>();
    float[] weights = new float[sets.length * plan.samples()];
    double sum = 0;
    for (int set : sets) {
      Task task = tasks.get(set);
      List<BeamSearch.Found> texts = draw(net, task, CounterRandom.key(key, set));
      double[] worths = texts.stream().mapToDouble(text -> worth(text, task)).toArray();
      double total = Arrays.stream(worths).sum();
      for (int i = 0; i < worths.length && worths.length > 1; i++) {
        double others = (total - worths[i]) / (worths.length - 1);
        weights[drawn.size()] = (float) (scale * (worths[i] - others) / worths.length);
        drawn.add(new EncodedPair(task.attributes(), ended(texts.get(i).tokens())));
      }
      sum += worths.length == 0 ? 0 : total / worths.length;
    }
    if (!drawn.isEmpty()) {
      net.learn(Seq2SeqChunk.of(drawn), weights);
    }
    return sum;
  }

  private List<BeamSearch.Found> draw(Seq2SeqNet net, Task task, long key) {
    return TextDrawer.draw(
        net,
        AttributeSet.batch(List.of(task.attributes())),
        forbidden,
        Required.NOTHING,
        vocabulary.size(),
        longest,
        plan.samples(),
        Sampling.PLAIN,
        key);
  }

  private double worth(BeamSearch.Found text, Task task) {
    if (!Double.isFinite(text.logProbability())) {
      return Double.NaN;
    }
    int[] tokens = text.tokens();
    int errors = judge.errors(vocabulary.decode(tokens, 0, tokens.length), task.values());
    return NGramCounts.of(tokens).bleu(task.people()) - ERROR_COST * errors;
  }

  private static int[] ended(int[] tokens) {
    int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
    ended[tokens.length] = Vocabulary.END;
    return ended;
  }

  private IllegalStateException diverged(String what, String where) {
    return new IllegalStateException(
        Seq2Seq.NAME
            + " diverged: "
            + what
            + " in epoch "
            + (epochs + 1)
            + " of the refinement's "
            + plan.epochs()
            + ", "
            + where
            + ", at refineRate "
            + plan.learningRate()
            + "; lower refineRate");
  }
}
