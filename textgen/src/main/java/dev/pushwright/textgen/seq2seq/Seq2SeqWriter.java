// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.textgen.copy.AttestedRuns;
import dev.pushwright.textgen.copy.SlotKind;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.copy.TextTokens;
import dev.pushwright.textgen.copy.Vocabulary;
import dev.pushwright.textgen.lm.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * What a {@link Seq2Seq} has learned: writes texts that state attributes. A beam search finds
 * likely texts; those that state their slots, and no others, come first; among them the likeliest,
 * or those that have most in common with all that were found. Immutable and thread-safe.
 */
public final class Seq2SeqWriter {

  private static final int MAX_SIZE = 1 << 13;

  // Texts are drawn from the likeliest tokens that together have this share of the probability.
  private static final double TOP_P = 0.9;

  private final SlotRules rules;
  private final AttributeTable attributes;
  private final Vocabulary vocabulary;
  private final Seq2SeqShape shape;
  private final List<Parameters> parameters;
  private final int longest;
  private final Decoding decoding;
  private final SlotJudge judge;
  private final Queue<NextToken> idle = new ConcurrentLinkedQueue<>();

  /**
   * How texts are looked for.
   *
   * @param beam how many beginnings are kept
   * @param lengthPenalty the power of the length that log-probabilities are divided by
   * @param consensus how sharply the texts that were found are weighted when they are compared with
   *     each other; 0: they are not compared
   * @param complete whether a text may only end when all copied values are in it
   */
  record Decoding(int beam, double lengthPenalty, double consensus, boolean complete) {}

  /**
   * What was drawn.
   *
   * @param texts different texts that found an end, the best first
   * @param endless how many found none, or no likely token that may stand there
   */
  record Drawn(List<Written> texts, int endless) {}

  Seq2SeqWriter(
      SlotRules rules,
      AttributeTable attributes,
      Vocabulary vocabulary,
      Seq2SeqShape shape,
      List<Parameters> learned,
      int longest,
      Decoding decoding) {
    this.rules = rules;
    this.attributes = attributes;
    this.vocabulary = vocabulary;
    this.shape = shape;
    this.parameters = List.copyOf(learned);
    this.longest = longest;
    this.decoding = decoding;
    this.judge = new SlotJudge(rules, attributes);
  }

  /** Writes everything but the decoding. */
  void save(ModelWriter out) {
    SlotRulesFile.save(rules, out.section("rules"));
    attributes.save(out.section("attributes"));
    vocabulary.save(out, "vocabulary");
    out.ints(
        "shape",
        new int[] {shape.embedding(), shape.hidden(), shape.condition(), shape.output(), longest});
    for (int n = 0; n < parameters.size(); n++) {
      parameters.get(n).save(out.section(section(n)));
    }
  }

  private static String section(int network) {
    return network == 0 ? "net" : "net" + (network + 1);
  }

  /** Reads what {@link #save} wrote of so many networks. */
  static Seq2SeqWriter read(ModelReader in, Decoding decoding, int networks) {
    SlotRules rules = SlotRulesFile.read(in.section("rules"));
    AttributeTable attributes = AttributeTable.read(in.section("attributes"));
    Vocabulary vocabulary = Vocabulary.read(in, "vocabulary");
    int[] sizes = in.ints("shape", 5);
    for (int size : sizes) {
      if (size < 1 || size > MAX_SIZE) {
        throw in.damaged("shape holds " + size + "; 1 to " + MAX_SIZE + " are possible");
      }
    }
    Seq2SeqShape shape =
        new Seq2SeqShape(
            attributes.slots(),
            attributes.values(),
            vocabulary.size(),
            sizes[0],
            sizes[1],
            sizes[2],
            sizes[3]);
    // Nothing of the size that the file states is made before the file was seen to have it.
    List<Parameters> learned = new ArrayList<>();
    for (int n = 0; n < networks; n++) {
      ModelReader net = in.section(section(n));
      net.floats("decoder.recurrent", shape.hidden(), 3L * shape.hidden());
      net.floats(
          "decoder.input", (long) shape.embedding() + shape.condition(), 3L * shape.hidden());
      net.floats("logits.weight", shape.output(), shape.vocabulary());
      Parameters parameters = new Parameters(0);
      Seq2SeqNet unused = new Seq2SeqNet(parameters, shape, 0);
      parameters.read(net);
      learned.add(parameters);
    }
    return new Seq2SeqWriter(rules, attributes, vocabulary, shape, learned, sizes[4], decoding);
  }

