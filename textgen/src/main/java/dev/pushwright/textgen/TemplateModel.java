// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import com.google.common.hash.Hashing;
import dev.pushwright.api.Capability;
import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.copy.MessageSlots;
import dev.pushwright.textgen.pipeline.Candidate;
import dev.pushwright.textgen.pipeline.Checks;
import dev.pushwright.textgen.pipeline.ClickModel;
import dev.pushwright.textgen.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The model of a {@link TemplateGenerator}. */
final class TemplateModel implements ContentModel {

  static final Set<Capability> CAPABILITIES = Set.of();

  private record Ranked(MessageTemplate template, int distance, long rank) {}

  private record Clicked(PushContent content, int distance, double score) {}

  private final TemplatePacks packs;
  private final @Nullable TemplatePack fallback;
  private final int candidates;
  private final @Nullable ClickModel clicks;
  private final Provenance provenance;

  TemplateModel(
      TemplatePacks packs,
      @Nullable TemplatePack fallback,
      int candidates,
      Optional<ClickModel> clicks,
      Provenance provenance) {
    this.packs = packs;
    this.fallback = fallback;
    this.candidates = candidates;
    this.clicks = clicks.orElse(null);
    this.provenance = provenance;
  }

  @Override
  public void save(ModelWriter out) {
    packs.save(out.section("packs"));
    if (clicks != null) {
      clicks.save(out.section("clicks"));
    }
  }

