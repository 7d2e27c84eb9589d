// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.api.FitContext;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.EpochClock;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The adversarial part of a training: rounds of a {@link Duel}, each followed by an {@link Exam}.
 * The round whose curve gains most over that of the language model as it was is examined again,
 * with texts drawn anew, as is the language model; it is kept where it does not lose, else the
 * language model stays as it was.
 */
final class Refinement implements Training.Part, AutoCloseable {

  /** How many rounds there are; after each there is a checkpoint. */
  static final int ROUNDS = 5;

  /** How much BLEU is gained, on the mean over all diversities that both curves have. */
  static final String GAIN = "adversarial gain";

  /** 1 where the refined model was kept, else 0. */
  static final String KEPT = "adversarial kept";

  private final Training training;
  private final TextTrainer pretraining;
  private final Duel.Rules rules;
  private final int steps;
  private final TextPlan plan;
  private final long key;
  private final Parameters refined;
  private final Parameters critic;
  private final Exam exam;
  private final Duel duel;

  private int rounds;
  private int bestRound;
  private double bestGain = -Double.MAX_VALUE;
  private float[][] best = {};

  /**
   * A refinement.
   *
   * @param training the training, whose parameters are those of the language model
   * @param pretraining what trained them, to be kept in checkpoints too
   * @param rules of the duel
   * @param steps how many in all, at least one a round
   * @param plan batch and seed
   * @param shape of writer and critic
   */
  Refinement(
      Training training,
      TextTrainer pretraining,
      Duel.Rules rules,
      int steps,
      TextPlan plan,
      NetShape shape) {
    this.training = training;
    this.pretraining = pretraining;
    this.rules = rules;
    this.steps = steps;
    this.plan = plan;
    this.key = CounterRandom.key(plan.seed(), 11);
    this.refined = new Parameters(plan.seed());
    this.critic = new Parameters(key);
    this.exam = new Exam(training.lessons(), training.writing().longest());
    this.duel =
        new Duel(
            training.lessons().train(),
            rules,
            shape,
            training.writing().longest(),
            refined,
            critic,
            training.context().threads());
    refined.setValues(training.parameters().copyValues());
  }

  @Override
  public void save(ModelWriter out) {
    pretraining.save(out);
    ModelWriter own = out.section("duel");
    refined.save(own.section("net"));
    critic.save(own.section("critic"));
    duel.writerMoves().save(own.section("writerMoves"));
    duel.criticMoves().save(own.section("criticMoves"));
    own.ints("rounds", new int[] {rounds, bestRound}).doubles("gain", new double[] {bestGain});
    for (int p = 0; p < best.length; p++) {
      own.section("best").floats(refined.all().get(p).name(), best[p]);
    }
  }

  @Override
  public void read(ModelReader in) {
    ModelReader own = in.section("duel");
    if (!own.has("rounds")) {
      return;
    }
    int[] numbers = own.ints("rounds", 2);
    double gain = own.doubles("gain", 1)[0];
    if (numbers[0] < 0
        || numbers[0] > ROUNDS
        || numbers[1] < 0
        || numbers[1] > numbers[0]
        || !Double.isFinite(gain)) {
      throw own.damaged("rounds and gain make no sense");
    }
    refined.read(own.section("net"));
    critic.read(own.section("critic"));
    duel.writerMoves().read(own.section("writerMoves"));
    duel.criticMoves().read(own.section("criticMoves"));
    rounds = numbers[0];
    bestRound = numbers[1];
    bestGain = gain;
    if (bestRound > 0) {
      best = refined.copyValues();
      List<Parameter> all = refined.all();
      for (int p = 0; p < best.length; p++) {
        best[p] = own.section("best").floats(all.get(p).name(), best[p].length);
      }
    }
  }

  /**
   * Refines, from where it stands, and leaves in the parameters of the training what is kept.
   *
   * @return figures: {@link #GAIN} and {@link #KEPT}
   */
  Map<String, Double> run() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(KEPT, 0.0);
    if (exam.size() == 0) {
      return figures;
    }
    FitContext context = training.context();
    EpochClock clock = new EpochClock(rounds);
    QualityCurve before = curve(training.parameters(), 0);
    while (rounds < ROUNDS) {
      double loss = round(rounds);
      double gain = curve(refined, 0).gainOver(before);
      rounds++;
      if (gain > bestGain) {
        bestGain = gain;
        bestRound = rounds;
        best = refined.copyValues();
      }
      training.keep(this);
      context.epochDone(
          "adversarial", rounds, ROUNDS, clock.elapsed(rounds), loss, Map.of(GAIN, gain));
    }
    decide(figures);
    return figures;
  }

  private void decide(Map<String, Double> figures) {
    if (bestRound == 0) {
      return;
    }
    QualityCurve before = curve(training.parameters(), 1);
    refined.setValues(best);
    double gain = curve(refined, 1).gainOver(before);
    // No number where the curves have nothing in common: then it is not kept.
    if (Double.isFinite(gain)) {
      figures.put(GAIN, gain);
    }
    if (gain >= 0) {
      figures.put(KEPT, 1.0);
      training.parameters().setValues(best);
    }
  }

  private QualityCurve curve(Parameters parameters, int examination) {
    return exam.take(
        training.architecture(), parameters, CounterRandom.key(key, -1L - examination));
  }

  /** Gives the mean loss of the critic. */
  private double round(int round) {
    Sentence[] texts = training.lessons().train();
    int from = (int) ((long) steps * round / ROUNDS);
    int to = (int) ((long) steps * (round + 1) / ROUNDS);
    int perEpoch = (texts.length + plan.batch() - 1) / plan.batch();
    double sum = 0;
    int[][] batches = {};
    for (int step = from; step < to; step++) {
      if (step == from || step % perEpoch == 0) {
        batches = Batches.of(texts, plan.batch(), CounterRandom.key(key, step / perEpoch));
      }
      double loss = duel.step(batches[step % perEpoch], CounterRandom.key(key, 1_000_000L + step));
      String unsound = Double.isFinite(loss) ? "" : "the critic's loss is " + loss;
      if (step == to - 1 && unsound.isEmpty()) {
        unsound = refined.unsound() + critic.unsound();
      }
      if (!unsound.isEmpty()) {
        throw new IllegalStateException(
            training.provenance().algorithm()
                + " diverged: "
                + unsound
                + " in step "
                + (step + 1)
                + " of "
                + steps
                + " against the critic, at adversarialRate "
                + rules.writerRate()
                + " and criticRate "
                + rules.criticRate()
                + "; lower them");
      }
      sum += loss;
    }
    return sum / Math.max(1, to - from);
  }

  @Override
  public void close() {
    duel.close();
  }
}
