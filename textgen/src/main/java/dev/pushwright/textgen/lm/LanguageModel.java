// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import com.google.common.hash.Hashing;
import dev.pushwright.api.Capability;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.textgen.copy.AttestedRuns;
import dev.pushwright.textgen.copy.MessageSlots;
import dev.pushwright.textgen.copy.TextTokens;
import dev.pushwright.textgen.copy.Vocabulary;
import dev.pushwright.textgen.pipeline.Candidate;
import dev.pushwright.textgen.pipeline.Pipeline;
import dev.pushwright.textgen.pipeline.Proposal;
import dev.pushwright.textgen.pipeline.Proposer;
import dev.pushwright.textgen.pipeline.SlotValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model that writes word by word: what {@link LstmGenerator}, {@link CvaeGenerator} and {@link
 * TextGanGenerator} fit. Immutable and thread-safe.
 *
 * <p>For a request it chooses, for each candidate anew, one of the sets of slots that texts to
 * learn from were written for and that the request has values for; writes with placeholders; and
 * puts the values in, letter by letter. A placeholder of a slot that was not asked for cannot be
 * drawn, and a text that leaves one out is not proposed.
 */
public final class LanguageModel implements ContentModel, Proposer {

  static final Set<Capability> CAPABILITIES = Set.of();

  private static final int SIDE_BY_SIDE = 64;
  // How many texts are drawn for a candidate: many leave a slot out, or say what nobody said.
  private static final int DRAWS = 4;
  // How often it is tried again where none of them will do.
  private static final int ROUNDS = 4;
  private static final String UNATTESTED =
      "no likely word goes on as somebody wrote for it, see option " + TextOptions.ATTESTED.name();

  private final Provenance provenance;
  private final String corpus;
  private final TextOptions.Writing writing;
  private final TextNet.Architecture architecture;
  private final Parameters parameters;
  private final Vocabulary vocabulary;
  private final Conditions conditions;
  private final Briefs briefs;
  private final AttestedRuns attested;
  private final Map<String, Double> figures;
  private final Pipeline pipeline;
  private final Map<String, Integer> placeholders;

  /** A text, and what is wrong with it: empty where it is complete. */
  private record Drawn(WrittenText text, String fault) {}

  LanguageModel(
      Provenance provenance,
      String corpus,
      TextOptions.Writing writing,
      TextNet.Architecture architecture,
      Parameters parameters,
      Vocabulary vocabulary,
      Conditions conditions,
      Briefs briefs,
      AttestedRuns attested,
      Map<String, Double> figures,
      Pipeline pipeline) {
    this.provenance = provenance;
    this.corpus = corpus;
    this.writing = writing;
    this.architecture = architecture;
    this.parameters = parameters;
    this.vocabulary = vocabulary;
    this.conditions = conditions;
    this.briefs = briefs;
    this.attested = attested;
    this.figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    this.pipeline = pipeline;
    Map<String, Integer> found = new LinkedHashMap<>();
    for (int word = 0; word < vocabulary.size(); word++) {
      String token = vocabulary.token(word);
      if (TextTokens.isPlaceholder(token)) {
        found.put(TextTokens.slot(token), word);
      }
    }
    this.placeholders = found;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  /**
   * What is known of the training, by name, such as {@code watched loss}.
   *
   * @return an unmodifiable map
   */
  public Map<String, Double> figures() {
    return figures;
  }

  /**
   * The fingerprint of the texts that it learned from.
   *
   * @return sixteen hexadecimal digits
   */
  public String corpus() {
    return corpus;
  }

  /**
   * How many numbers were learned.
   *
   * @return their count
   */
  public long parameters() {
    return parameters.size();
  }

  /** What was learned, by parameter. */
  float[][] values() {
    return parameters.copyValues();
  }

  @Override
  public ContentResult generate(ContentRequest request) {
    return pipeline.choose(request, this);
  }

  @Override
  public Proposal propose(ContentRequest request, int count) {
    SlotValues values = SlotValues.of(request);
    // What is no price drop cannot be announced as one, whatever was learned.
    if (request.occasion() == Occasion.PRICE_DROP && values.get(SlotValues.OLD_PRICE).isEmpty()) {
      return Proposal.none();
    }
    Map<String, String> told = new LinkedHashMap<>(request.facts());
    told.put(MessageSlots.OCCASION, MessageSlots.value(request.occasion()));
    told.put(MessageSlots.LANGUAGE, request.locale().getLanguage());
    told.put(MessageSlots.TONE, MessageSlots.value(request.tone()));
    told.put(MessageSlots.CHANNEL, MessageSlots.value(request.channel()));
    List<Brief> fitting = briefs.fitting(values.asMap(), told);
    if (fitting.isEmpty()) {
      return Proposal.none();
    }
    List<Candidate> candidates = new ArrayList<>();
    Map<String, Integer> discarded = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS && candidates.isEmpty(); round++) {
      long key = CounterRandom.key(key(request), round);
      int[][] asked = new int[count * DRAWS][];
      for (int c = 0; c < asked.length; c++) {
        asked[c] = choose(fitting, CounterRandom.key(key, -1L), c).conditions();
      }
      List<Drawn> texts = draw(asked, attested, writing.sampling(), writing.deviation(), key);
      for (int c = 0; c < texts.size() && candidates.size() < count; c++) {
        WrittenText text = texts.get(c).text();
        if (!text.complete()) {
          discarded.merge(texts.get(c).fault(), 1, Integer::sum);
        } else {
          candidates.add(candidate(text, values, round * asked.length + c));
        }
      }
    }
    return new Proposal(candidates, discarded);
  }

