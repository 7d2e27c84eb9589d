// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.ItemNames;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.copy.MessageSlots;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Makes one message out of what a generator proposes:
 *
 * <ol>
 *   <li><b>propose</b>: the generator writes several candidates.
 *   <li><b>isolate</b>: names of the other direction are marked off, see {@link Isolates}.
 *   <li><b>check</b>: each is put to every check, see {@link Checks}; all verdicts are kept.
 *   <li><b>rank</b>: those that passed are scored by the weighted sum of the rankers, see {@link
 *       Rankers} and {@link ClickModel}.
 *   <li><b>choose</b>: the highest score wins, the one proposed first among equals. Where none
 *       passed, the fallback writes, if there is one; else the refusal says what stood in the way,
 *       and where there was no candidate, why the generator threw away what it wrote.
 * </ol>
 *
 * <p>What no text could mend is refused at once: an item without a title, a price drop that is
 * none. Immutable and thread-safe; the same request and proposals give the same text.
 *
 * <p>A generator offers {@link #CANDIDATES} and {@link #CLICKS_FILE} among its options, makes its
 * pipeline by {@link #of}, and has it saved and read with its model.
 */
public final class Pipeline {

  /** How many candidates are proposed, for the options of a generator. */
  public static final OptionSpec<Integer> CANDIDATES =
      OptionSpec.integer(
          "candidates", 16, 1, 1000, "How many texts are written to choose one from.");

  /** Where a {@link ClickModel} is, for the options of a generator. */
  public static final OptionSpec<String> CLICKS_FILE =
      OptionSpec.text(
          "clicksFile",
          "",
          "a path, or empty",
          "A saved click model to rank texts by; it becomes part of the fitted model.");

  /** What the score of a {@link ClickModel} is multiplied by. */
  public static final double CLICKS_WEIGHT = 2;

  /** A ranker, and what its score is multiplied by. */
  record Weighted(Ranker ranker, double weight) {}

  private final String generator;
  private final int candidates;
  private final List<Check> checks;
  private final List<Weighted> rankers;
  private final @Nullable CatalogueNames names;
  private final @Nullable ClickModel clicks;
  private final @Nullable ContentModel fallback;

  private Pipeline(
      String generator,
      int candidates,
      List<Check> checks,
      List<Weighted> rankers,
      @Nullable CatalogueNames names,
      @Nullable ClickModel clicks,
      @Nullable ContentModel fallback) {
    this.generator = generator;
    this.candidates = candidates;
    this.checks = List.copyOf(checks);
    this.rankers = List.copyOf(rankers);
    this.names = names;
    this.clicks = clicks;
    this.fallback = fallback;
  }

  /**
   * Starts a pipeline.
   *
   * @param generator the name of the generator it works for, which refuses in its name
   * @return a builder with the {@linkplain Checks#standard() usual checks} and {@linkplain
   *     Rankers#standard() rankers}, without a fallback: in a {@code PushEngine} the engine falls
   *     back
   */
  public static Builder builder(String generator) {
    return new Builder(generator);
  }

  /**
   * The pipeline of a generator that is being fitted.
   *
   * @param generator its name
   * @param settings its settings, {@link #CANDIDATES} and {@link #CLICKS_FILE} among them
   * @param data what it is fitted to: none of its other items is named in a text
   * @return the pipeline, without a fallback
   * @throws dev.pushwright.io.ModelFormatException when the file of clicks is none
   */
  public static Pipeline of(String generator, Settings settings, Dataset data) {
    Builder builder =
        builder(generator).candidates(settings.get(CANDIDATES)).names(data.catalogue());
    clicks(settings).ifPresent(builder::clicks);
    return builder.build();
  }

  /**
   * The click model that {@link #CLICKS_FILE} names.
   *
   * @param settings the settings of a generator
   * @return the model, or empty where none is named
   * @throws IllegalArgumentException when the option names no path
   * @throws dev.pushwright.io.ModelFormatException when the file holds none
   * @throws java.io.UncheckedIOException when the file cannot be read
   */
  public static Optional<ClickModel> clicks(Settings settings) {
    String file = settings.get(CLICKS_FILE).strip();
    try {
      return file.isEmpty() ? Optional.empty() : Optional.of(ClickModel.load(Path.of(file)));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "option "
              + CLICKS_FILE.name()
              + " names \""
              + file
              + "\", which is no path: "
              + e.getReason(),
          e);
    }
  }

  /**
   * The same with another writer for when no candidate passes.
   *
   * @param fallback a model, of templates for instance
   * @return a new pipeline
   */
  public Pipeline withFallback(ContentModel fallback) {
    return new Pipeline(
        generator,
        candidates,
        checks,
        rankers,
        names,
        clicks,
        Objects.requireNonNull(fallback, "fallback"));
  }

  /**
   * Writes what {@link #read} needs: the names of the catalogue and the click model. Checks and
   * rankers of one's own, and the fallback, are code, and not written.
   *
   * @param out takes the parts
   */
  public void save(ModelWriter out) {
    out.ints("parts", new int[] {names == null ? 0 : 1, clicks == null ? 0 : 1});
    if (names != null) {
      names.save(out.section("catalogue"));
    }
    if (clicks != null) {
      clicks.save(out.section("clicks"));
    }
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param generator the generator's name
   * @param settings its settings
   * @param in the parts
   * @return a pipeline with the usual checks and rankers
   * @throws dev.pushwright.io.ModelFormatException when a part is damaged
   */
  public static Pipeline read(String generator, Settings settings, ModelReader in) {
    Builder builder = builder(generator).candidates(settings.get(CANDIDATES));
    // Models were saved before they had any.
    if (!in.has("parts")) {
      return builder.build();
    }
    int[] parts = in.ints("parts", 2);
    for (int part : parts) {
      if (part != 0 && part != 1) {
        throw in.damaged("parts are " + Arrays.toString(parts) + "; each is there (1) or not (0)");
      }
    }
    if (parts[0] == 1) {
      builder.names = CatalogueNames.read(in.section("catalogue"));
    }
    if (parts[1] == 1) {
      builder.clicks(ClickModel.read(in.section("clicks")));
    }
    return builder.build();
  }

  /**
   * Makes one message.
   *
   * @param request what is asked for
   * @param proposer what writes
   * @return the best of the proposed texts that pass every check, else the fallback's, else a
   *     refusal
   */
  public ContentResult choose(ContentRequest request, Proposer proposer) {
    String impossible = impossible(request);
    if (!impossible.isEmpty()) {
      return new Refusal(generator, impossible, List.of());
    }
    Proposal proposal = proposer.propose(request, candidates);
    List<Candidate> proposed =
        proposal.candidates().stream()
            .limit(candidates)
            .map(candidate -> isolated(request, candidate))
            .distinct()
            .toList();
    Selection selection = new Selection(request, checks, rankers);
    proposed.forEach(selection::add);
    return selection
        .best()
        .<ContentResult>map(best -> content(request, best))
        .orElseGet(
            () ->
                withoutOne(request, why(request, proposal, proposed.size(), selection), selection));
  }

  // What no text could mend.
  private static String impossible(ContentRequest request) {
    Item item = request.mainItem().item();
    if (!item.hasTitle()) {
      return "item " + item.id() + " has no title to name it by";
    }
    if (request.occasion() == Occasion.PRICE_DROP && !Statements.dropped(request)) {
      return "a price drop needs an old price above the price; the old price is "
          + shown(request.oldPrice())
          + ", the price "
          + shown(item.price());
    }
    return "";
  }

  private static String shown(OptionalDouble price) {
    return price.isPresent() ? String.valueOf(price.getAsDouble()) : "not given";
  }

  private static Candidate isolated(ContentRequest request, Candidate candidate) {
    Collection<String> values = SlotValues.of(request).asMap().values();
    String title = Isolates.text(candidate.title(), values, request.locale());
    String body = Isolates.text(candidate.body(), values, request.locale());
    return title.equals(candidate.title()) && body.equals(candidate.body())
        ? candidate
        : new Candidate(title, body, candidate.logProbability(), candidate.origin());
  }

  private PushContent content(ContentRequest request, Selection.Passed best) {
    Candidate candidate = best.candidate();
    return new PushContent(
        candidate.title(),
        candidate.body(),
        request.channel(),
        request.locale(),
        ItemNames.in(request, candidate.title(), candidate.body()).stream()
            .map(named -> named.item().id())
            .distinct()
            .toList(),
        source(candidate.origin()),
        request.seed(),
        best.verdicts());
  }

  // Whoever reads the source finds the generator first, whatever it calls its decodings.
  private String source(String origin) {
    return origin.equals(generator) || origin.startsWith(generator + "/")
        ? origin
        : generator + "/" + origin;
  }

  private static String why(
      ContentRequest request, Proposal proposal, int proposed, Selection selection) {
    if (proposed > 0) {
      return "none of the "
          + proposed
          + " candidates will do: "
          + Selection.counted(selection.obstacles());
    }
    String nothing =
        "it proposes nothing for "
            + MessageSlots.value(request.occasion())
            + " in "
            + request.locale().toLanguageTag();
    int discarded = proposal.discarded().values().stream().mapToInt(count -> count).sum();
    return discarded == 0
        ? nothing
        : nothing
            + ": none of the "
            + discarded
            + " texts that it wrote will do: "
            + Selection.counted(proposal.discarded());
  }

  private ContentResult withoutOne(ContentRequest request, String why, Selection selection) {
    List<Verdict> failures = selection.failures();
    if (fallback == null) {
      return new Refusal(generator, why, failures);
    }
    ContentResult second = fallback.generate(request);
    if (second instanceof Refusal refusal) {
      failures.addAll(refusal.verdicts());
      return new Refusal(
          generator, why + "; " + refusal.generator() + ": " + refusal.reason(), failures);
    }
    PushContent text = (PushContent) second;
    return new PushContent(
        text.title(),
        text.body(),
        text.channel(),
        text.locale(),
        text.itemIds(),
        generator + "/fallback:" + text.source(),
        text.seed(),
        text.verdicts());
  }

  /** Builds a {@link Pipeline}. */
  public static final class Builder {
    private final String generator;
    private int candidates = CANDIDATES.defaultValue();
    private final List<Check> checks = new ArrayList<>(Checks.standard());
    private final List<Weighted> rankers = new ArrayList<>();
    private @Nullable CatalogueNames names;
    private @Nullable ClickModel clicks;
    private @Nullable ContentModel fallback;

    private Builder(String generator) {
      this.generator = Objects.requireNonNull(generator, "generator");
      Rankers.standard().forEach(this::ranker);
    }

    /**
     * Sets how many candidates are proposed; 16 where it is not set.
     *
     * @param candidates at least 1
     * @return this
     */
    public Builder candidates(int candidates) {
      if (candidates < 1) {
        throw new IllegalArgumentException(
            "candidates is " + candidates + "; at least 1 is needed");
      }
      this.candidates = candidates;
      return this;
    }

    /**
     * Adds a check to the usual ones, which cannot be left out.
     *
     * @param check the check
     * @return this
     */
    public Builder check(Check check) {
      checks.add(Objects.requireNonNull(check, "check"));
      return this;
    }

    /**
     * Sets the catalogue, none of whose other items may be named, see {@link Checks#names}.
     *
     * @param catalogue all items there are
     * @return this
     */
    public Builder names(Collection<Item> catalogue) {
      this.names = CatalogueNames.of(catalogue);
      return this;
    }

    /**
     * Ranks by what was clicked, too.
     *
     * @param clicks what was learned from feedback; its score counts {@value
     *     Pipeline#CLICKS_WEIGHT}
     * @return this
     */
    public Builder clicks(ClickModel clicks) {
      this.clicks = Objects.requireNonNull(clicks, "clicks");
      return this;
    }

    /**
     * Adds a ranker.
     *
     * @param ranker the ranker
     * @param weight what its score is multiplied by, a finite number of at least 0
     * @return this
     */
    public Builder ranker(Ranker ranker, double weight) {
      if (!(weight >= 0 && Double.isFinite(weight))) {
        throw new IllegalArgumentException(
            "weight is " + weight + "; a finite number of at least 0 is needed");
      }
      rankers.add(new Weighted(Objects.requireNonNull(ranker, "ranker"), weight));
      return this;
    }

    /**
     * Takes all rankers away, the usual ones too: without any, the first candidate that passes is
     * chosen.
     *
     * @return this
     */
    public Builder withoutRankers() {
      rankers.clear();
      return this;
    }

    /**
     * Sets what writes when no candidate passes.
     *
     * @param fallback a model, of templates for instance
     * @return this
     */
    public Builder fallback(ContentModel fallback) {
      this.fallback = Objects.requireNonNull(fallback, "fallback");
      return this;
    }

    /**
     * The pipeline.
     *
     * @return an immutable pipeline
     */
    public Pipeline build() {
      List<Check> all = new ArrayList<>(checks);
      List<Weighted> weighted = new ArrayList<>(rankers);
      if (names != null) {
        all.add(names);
      }
      if (clicks != null) {
        weighted.add(new Weighted(clicks, CLICKS_WEIGHT));
      }
      return new Pipeline(generator, candidates, all, weighted, names, clicks, fallback);
    }
  }
}
