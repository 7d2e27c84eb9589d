// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Graphemes;
import dev.pushwright.api.Occasion;
import dev.pushwright.data.Item;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.textgen.pipeline.Candidate;
import dev.pushwright.textgen.pipeline.DisplayName;
import dev.pushwright.textgen.pipeline.Proposal;
import dev.pushwright.textgen.pipeline.SlotValues;
import dev.pushwright.textgen.pipeline.TitlePhrases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts into words why an item is what somebody wants. Tags that the title does not say make a list;
 * a word of the title is worth a mention of its own.
 */
final class WishTexts {

  private static final int TAGS = 3;
  private static final int SHORTEST_ITEM = 16;
  private static final int FOREMOST = 2;

  private static final Pattern SLOT = Pattern.compile("\\{(item|tag|tags)\\}");

  /** A title and a body. */
  private record Line(String name, String title, String body) {}

  /** The lines of a language. */
  private record Lines(String separator, List<Line> ofTags, List<Line> ofWord) {}

  // A tag may be a thing ("paper"), a quality ("wooden") or a name: it stands as a word of its own.
  private static final Lines ENGLISH =
      new Lines(
          ", ",
          List.of(
              new Line("tags.1", "{item}", "Picked for you: {tags}."),
              new Line("tags.2", "Close to your taste", "{item}: {tags}."),
              new Line("tags.3", "Picked for you: {tag}", "Have a look at {item} ({tags})."),
              new Line("tags.4", "A find, filed under “{tag}”", "{item}: {tags}. Take a look."),
              new Line("tags.5", "Does this sound like you?", "{tags}. We thought of {item}.")),
          List.of(
              new Line("word.1", "Going by your taste", "“{tag}” led us to {item}."),
              new Line("word.2", "{item}", "Found under “{tag}”, and picked for you."),
              new Line("word.3", "A find, filed under “{tag}”", "{item}. Take a look."),
              new Line("word.4", "Does “{tag}” ring a bell?", "{item} could be one for you."),
              new Line("word.5", "Picked for you", "{item}. What led us there: “{tag}”."),
              new Line("word.6", "From “{tag}” to this", "{item}. See whether we guessed right."),
              new Line("word.7", "We had you in mind", "{item}, with a nod to “{tag}”."),
              new Line("word.8", "On a hunch: “{tag}”", "Have a look at {item}.")));

  private static final Lines CHINESE =
      new Lines(
          "、",
          List.of(
              new Line("tags.1", "{item}", "为你挑选：{tags}。"),
              new Line("tags.2", "为你挑选：{tag}", "「{item}」：{tags}。"),
              new Line("tags.3", "猜你会喜欢", "「{item}」，{tags}，看看吧。"),
              new Line("tags.4", "合你口味的一件", "{tags}：「{item}」，点开看看。")),
          List.of(
              new Line("word.1", "为你挑选：「{tag}」", "看看「{item}」。"),
              new Line("word.2", "想看「{tag}」吗？", "「{item}」，也许正合你意。"),
              new Line("word.3", "猜你会喜欢", "由「{tag}」想到了「{item}」，看看吧。"),
              new Line("word.4", "{item}", "从「{tag}」里为你挑出来的。"),
              new Line("word.5", "「{tag}」里的发现", "「{item}」，点开看看合不合意。"),
              new Line("word.6", "按你的口味找的", "关键词「{tag}」，我们选了「{item}」。")));

  private final FeatureModel model;

  WishTexts(FeatureModel model) {
    this.model = model;
  }

  /** A text for each of some wishes that have something in common with the main item. */
  Proposal propose(ContentRequest request, int count) {
    Optional<Lines> lines = lines(request);
    Optional<String> name = SlotValues.of(request).get(SlotValues.ITEM);
    if (lines.isEmpty() || name.isEmpty()) {
      return Proposal.none();
    }
    Item item = request.mainItem().item();
    long key = CounterRandom.key(request.seed(), request.profile().userId().hashCode());
    List<Candidate> candidates = new ArrayList<>();
    Map<String, Integer> discarded = new LinkedHashMap<>();
    List<Wish> wishes = model.wishes(request.profile(), request.user(), request.seed(), count);
    for (int n = 0; n < wishes.size(); n++) {
      List<String> tags = model.space().tags(wishes.get(n).vector(), item, 2 * TAGS);
      if (tags.isEmpty()) {
        discarded.merge("the wish has no tag in common with item " + item.id(), 1, Integer::sum);
      } else {
        candidates.add(
            candidate(
                request, lines.get(), name.get(), tags, key + n, logDensity(wishes.get(n), item)));
      }
    }
    return new Proposal(candidates, discarded);
  }