  /** The same network with other decoding. */
  Seq2SeqWriter with(Decoding other) {
    return new Seq2SeqWriter(rules, attributes, vocabulary, shape, parameters, longest, other);
  }

  // Nothing is learned any more: networks without room for gradients.
  private NextToken network() {
    NextToken found = idle.poll();
    if (found != null) {
      return found;
    }
    List<Seq2SeqNet> nets = new ArrayList<>();
    for (Parameters learned : parameters) {
      Parameters frozen = new Parameters(0);
      learned.all().forEach(parameter -> frozen.adopt(parameter, true));
      nets.add(new Seq2SeqNet(frozen, shape, 0));
    }
    return nets.size() == 1 ? nets.get(0) : new Ensemble(nets, shape.vocabulary());
  }

  /**
   * How many numbers were learned.
   *
   * @return the parameters of all networks
   */
  public long parameters() {
    return parameters.stream().mapToLong(Parameters::size).sum();
  }

  /**
   * Which slots are copied and how others are said.
   *
   * @return the rules it was taught with
   */
  public SlotRules rules() {
    return rules;
  }

  /**
   * The tokens it writes.
   *
   * @return the vocabulary
   */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * Writes texts.
   *
   * @param values what to state, by slot; slots it was not taught are left out
   * @return different texts, the best first, as many as the beam is wide at most
   */
  public List<Written> write(Map<String, String> values) {
    NextToken net = network();
    List<BeamSearch.Found> found =
        search(net, values, decoding.complete() ? required(values) : Required.NOTHING);
    idle.add(net);
    return rank(found, values, gains(found, decoding.consensus()));
  }

  /**
   * Draws texts at random: less likely ones than {@link #write}, and more different ones. None ends
   * before all copied values are in it.
   *
   * @param values what to state, by slot; slots it was not taught are left out
   * @param texts how many to draw, from 1 to 1000
   * @param temperature how bold to be, above 0 and up to 10; 1 draws as was learned
   * @param seed the same seed, the same texts
   * @return different texts, those that state what they should first; fewer than were asked for
   *     where some are alike or find no end
   */
  public List<Written> sample(
      Map<String, String> values, int texts, double temperature, long seed) {
    if (texts < 1 || texts > 1000 || !(temperature > 0 && temperature <= 10)) {
      throw new IllegalArgumentException(
          "texts is "
              + texts
              + ", temperature is "
              + temperature
              + "; 1 to 1000 and above 0 to 10 are possible");
    }
    TextDrawer.Rule any = TextDrawer.Rule.ANY;
    return draw(values, required(values), any, texts, temperature, seed).texts();
  }

  /**
   * Draws texts that may end before all is said, which then counts as an error.
   *
   * @param values what to state, by slot
   * @param rule which tokens may follow one another
   * @param texts how many to draw
   * @param temperature how bold to be
   * @param seed the same seed, the same texts
   */
  Drawn sampleFreely(
      Map<String, String> values, TextDrawer.Rule rule, int texts, double temperature, long seed) {
    return draw(values, Required.NOTHING, rule, texts, temperature, seed);
  }

  /**
   * The rule that a text goes on with a token alone that somebody wrote after the two before it,
   * and has one body.
   *
   * @param runs what was written
   * @param told of what it has to be written
   */
  TextDrawer.Rule asWritten(AttestedRuns runs, Map<String, String> told) {
    int part = vocabulary.id(TextTokens.BREAK);
    return (text, length, next) ->
        (next != part || Arrays.stream(text, 0, length).noneMatch(token -> token == part))
            && runs.attestRun(
                told, List.of(token(text, length - 2), token(text, length - 1), token(next)));
  }

  private String token(int[] text, int at) {
    return at < 0 ? AttestedRuns.EDGE : token(text[at]);
  }

  private String token(int token) {
    return token == Vocabulary.END ? AttestedRuns.EDGE : vocabulary.token(token);
  }

  private Drawn draw(
      Map<String, String> values,
      Required required,
      TextDrawer.Rule rule,
      int texts,
      double temperature,
      long seed) {
    NextToken net = network();
    Sampling sampling = new Sampling(temperature, 0, TOP_P);
    List<BeamSearch.Found> found = draw(net, values, required, rule, texts, sampling, seed);
    idle.add(net);
    return new Drawn(rank(found, values, gains(found, 0)), texts - found.size());
  }

  private List<BeamSearch.Found> draw(
      NextToken net,
      Map<String, String> values,
      Required required,
      TextDrawer.Rule rule,
      int texts,
      Sampling sampling,
      long seed) {
    return TextDrawer.draw(
        net,
        told(values),
        forbidden(values),
        required,
        rule,
        shape.vocabulary(),
        longest,
        texts,
        sampling,
        seed);
  }