  /** Reads what {@link #save} wrote. */
  static TemplateModel read(ModelReader in, Settings settings, Provenance provenance) {
    ModelReader section = in.section("packs");
    TemplatePacks packs = TemplatePacks.read(section);
    if (packs.languages().isEmpty()) {
      throw section.damaged("names are none: there is no template at all");
    }
    boolean ranked = !settings.get(Pipeline.CLICKS_FILE).isBlank();
    return new TemplateModel(
        packs,
        TemplateGenerator.fallback(settings, packs),
        settings.get(Pipeline.CANDIDATES),
        ranked ? Optional.of(ClickModel.read(in.section("clicks"))) : Optional.empty(),
        provenance);
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public ContentResult generate(ContentRequest request) {
    Optional<TemplatePack> pack = packs.find(request.locale());
    if (pack.isEmpty()) {
      pack = Optional.ofNullable(fallback);
    }
    if (pack.isEmpty()) {
      return refusal(
          "no template for locale "
              + request.locale().toLanguageTag()
              + "; installed: "
              + String.join(", ", packs.languages())
              + "; set option "
              + TemplateGenerator.FALLBACK_LOCALE.name()
              + " or add a pack");
    }
    String impossible = impossible(request);
    return impossible.isEmpty() ? choose(request, pack.get()) : refusal(impossible);
  }

  // What no template could mend.
  private static String impossible(ContentRequest request) {
    Item item = request.mainItem().item();
    if (!item.hasTitle()) {
      return "item " + item.id() + " has no title to name it by";
    }
    if (request.occasion() == Occasion.PRICE_DROP) {
      OptionalDouble price = item.price();
      OptionalDouble old = request.oldPrice();
      if (price.isEmpty() || old.isEmpty() || old.getAsDouble() <= price.getAsDouble()) {
        return "price-drop needs an old price above the price; the old price is "
            + (old.isEmpty() ? "not given" : old.getAsDouble())
            + ", the price "
            + (price.isEmpty() ? "not given" : price.getAsDouble());
      }
    }
    return "";
  }

  private ContentResult choose(ContentRequest request, TemplatePack pack) {
    Slots slots = Slots.of(request, pack);
    List<Verdict> failures = new ArrayList<>();
    Map<String, Integer> obstacles = new LinkedHashMap<>();
    List<Ranked> fitting = fitting(request, pack);
    Clicked best = null;
    int passed = 0;
    for (Ranked ranked : fitting) {
      MessageTemplate template = ranked.template();
      // Clicks choose within a tone, not between tones.
      if (best != null && (passed == candidates || ranked.distance() > best.distance())) {
        break;
      }
      List<String> missing = slots.missing(template.slots());
      if (!missing.isEmpty()) {
        missing.forEach(slot -> obstacles.merge("slot " + slot + " has no value", 1, Integer::sum));
        continue;
      }
      // A title of emoji could take all the bytes: it gets a third at most.
      String title =
          slots.fill(template.title(), request.channel().titleLength(), Channel.MAX_BYTES / 3);
      String body =
          slots.fill(
              template.body(),
              request.channel().bodyLength(),
              Channel.MAX_BYTES - Slots.bytes(title));
      String source =
          TemplateGenerator.NAME + "/" + pack.language().toLanguageTag() + ":" + template.id();
      Candidate candidate = new Candidate(title, body, 0, source);
      List<Verdict> verdicts = check(request, candidate);
      if (verdicts.stream().allMatch(Verdict::passed)) {
        double score = clicks == null ? 0 : clicks.score(request, candidate);
        if (best == null || score > best.score()) {
          PushContent content =
              new PushContent(
                  title,
                  body,
                  request.channel(),
                  localeOf(pack, request),
                  slots.itemIds(template.slots()),
                  source,
                  request.seed(),
                  verdicts);
          best = new Clicked(content, ranked.distance(), score);
        }
        if (clicks == null) {
          break;
        }
        passed++;
        continue;
      }
      for (Verdict verdict : verdicts) {
        if (!verdict.passed()) {
          failures.add(
              new Verdict(verdict.check(), false, template.id() + ": " + verdict.detail()));
          obstacles.merge(verdict.check() + ": " + verdict.detail(), 1, Integer::sum);
        }
      }
    }
    return best != null
        ? best.content()
        : new Refusal(
            TemplateGenerator.NAME, noneWillDo(request, pack, fitting.size(), obstacles), failures);
  }

  private static List<Verdict> check(ContentRequest request, Candidate candidate) {
    return Checks.byHand().stream()
        .flatMap(check -> check.check(request, candidate).stream())
        .toList();
  }

  private static List<Ranked> fitting(ContentRequest request, TemplatePack pack) {
    return pack.templates().stream()
        .filter(template -> template.fits(request))
        .map(template -> new Ranked(template, template.distance(request), rank(request, template)))
        .sorted(
            Comparator.comparingInt(Ranked::distance)
                .thenComparingLong(Ranked::rank)
                .thenComparing(ranked -> ranked.template().id()))
        .toList();
  }

  // The same for good, on every machine: a user's line does not change with a release or a restart.
  private static long rank(ContentRequest request, MessageTemplate template) {
    return Hashing.murmur3_128()
        .newHasher()
        .putLong(request.seed())
        .putUnencodedChars(request.profile().userId())
        .putChar('\0')
        .putUnencodedChars(template.id())
        .hash()
        .asLong();
  }

  // The pack's language, in the reader's region.
  private static Locale localeOf(TemplatePack pack, ContentRequest request) {
    Locale wanted = Locale.forLanguageTag(request.locale().toLanguageTag());
    Locale language = pack.language();
    if (wanted.getLanguage().equals(language.getLanguage())) {
      return wanted;
    }
    return language.getCountry().isEmpty()
        ? new Locale.Builder().setLocale(language).setRegion(wanted.getCountry()).build()
        : language;
  }

  private static String noneWillDo(
      ContentRequest request, TemplatePack pack, int tried, Map<String, Integer> obstacles) {
    String where =
        MessageSlots.value(request.occasion())
            + " on "
            + MessageSlots.value(request.channel())
            + " in the pack "
            + pack.language().toLanguageTag();
    if (tried == 0) {
      return "there is no template for "
          + where
          + "; add one with option "
          + TemplateGenerator.PACKS.name();
    }
    return "none of the "
        + tried
        + " templates for "
        + where
        + " will do: "
        + obstacles.entrySet().stream()
            .map(e -> e.getKey() + (e.getValue() > 1 ? " (" + e.getValue() + " times)" : ""))
            .collect(Collectors.joining("; "));
  }

  private static Refusal refusal(String reason) {
    return new Refusal(TemplateGenerator.NAME, reason, List.of());
  }
}
