// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.textgen.copy.TextTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training: what is trained, on what, and the file it goes on from.
 *
 * @param provenance of the model to be
 * @param corpus the fingerprint of the texts
 * @param lessons what to learn
 * @param architecture of the network
 * @param parameters receives the parameters of the network
 * @param writing how samples are written
 * @param context threads and progress
 * @param checkpoint the file, if there is one
 */
record Training(
    Provenance provenance,
    String corpus,
    Lessons lessons,
    TextNet.Architecture architecture,
    Parameters parameters,
    TextOptions.Writing writing,
    FitContext context,
    Optional<Path> checkpoint) {

  private static final Logger LOG = LoggerFactory.getLogger(Training.class);
  private static final String WHOSE = "pushwright.checkpoint";

  TextTrainer trainer(TextPlan plan) {
    return new TextTrainer(
        provenance.algorithm(),
        lessons.train(),
        lessons.watched(),
        architecture,
        plan,
        parameters,
        context.threads());
  }

  private String whose() {
    return provenance.algorithm()
        + " "
        + provenance.options()
        + " on "
        + provenance.data()
        + " and texts "
        + corpus;
  }

  /** What can be kept in a checkpoint. */
  interface Part {
    /** Writes it. */
    void save(ModelWriter out);

    /** Reads it. */
    void read(ModelReader in);
  }

  /** Replaces the checkpoint as a whole, or not at all. */
  void keep(Part part) {
    if (checkpoint.isPresent()) {
      TensorFileWriter out = new TensorFileWriter().metadata(WHOSE, whose());
      part.save(new ModelWriter(out));
      out.write(checkpoint.get());
    }
  }

  /**
   * Reads the checkpoint, where there is one.
   *
   * @throws IllegalArgumentException when it is of another training
   */
  void resume(Part part) {
    if (checkpoint.isEmpty() || Files.notExists(checkpoint.get())) {
      return;
    }
    try (TensorFile in = TensorFile.open(checkpoint.get())) {
      String found = in.metadata(WHOSE);
      if (!found.equals(whose())) {
        throw new IllegalArgumentException(
            checkpoint.get()
                + " is a checkpoint of "
                + found
                + ", this is "
                + whose()
                + "; delete it or name another file");
      }
      part.read(new ModelReader(in));
    }
  }

  /** Shows what the network writes by now, where the log asks for it. */
  void sample(int epoch, TextNet net, Map<String, Double> figures) {
    if (!LOG.isDebugEnabled()) {
      return;
    }
    Batch batch = new Batch();
    batch.begin(1);
    int text = CounterRandom.below(epoch, 0, lessons.train().length);
    batch.add(lessons.train()[text].conditions());
    TextDrawer drawer =
        new TextDrawer(writing.sampling(), lessons.vocabulary().size(), writing.longest());
    drawer.write(net, batch, new int[1][0], epoch, writing.deviation());
    LOG.debug(
        "{} epoch {}: {}, sample \"{}\"",
        provenance.algorithm(),
        epoch + 1,
        figures,
        TextTokens.join(lessons.vocabulary().decode(drawer.words(0), 0, drawer.length(0)), Map.of())
            .replace("\n", " / "));
  }
}