  // Two users don't read the same with one seed.
  private static long key(ContentRequest request) {
    String whom = request.user().id() + "\t" + request.mainItem().item().id();
    return CounterRandom.key(
        request.seed(),
        Hashing.farmHashFingerprint64().hashString(whom, StandardCharsets.UTF_8).asLong());
  }

  private static Brief choose(List<Brief> fitting, long key, int position) {
    double all = 0;
    for (Brief brief : fitting) {
      all += brief.count();
    }
    double at = CounterRandom.uniform(key, position) * all;
    double reached = 0;
    for (Brief brief : fitting) {
      reached += brief.count();
      if (reached > at) {
        return brief;
      }
    }
    return fitting.get(fitting.size() - 1);
  }

  private Candidate candidate(WrittenText text, SlotValues values, int number) {
    String whole = text.text(values.asMap());
    int end = whole.indexOf('\n');
    String origin = provenance.algorithm() + "/sample:" + (number + 1);
    return end < 0
        ? new Candidate(
            values.get(SlotValues.ITEM).orElse(""), whole, text.logProbability(), origin)
        : new Candidate(
            whole.substring(0, end).strip(),
            whole.substring(end + 1).strip(),
            text.logProbability(),
            origin);
  }

  /**
   * Writes a text for each of several sets of attributes.
   *
   * @param attributes values by slot; what was never seen in training is left out
   * @param sampling how words are drawn
   * @param deviation how far from the usual kind of text, 0 or more; only {@code cvae} heeds it
   * @param seed drives every random choice
   * @return the texts, in the order of the attributes
   */
  public List<WrittenText> write(
      List<Map<String, String>> attributes, Sampling sampling, double deviation, long seed) {
    if (!(deviation >= 0 && deviation <= TextOptions.MAX_DEVIATION)) {
      throw new IllegalArgumentException(
          "deviation is " + deviation + "; 0 to " + TextOptions.MAX_DEVIATION + " are possible");
    }
    int[][] asked = attributes.stream().map(conditions::encode).toArray(int[][]::new);
    return draw(asked, AttestedRuns.none(), sampling, deviation, seed).stream()
        .map(Drawn::text)
        .toList();
  }

  private List<Drawn> draw(
      int[][] asked, AttestedRuns runs, Sampling sampling, double deviation, long seed) {
    TextNet net = inference();
    TextDrawer drawer = new TextDrawer(sampling, vocabulary.size(), writing.longest());
    Batch batch = new Batch();
    List<Drawn> texts = new ArrayList<>();
    for (int from = 0; from < asked.length; from += SIDE_BY_SIDE) {
      int n = Math.min(SIDE_BY_SIDE, asked.length - from);
      int[][] banned = new int[n][];
      batch.begin(n);
      for (int b = 0; b < n; b++) {
        batch.add(asked[from + b]);
        banned[b] = banned(asked[from + b]);
      }
      drawer.write(
          net, batch, banned, rule(asked, from, runs), CounterRandom.key(seed, from), deviation);
      for (int b = 0; b < n; b++) {
        List<String> tokens = vocabulary.decode(drawer.words(b), 0, drawer.length(b));
        String fault =
            drawer.isGivenUp(b)
                ? UNATTESTED
                : fault(tokens, drawer.isComplete(b), due(asked[from + b]));
        texts.add(
            new Drawn(new WrittenText(tokens, drawer.logProbability(b), fault.isEmpty()), fault));
      }
    }
    return texts;
  }