  /**
   * Draws texts as was learned, from all tokens.
   *
   * @param values what to state, by slot
   * @param texts how many to draw
   * @param seed the same seed, the same texts
   * @return those that found an end
   */
  List<BeamSearch.Found> draw(Map<String, String> values, int texts, long seed) {
    NextToken net = network();
    List<BeamSearch.Found> drawn =
        draw(net, values, required(values), TextDrawer.Rule.ANY, texts, Sampling.PLAIN, seed);
    idle.add(net);
    return drawn;
  }

  /** What a search finds, all copied values in it. */
  List<BeamSearch.Found> find(Map<String, String> values) {
    NextToken net = network();
    List<BeamSearch.Found> found = search(net, values, required(values));
    idle.add(net);
    return found;
  }

  /** A text that another found, in the vocabulary of this one. */
  BeamSearch.Found translate(BeamSearch.Found text, Seq2SeqWriter other) {
    int[] tokens =
        Arrays.stream(text.tokens()).map(t -> vocabulary.id(other.vocabulary.token(t))).toArray();
    return new BeamSearch.Found(tokens, text.logProbability(), text.score());
  }

  /**
   * The best of some texts.
   *
   * @param values what to state, by slot
   * @param among texts of this vocabulary
   * @param expected by what they are ranked
   * @return its tokens; empty where no text states all slots and no other
   */
  Optional<List<String>> best(
      Map<String, String> values, List<BeamSearch.Found> among, ExpectedMatches expected) {
    double[] gains =
        among.stream().mapToDouble(f -> expected.gain(NGramCounts.of(f.tokens()))).toArray();
    return rank(among, values, gains).stream()
        .findFirst()
        .filter(best -> best.errors() == 0)
        .map(Written::tokens);
  }

  private List<BeamSearch.Found> search(
      NextToken net, Map<String, String> values, Required required) {
    return new BeamSearch(decoding.beam(), decoding.lengthPenalty(), longest, shape.vocabulary())
        .search(net, told(values), forbidden(values), required);
  }

  private AttributeBatch told(Map<String, String> values) {
    return AttributeSet.batch(List.of(attributes.encode(rules.delexicalize(values))));
  }

  // The placeholders of what is copied.
  private Required required(Map<String, String> values) {
    return new Required(
        values.keySet().stream()
            .filter(slot -> rules.kind(slot) == SlotKind.COPY)
            .mapToInt(slot -> vocabulary.id(TextTokens.placeholder(slot)))
            .filter(token -> token != Vocabulary.UNKNOWN)
            .toArray());
  }

  // What is no text, and slots that there is no value for.
  private boolean[] forbidden(Map<String, String> values) {
    boolean[] forbidden = new boolean[vocabulary.size()];
    forbidden[Vocabulary.START] = true;
    forbidden[Vocabulary.UNKNOWN] = true;
    for (int v = Vocabulary.UNKNOWN + 1; v < forbidden.length; v++) {
      String token = vocabulary.token(v);
      forbidden[v] = TextTokens.isPlaceholder(token) && !values.containsKey(TextTokens.slot(token));
    }
    return forbidden;
  }

  private static double[] gains(List<BeamSearch.Found> found, double consensus) {
    return consensus > 0
        ? Consensus.gains(found, consensus)
        : found.stream().mapToDouble(BeamSearch.Found::score).toArray();
  }

  // Those with fewer errors first, of as many those of the larger gain; the likes of them once.
  private List<Written> rank(
      List<BeamSearch.Found> found, Map<String, String> values, double[] gains) {
    List<Written> written = found.stream().map(f -> written(f, values)).toList();
    List<Integer> order =
        IntStream.range(0, found.size())
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer i) -> written.get(i).errors())
                    .thenComparingDouble(i -> -gains[i]))
            .toList();
    List<Written> ranked = new ArrayList<>();
    Set<String> texts = new HashSet<>();
    for (int i : order) {
      if (texts.add(written.get(i).text())) {
        ranked.add(written.get(i));
      }
    }
    return ranked;
  }

  private Written written(BeamSearch.Found found, Map<String, String> values) {
    List<String> tokens = vocabulary.decode(found.tokens(), 0, found.tokens().length);
    double mean = found.logProbability() / (tokens.size() + 1);
    return new Written(
        TextTokens.join(tokens, values), tokens, Math.min(0, mean), judge.errors(tokens, values));
  }
}
