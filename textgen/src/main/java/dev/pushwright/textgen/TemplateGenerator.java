// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.data.Dataset;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.pipeline.Pipeline;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages by filling the slots of hand-written lines, which come in packs of one language
 * each. English and Chinese packs are built in; a pack of your own adds to them or, where the key
 * is the same, comes before them.
 *
 * <p>A pack is a text file in UTF-8, in the form of Java properties:
 *
 * <pre>{@code
 * language = en
 *
 * # A template is a title and a body:  <occasion>.<channel>.<tone>.<label>
 * price-drop.any.friendly.1.title = Good news, {{name}}
 * price-drop.any.friendly.1.body  = {{item}} went from {{oldPrice}} to {{price}}.
 *
 * # What a slot takes when there is no value for it
 * default.name = friend
 *
 * # How to say, after "you", what the user did with an item: fills {{did}}
 * did.purchase = bought {{because}}
 * did.cart     = put {{because}} in your cart
 *
 * # Slots of your own, given with each request as facts
 * facts = coupon
 * promotion.any.any.coupon.title = A small thank-you
 * promotion.any.any.coupon.body  = Code {{coupon}} works on {{item}}.
 * }</pre>
 *
 * <p>Occasions are {@code recommendation}, {@code price-drop}, {@code back-in-stock}, {@code
 * cart-reminder}, {@code promotion} and {@code article}; channels {@code ios}, {@code android},
 * {@code web} and {@code any}; tones {@code neutral}, {@code friendly}, {@code playful} and {@code
 * any}. The label is yours. The slots:
 *
 * <ul>
 *   <li>{@code name}: the user's name
 *   <li>{@code item}: the main item's title; a title in capitals only is shown in title case
 *   <li>{@code price}, {@code oldPrice}: as the reader's locale writes them, with the request's
 *       currency or without any; the old price only when it is above the price
 *   <li>{@code discount}: whole percents, rounded down
 *   <li>{@code because}: the title of the user's own item that weighs most among the reasons;
 *       {@code did}: what the user did with it
 *   <li>{@code tag}: the user's foremost interest
 *   <li>{@code second}: the title of another item of the request; {@code count}: how many items
 *       there are, when more than one
 *   <li>{@code category}, {@code brand}: of the main item
 * </ul>
 *
 * <p>A template one of whose slots has neither a value nor a default is passed over, so no "Hi ,"
 * can leave. There are no sections: write a template for each case. Titles that make a text too
 * long for the channel are cut, at a word where possible.
 *
 * <p>Of the templates for an occasion, those of the tone asked for come first, then those of tone
 * {@code any}, then the rest; within a tone those written for the channel come before those for
 * any. Among equals a stable hash of seed, user and template decides, so that two users don't read
 * the same line and one user keeps reading what the seed says. The first that passes the {@link
 * dev.pushwright.api.ContentChecks}, and is not much like what the user {@linkplain
 * dev.pushwright.api.ContentRequest#recent() was sent last}, is the text; if none does, the refusal
 * says what stood in the way. Given a {@link dev.pushwright.textgen.pipeline.ClickModel}, of the
 * first of them that pass and are equal in tone and channel, the one likeliest to be opened. Values
 * in letters of the other direction, such as a Hebrew title in an English line, are isolated.
 * Immutable; models are thread-safe.
 */
public final class TemplateGenerator implements ContentGenerator {

  /** The name the generator goes by. */
  public static final String NAME = "template";

  static final OptionSpec<String> PACKS =
      OptionSpec.text(
          "packs",
          "",
          "paths separated by commas, or empty",
          "Template pack files that add to the built-in ones.");

  static final OptionSpec<String> FALLBACK_LOCALE =
      OptionSpec.text(
          "fallbackLocale",
          "",
          "a BCP 47 tag that there is a pack for, or empty",
          "The language for users whose own has no pack; empty: they get no message.");

  static final OptionSpec<Boolean> BUILT_IN =
      OptionSpec.flag(
          "builtIn", true, "Whether the packs of the library are used beside those of your own.");

  static final OptionSet OPTIONS =
      OptionSet.of(PACKS, FALLBACK_LOCALE, BUILT_IN, Pipeline.CANDIDATES, Pipeline.CLICKS_FILE);

  private final Settings settings;
  private final TemplatePacks packs;
  private final @Nullable TemplatePack fallback;

  TemplateGenerator(Settings settings) {
    this.settings = settings;
    this.packs = TemplatePacks.read(settings.get(BUILT_IN), paths(settings.get(PACKS)));
    if (packs.languages().isEmpty()) {
      throw new IllegalArgumentException(
          "option "
              + BUILT_IN.name()
              + " is false and option "
              + PACKS.name()
              + " is empty: there is no template at all");
    }
    this.fallback = fallback(settings, packs);
  }

  private static List<Path> paths(String packs) {
    return Arrays.stream(packs.split(",", -1))
        .map(String::strip)
        .filter(path -> !path.isEmpty())
        .map(TemplateGenerator::path)
        .toList();
  }

  private static Path path(String path) {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "option " + PACKS.name() + " names \"" + path + "\", which is no path: " + e.getReason(),
          e);
    }
  }

  static @Nullable TemplatePack fallback(Settings settings, TemplatePacks packs) {
    String tag = settings.get(FALLBACK_LOCALE);
    if (tag.isBlank()) {
      return null;
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag.strip().replace('_', '-')).build();
      return packs
          .find(locale)
          .orElseThrow(() -> noFallback(tag, "there is no pack for it", packs, null));
    } catch (IllformedLocaleException e) {
      throw noFallback(tag, "that is no BCP 47 tag", packs, e);
    }
  }

  private static IllegalArgumentException noFallback(
      String tag, String why, TemplatePacks packs, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "option "
            + FALLBACK_LOCALE.name()
            + " is "
            + tag
            + ", but "
            + why
            + "; installed: "
            + String.join(", ", packs.languages()),
        cause);
  }

  /**
   * Starts a generator.
   *
   * @return a builder with every option at its default
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public ContentModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    return new TemplateModel(
        packs,
        fallback,
        settings.get(Pipeline.CANDIDATES),
        Pipeline.clicks(settings),
        Provenance.of(NAME, settings.asText(), data.fingerprint()));
  }

  @Override
  public String toString() {
    return NAME + " " + settings;
  }

  /** Builds a {@link TemplateGenerator}. */
  public static final class Builder {
    private Options options = Options.none();

    private Builder() {}

    /**
     * Sets the packs that add to the built-in ones.
     *
     * @param files pack files; no path may hold a comma
     * @return this
     */
    public Builder packs(Path... files) {
      for (Path file : files) {
        if (file.toString().indexOf(',') >= 0) {
          throw new IllegalArgumentException(
              "the path " + file + " holds a comma; rename the file");
        }
      }
      options =
          options.with(
              PACKS.name(),
              Arrays.stream(files).map(Path::toString).collect(Collectors.joining(",")));
      return this;
    }

    /**
     * Sets the language for users whose own has no pack.
     *
     * @param locale a locale that there is a pack for
     * @return this
     */
    public Builder fallbackLocale(Locale locale) {
      options = options.with(FALLBACK_LOCALE.name(), locale.toLanguageTag());
      return this;
    }

    /**
     * Sets whether the packs of the library are used beside those of your own.
     *
     * @param builtIn whether they are
     * @return this
     */
    public Builder builtIn(boolean builtIn) {
      options = options.with(BUILT_IN.name(), builtIn);
      return this;
    }

    /**
     * Sets among how many texts that pass the checks the one is chosen that is likeliest to be
     * opened; of no account without {@link #clicksFile}.
     *
     * @param candidates from 1 to 1000
     * @return this
     */
    public Builder candidates(int candidates) {
      options = options.with(Pipeline.CANDIDATES.name(), candidates);
      return this;
    }

    /**
     * Sets a saved {@link dev.pushwright.textgen.pipeline.ClickModel} to choose by, among the
     * templates of the tone that fits best; without one, a hash of seed and user chooses.
     *
     * @param file the file; what it holds becomes part of the fitted model
     * @return this
     */
    public Builder clicksFile(Path file) {
      options = options.with(Pipeline.CLICKS_FILE.name(), file.toString());
      return this;
    }

    /**
     * The generator. Reads and compiles the packs.
     *
     * @return an immutable generator
     * @throws IllegalArgumentException for a pack that cannot be read, naming file and key, or a
     *     fallback locale without a pack
     */
    public TemplateGenerator build() {
      return new TemplateGenerator(OPTIONS.resolve(options));
    }
  }
}