  // A text goes on with words alone that somebody wrote after the two before them.
  private TextDrawer.Rule rule(int[][] asked, int from, AttestedRuns runs) {
    List<Map<String, String>> settings =
        Arrays.stream(asked).skip(from).limit(SIDE_BY_SIDE).map(conditions::setting).toList();
    return (text, before, last, next) ->
        runs.attestRun(settings.get(text), List.of(token(before), token(last), token(next)));
  }

  private String token(int word) {
    return word == Vocabulary.START || word == Vocabulary.END
        ? AttestedRuns.EDGE
        : vocabulary.token(word);
  }

  private String fault(List<String> tokens, boolean ended, Set<String> due) {
    if (!ended) {
      return "no end within "
          + writing.longest()
          + " words, see option "
          + TextOptions.LONGEST.name();
    }
    // A text is one line, or two: title and body.
    if (tokens.stream().filter(TextTokens.BREAK::equals).count() > 1) {
      return "more than two lines";
    }
    for (String placeholder : due) {
      if (!tokens.contains(placeholder)) {
        return placeholder + " is left out";
      }
    }
    return "";
  }

  private Set<String> due(int[] asked) {
    Set<String> due = new LinkedHashSet<>();
    for (int condition : asked) {
      if (conditions.isCopied(condition)) {
        due.add(TextTokens.placeholder(conditions.slot(condition)));
      }
    }
    return due;
  }

  private int[] banned(int[] asked) {
    Set<String> allowed = due(asked);
    return placeholders.entrySet().stream()
        .filter(entry -> !allowed.contains(TextTokens.placeholder(entry.getKey())))
        .mapToInt(Map.Entry::getValue)
        .toArray();
  }

  // The same values with buffers of its own.
  private TextNet inference() {
    Parameters own = new Parameters(0);
    for (Parameter parameter : parameters.all()) {
      own.adopt(parameter, true);
    }
    return architecture.make(own);
  }

  @Override
  public void save(ModelWriter out) {
    vocabulary.save(out, "words");
    out.text("corpus", corpus);
    conditions.save(out.section("conditions"));
    briefs.save(out.section("briefs"));
    attested.save(out.section("attested"));
    out.texts("figures", List.copyOf(figures.keySet()));
    out.doubles("values", figures.values().stream().mapToDouble(v -> v).toArray());
    parameters.save(out.section("net"));
    pipeline.save(out.section("pipeline"));
  }

  /** Reads what {@link #save} wrote. */
  static LanguageModel read(ModelReader in, Provenance provenance, WordGenerator generator) {
    Vocabulary vocabulary = Vocabulary.read(in, "words");
    Conditions conditions = Conditions.read(in.section("conditions"));
    Briefs briefs = Briefs.read(in.section("briefs"), conditions);
    Map<String, Double> figures = new LinkedHashMap<>();
    List<String> names = in.texts("figures");
    double[] values = in.doubles("values", names.size());
    for (int f = 0; f < names.size(); f++) {
      figures.put(names.get(f), values[f]);
    }
    Parameters parameters = new Parameters(0);
    TextNet.Architecture architecture =
        generator.architecture(vocabulary.size(), conditions.size());
    architecture.make(parameters);
    parameters.read(in.section("net"));
    ModelReader attested = in.section("attested");
    return new LanguageModel(
        provenance,
        in.text("corpus"),
        TextOptions.writing(generator.settings()),
        architecture,
        parameters,
        vocabulary,
        conditions,
        briefs,
        PackedRuns.areIn(attested)
            ? PackedRuns.read(attested, vocabulary, conditions)
            : AttestedRuns.read(attested),
        figures,
        Pipeline.read(generator.name(), generator.settings(), in.section("pipeline")));
  }
}