  private double logDensity(Wish wish, Item item) {
    return model.logDensity(wish, item);
  }

  private Candidate candidate(
      ContentRequest request,
      Lines lines,
      String name,
      List<String> tags,
      long key,
      double logDensity) {
    Item item = request.mainItem().item();
    Map<String, String> spelling = spelling(item);
    String title = item.title().toLowerCase(Locale.ROOT);
    List<String> beside =
        tags.stream()
            .filter(tag -> !title.contains(tag))
            .limit(TAGS)
            .map(tag -> spelled(tag, spelling))
            .toList();
    List<Line> fitting = beside.isEmpty() ? lines.ofWord() : lines.ofTags();
    Line line = fitting.get(CounterRandom.below(key, 0, fitting.size()));
    String tag = beside.isEmpty() ? phrase(request, tags, spelling) : beside.get(0);
    Map<String, String> values = new TreeMap<>();
    values.put("tag", tag);
    values.put("tags", String.join(lines.separator(), beside));
    Channel channel = request.channel();
    return new Candidate(
        fill(line.title(), name, values, channel.titleLength()),
        fill(line.body(), name, values, channel.bodyLength()),
        logDensity,
        model.provenance().algorithm() + "/" + line.name());
  }

  private static Optional<Lines> lines(ContentRequest request) {
    if (request.occasion() != Occasion.RECOMMENDATION && request.occasion() != Occasion.PROMOTION) {
      return Optional.empty();
    }
    return switch (request.locale().getLanguage()) {
      case "en" -> Optional.of(ENGLISH);
      // What is written here is in simplified characters.
      case "zh" ->
          request.locale().getScript().equals("Hant") ? Optional.empty() : Optional.of(CHINESE);
      default -> Optional.empty();
    };
  }

  /** How tags, category and brand are written, by how terms write them. */
  private static Map<String, String> spelling(Item item) {
    Map<String, String> spelling = new TreeMap<>();
    item.tags().forEach(tag -> put(tag, spelling));
    for (String name : List.of(Item.CATEGORY, Item.BRAND)) {
      String value = item.attributes().get(name);
      if (value != null) {
        put(value, spelling);
      }
    }
    return spelling;
  }

  // "hot water bottle" rather than "bottle", where the user's own items are called so, too.
  private static String phrase(
      ContentRequest request, List<String> tags, Map<String, String> spelling) {
    Item item = request.mainItem().item();
    return tags.subList(0, Math.min(FOREMOST, tags.size())).stream()
        .flatMap(tag -> TitlePhrases.around(tag, item, request.knownItems()).stream())
        .findFirst()
        .orElseGet(() -> spelled(tags.get(0), spelling));
  }

  private static String spelled(String tag, Map<String, String> spelling) {
    return spelling.getOrDefault(tag, DisplayName.ofTag(tag));
  }

  private static void put(String value, Map<String, String> spelling) {
    spelling.putIfAbsent(
        Terms.ofTag(value).stream().findFirst().orElse(""), DisplayName.ofTag(value));
  }

  // In one pass, so that what looks like a slot in a title stays as it is.
  private static String fill(String line, String item, Map<String, String> values, int max) {
    String whole = fill(line, item, values);
    int over = Graphemes.count(whole) - max;
    if (over <= 0 || !line.contains("{item}")) {
      return whole;
    }
    int left = Graphemes.count(item) - over;
    return left < SHORTEST_ITEM ? whole : fill(line, Graphemes.cut(item, left), values);
  }

  private static String fill(String line, String item, Map<String, String> values) {
    return SLOT.matcher(line)
        .replaceAll(
            slot ->
                Matcher.quoteReplacement(
                    slot.group(1).equals("item") ? item : values.getOrDefault(slot.group(1), "")));
  }
}
