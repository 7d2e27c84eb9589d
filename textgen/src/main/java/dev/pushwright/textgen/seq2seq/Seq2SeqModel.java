// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import com.google.common.hash.Hashing;
import dev.pushwright.api.Capability;
import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.Graphemes;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.copy.AttestedRuns;
import dev.pushwright.textgen.copy.TextTokens;
import dev.pushwright.textgen.pipeline.Candidate;
import dev.pushwright.textgen.pipeline.Pipeline;
import dev.pushwright.textgen.pipeline.Proposal;
import dev.pushwright.textgen.pipeline.Proposer;
import dev.pushwright.textgen.pipeline.SlotValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The model of a {@link Seq2Seq}: proposes messages, of which the pipeline chooses. */
final class Seq2SeqModel implements ContentModel, Proposer {

  // For how many sets of slots texts are written, and how many are drawn for each.
  private static final int PLANS = 4;
  private static final int DRAWN = 4;

  // Models of version 0.1 draw any text and throw away what nobody wrote.
  private static final String GUIDED = "guided";

  private static final String ENDLESS = "no end, or no likely word to go on with";
  private static final String ERRORS = "slots that are left out or were not asked for";
  private static final String UNATTESTED =
      "a run of three words that nobody wrote for it, see option " + Seq2SeqOptions.ATTESTED.name();

  /** The slots whose values are cut when a text gets too long. */
  private static final List<String> CUTTABLE =
      List.of(
          SlotValues.ITEM,
          SlotValues.BECAUSE,
          SlotValues.SECOND,
          SlotValues.TAG,
          SlotValues.CATEGORY,
          SlotValues.BRAND);

  private static final int[] CUTS = {Integer.MAX_VALUE, 60, 48, 38, 30, 24, 20, 16};

  private final Seq2SeqWriter writer;
  private final MessagePlans plans;
  private final AttestedRuns runs;
  private final double temperature;
  private final boolean attested;
  private final boolean guided;
  private final Provenance provenance;
  private final Pipeline pipeline;

  Seq2SeqModel(
      Seq2SeqWriter writer,
      MessagePlans plans,
      AttestedRuns runs,
      boolean guided,
      Settings settings,
      Pipeline pipeline,
      Provenance provenance) {
    this.writer = writer;
    this.plans = plans;
    this.runs = runs;
    this.guided = guided;
    this.temperature = settings.get(Seq2SeqOptions.TEMPERATURE);
    this.attested = settings.get(Seq2SeqOptions.ATTESTED);
    this.pipeline = pipeline;
    this.provenance = provenance;
  }

  /** Reads what {@link #save} wrote. */
  static Seq2SeqModel read(ModelReader in, Settings settings, Provenance provenance) {
    return new Seq2SeqModel(
        Seq2SeqWriter.read(
            in.section("writer"),
            Seq2SeqOptions.decoding(settings),
            settings.get(Seq2SeqOptions.NETWORKS)),
        MessagePlans.read(in),
        AttestedRuns.read(in),
        in.has(GUIDED),
        settings,
        Pipeline.read(Seq2Seq.NAME, settings, in.section("pipeline")),
        provenance);
  }

  @Override
  public void save(ModelWriter out) {
    writer.save(out.section("writer"));
    plans.save(out);
    runs.save(out);
    if (guided) {
      out.ints(GUIDED, new int[] {1});
    }
    pipeline.save(out.section("pipeline"));
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public ContentResult generate(ContentRequest request) {
    return pipeline.choose(request, this);
  }

  @Override
  public Proposal propose(ContentRequest request, int count) {
    SlotValues slots = SlotValues.of(request);
    // Without an old price above the price there is no drop to tell of.
    if (slots.get(SlotValues.ITEM).isEmpty()
        || (request.occasion() == Occasion.PRICE_DROP
            && slots.get(SlotValues.OLD_PRICE).isEmpty())) {
      return Proposal.none();
    }
    long key =
        Hashing.murmur3_128()
            .newHasher()
            .putLong(request.seed())
            .putUnencodedChars(request.profile().userId())
            .hash()
            .asLong();
    List<Map<String, String>> suitable = plans.suitable(request, slots.asMap());
    List<Candidate> candidates = new ArrayList<>();
    Map<String, Integer> discarded = new LinkedHashMap<>();
    int tried = 0;
    for (Map<String, String> values : suitable) {
      Map<String, String> setting = MessagePlans.setting(values);
      // More sets, and those of other tones, only where those before gave nothing sound.
      if ((tried >= PLANS || !MessagePlans.hasToneOf(request, setting)) && !candidates.isEmpty()) {
        break;
      }
      Seq2SeqWriter.Drawn drawn =
          temperature == 0
              ? new Seq2SeqWriter.Drawn(writer.write(values), 0)
              // One that would end too early is better dropped than made to run on.
              : writer.sampleFreely(values, rule(setting), DRAWN, temperature, key + tried);
      if (drawn.endless() > 0) {
        discarded.merge(ENDLESS, drawn.endless(), Integer::sum);
      }
      int kept = 0;
      for (Written text : drawn.texts()) {
        if (text.errors() > 0) {
          discarded.merge(ERRORS, 1, Integer::sum);
        } else if (attested && !runs.attest(setting, text.tokens())) {
          discarded.merge(UNATTESTED, 1, Integer::sum);
        } else if (kept < DRAWN) {
          candidates.add(candidate(request, values, text, candidates.size()));
          kept++;
        }
      }
      tried++;
    }
    return new Proposal(candidates.subList(0, Math.min(count, candidates.size())), discarded);
  }

  private TextDrawer.Rule rule(Map<String, String> setting) {
    return attested && guided ? writer.asWritten(runs, setting) : TextDrawer.Rule.ANY;
  }

  private Candidate candidate(
      ContentRequest request, Map<String, String> values, Written written, int number) {
    List<String> tokens = written.tokens();
    int at = tokens.indexOf(TextTokens.BREAK);
    List<String> title =
        at < 0 ? List.of(TextTokens.placeholder(SlotValues.ITEM)) : tokens.subList(0, at);
    List<String> body = tokens.subList(at + 1, tokens.size());
    Channel channel = request.channel();
    Map<String, String> all = new LinkedHashMap<>(SlotValues.of(request).asMap());
    all.putAll(values);
    int third = Channel.MAX_BYTES / 3;
    return new Candidate(
        fit(title, all, channel.titleLength(), third),
        fit(body, all, channel.bodyLength(), Channel.MAX_BYTES - third),
        written.logProbability(),
        Seq2Seq.NAME + (temperature == 0 ? "/beam:" : "/sample:") + number);
  }

  // The text with the longest values that fit; with the shortest where none do.
  private static String fit(
      List<String> tokens, Map<String, String> values, int longest, int bytes) {
    String text = "";
    for (int cut : CUTS) {
      Map<String, String> shortened = new LinkedHashMap<>(values);
      for (String slot : CUTTABLE) {
        shortened.computeIfPresent(
            slot, (s, value) -> value.length() <= cut ? value : Graphemes.cut(value, cut));
      }
      text = TextTokens.join(tokens, shortened);
      if (Graphemes.count(text) <= longest
          && text.getBytes(StandardCharsets.UTF_8).length <= bytes) {
        return text;
      }
    }
    return text;
  }
}
