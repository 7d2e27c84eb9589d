// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.data.Dataset;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.copy.AttestedRuns;
import dev.pushwright.textgen.copy.CopyPair;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the generators that write word by word have in common: all but the network. */
abstract class WordGenerator implements ContentGenerator {

  private final String name;
  private final Settings settings;

  WordGenerator(String name, Settings settings) {
    this.name = name;
    this.settings = settings;
  }

  final Settings settings() {
    return settings;
  }

  final String name() {
    return name;
  }

  /** The network for so many words and conditions. */
  abstract TextNet.Architecture architecture(int words, int conditions);

  /** The epoch, from 0 on, from which on what is watched counts. */
  int watchFrom() {
    return 0;
  }

  /** Trains, and tells figures of the training. */
  private Map<String, Double> train(Training training) {
    try (TextTrainer trainer = training.trainer(plan())) {
      training.resume(trainer);
      TextTrainer.Figures more = (net, figures) -> more(training, net, figures);
      trainer.run(training.context(), more, training::sample, () -> training.keep(trainer));
      return refine(training, trainer, trainer.figures(more));
    }
  }

  /** Adds figures of a network. */
  void more(Training training, TextNet net, Map<String, Double> figures) {}

  /** What is left to do after training; gives all figures. */
  Map<String, Double> refine(Training training, TextTrainer trainer, Map<String, Double> figures) {
    return figures;
  }

  final TextPlan plan() {
    return TextPlan.of(settings, watchFrom());
  }

  /**
   * Learns from the texts of the corpus that the options name. Of the data only the fingerprint is
   * kept: the texts have placeholders where items and prices go.
   *
   * @throws IllegalStateException when training diverges, naming epoch, batch and learning rate
   * @throws dev.pushwright.data.IngestException when the corpus cannot be read
   */
  @Override
  public final LanguageModel fit(Dataset data, FitContext context) {
    return fit(data, context, Optional.empty());
  }

  /**
   * As {@link #fit(Dataset, FitContext)}, and writes a checkpoint after every epoch; where there is
   * one, goes on from it. The model has the bits of one that was fitted without interruption.
   *
   * @param data what the model is for
   * @param context threads and progress; no part of the result
   * @param checkpoint the file; it stays when all is done
   * @return an immutable model
   * @throws IllegalStateException when training diverges, naming epoch, batch and learning rate
   * @throws IllegalArgumentException when the checkpoint is of other texts or options
   * @throws dev.pushwright.io.ModelFormatException when the checkpoint is damaged
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public final LanguageModel fit(Dataset data, FitContext context, Path checkpoint) {
    return fit(data, context, Optional.of(checkpoint));
  }

  private LanguageModel fit(Dataset data, FitContext context, Optional<Path> checkpoint) {
    context.checkCancelled();
    List<CopyPair> pairs = Corpora.read(settings.get(TextOptions.CORPUS));
    return fit(pairs, SlotRules.messages(), Optional.of(data), context, checkpoint);
  }

  /**
   * Learns from texts of any kind.
   *
   * @param pairs attributes and the texts written for them
   * @param rules which slots are copied; what they say of patterns is not looked at
   * @param context threads and progress; no part of the result
   * @return an immutable model
   * @throws IllegalStateException when training diverges, naming epoch, batch and learning rate
   * @throws IllegalArgumentException when there is nothing to learn from
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public final LanguageModel fit(List<CopyPair> pairs, SlotRules rules, FitContext context) {
    return fit(pairs, rules, Optional.empty(), context, Optional.empty());
  }

  /**
   * As {@link #fit(List, SlotRules, FitContext)}, with a checkpoint.
   *
   * @param pairs attributes and the texts written for them
   * @param rules which slots are copied; what they say of patterns is not looked at
   * @param context threads and progress; no part of the result
   * @param checkpoint the file; it stays when all is done
   * @return an immutable model
   */
  public final LanguageModel fit(
      List<CopyPair> pairs, SlotRules rules, FitContext context, Path checkpoint) {
    return fit(pairs, rules, Optional.empty(), context, Optional.of(checkpoint));
  }

  private LanguageModel fit(
      List<CopyPair> pairs,
      SlotRules rules,
      Optional<Dataset> data,
      FitContext context,
      Optional<Path> checkpoint) {
    Pipeline pipeline =
        Pipeline.of(name, settings, data.orElseGet(() -> Dataset.builder().build()));
    Lessons lessons =
        Lessons.of(
            pairs,
            rules,
            settings.get(TextOptions.MIN_COUNT),
            settings.get(TextOptions.LONGEST),
            settings.get(TextOptions.VALIDATION_SHARE),
            settings.get(TextPlan.SEED));
    String corpus = Lessons.fingerprint(pairs);
    Provenance provenance =
        Provenance.of(name, settings.asText(), data.map(Dataset::fingerprint).orElse(corpus));
    TextNet.Architecture architecture =
        architecture(lessons.vocabulary().size(), lessons.conditions().size());
    Parameters parameters = new Parameters(settings.get(TextPlan.SEED));
    Training training =
        new Training(
            provenance,
            corpus,
            lessons,
            architecture,
            parameters,
            TextOptions.writing(settings),
            context,
            checkpoint);
    Map<String, Double> figures = train(training);
    return new LanguageModel(
        provenance,
        corpus,
        TextOptions.writing(settings),
        architecture,
        parameters,
        lessons.vocabulary(),
        lessons.conditions(),
        lessons.briefs(),
        data.isPresent() && settings.get(TextOptions.ATTESTED)
            ? lessons.runs()
            : AttestedRuns.none(),
        figures,
        pipeline);
  }

  @Override
  public final String toString() {
    return name + " " + settings;
  }
}
