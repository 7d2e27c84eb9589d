// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.textgen.copy.CopyCorpus;
import dev.pushwright.textgen.copy.CopyPair;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.lm.CvaeGenerator;
import dev.pushwright.textgen.lm.LanguageModel;
import dev.pushwright.textgen.lm.LstmGenerator;
import dev.pushwright.textgen.lm.Sampling;
import dev.pushwright.textgen.lm.TextGanGenerator;
import dev.pushwright.textgen.lm.WrittenText;
import dev.pushwright.textgen.seq2seq.Seq2Seq;
import dev.pushwright.textgen.seq2seq.Seq2SeqWriter;
import dev.pushwright.textgen.seq2seq.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@link CopyDiversity} has written texts by. */
enum CopyWriter {
  /** The language model, over the temperature. */
  LSTM {
    @Override
    Trained train(
        List<CopyPair> pairs, SlotRules rules, List<String> settings, FitContext context) {
      return new Modelled(
          generator(LstmGenerator.class, settings).fit(pairs, rules, context), false);
    }
  },
  /** The autoencoder, over the deviation of z, words at the likeliest. */
  CVAE {
    @Override
    Trained train(
        List<CopyPair> pairs, SlotRules rules, List<String> settings, FitContext context) {
      return new Modelled(
          generator(CvaeGenerator.class, settings).fit(pairs, rules, context), true);
    }
  },
  /** The language model against a critic, over the temperature. */
  TEXT_GAN {
    @Override
    Trained train(
        List<CopyPair> pairs, SlotRules rules, List<String> settings, FitContext context) {
      return new Modelled(
          generator(TextGanGenerator.class, settings).fit(pairs, rules, context), false);
    }
  },
  /** The sequence model, over the temperature; at 0 by its beam search. */
  SEQ2SEQ {
    @Override
    Trained train(
        List<CopyPair> pairs, SlotRules rules, List<String> settings, FitContext context) {
      return new Searched(
          generator(Seq2Seq.class, settings).train(CopyCorpus.of(pairs), rules, context));
    }
  },
  /** Sentences written by hand for the slots of the E2E task; no knob. */
  TEMPLATE {
    @Override
    Trained train(
        List<CopyPair> pairs, SlotRules rules, List<String> settings, FitContext context) {
      return new ByHand();
    }
  };

  private static final List<Double> TEMPERATURES = List.of(0.0, 0.3, 0.5, 0.7, 0.85, 1.0);
  private static final List<Double> DEVIATIONS = List.of(0.0, 0.4, 0.7, 1.0, 1.5, 2.0);

  /** What can write. */
  interface Trained {
    /** What the knob is called. */
    String knobName();

    /** Its settings. */
    List<Double> knobs();

    /** What is known of the training. */
    String about();

    /** A text for each set of attributes; other seeds, other texts, where the knob is not at 0. */
    List<String> write(List<Map<String, String>> sets, double knob, long seed);
  }

  /**
   * Learns.
   *
   * @param settings options of the generator, {@code key=value}
   */
  abstract Trained train(
      List<CopyPair> pairs, SlotRules rules, List<String> settings, FitContext context);

  /** The generator of this name. */
  <G> G generator(Class<G> type, List<String> settings) {
    return type.cast(Plugins.load().generator(toString()).create(Options.parse(settings)));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<String> texts(List<WrittenText> written, List<Map<String, String>> sets) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      texts.add(written.get(i).text(sets.get(i)));
    }
    return texts;
  }

  /** What writes by the deviation of z, or else by the temperature. */
  private record Modelled(LanguageModel model, boolean deviates) implements Trained {
    @Override
    public String knobName() {
      return deviates ? "deviation" : "temperature";
    }

    @Override
    public List<Double> knobs() {
      return deviates ? DEVIATIONS : TEMPERATURES;
    }

    @Override
    public String about() {
      return model.parameters() + " parameters, " + model.figures();
    }

    @Override
    public List<String> write(List<Map<String, String>> sets, double knob, long seed) {
      Sampling sampling = new Sampling(deviates ? 0 : knob, 0, 1);
      return texts(model.write(sets, sampling, deviates ? knob : 1, seed), sets);
    }
  }

  private record Searched(Seq2SeqWriter writer) implements Trained {
    @Override
    public String knobName() {
      return "temperature";
    }

    @Override
    public List<Double> knobs() {
      return TEMPERATURES;
    }

    @Override
    public String about() {
      return writer.parameters() + " parameters";
    }

    @Override
    public List<String> write(List<Map<String, String>> sets, double knob, long seed) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < sets.size(); i++) {
        List<Written> written =
            knob == 0
                ? writer.write(sets.get(i))
                : writer.sample(sets.get(i), 1, knob, seed * sets.size() + i);
        texts.add(written.isEmpty() ? "" : written.get(0).text());
      }
      return texts;
    }
  }

  private record ByHand() implements Trained {
    @Override
    public String knobName() {
      return "none";
    }

    @Override
    public List<Double> knobs() {
      return List.of(0.0);
    }

    @Override
    public String about() {
      return "nothing is learned";
    }

    @Override
    public List<String> write(List<Map<String, String>> sets, double knob, long seed) {
      return sets.stream().map(E2eTemplates::text).toList();
    }
  }
}
