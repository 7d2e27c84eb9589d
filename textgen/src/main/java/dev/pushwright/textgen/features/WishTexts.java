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
import dev.pushwright.textgen.pipeline.SlotValues;
import java.util.ArrayList;
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

  private static final Pattern SLOT = Pattern.compile("\\{(item|tag|tags)\\}");

  /** A title and a body. */
  private record Line(String name, String title, String body) {}

  /** The lines of a language. */
  private record Lines(String separator, List<Line> ofTags, List<Line> ofWord) {}

  private static final Lines ENGLISH =
      new Lines(
          ", ",
          List.of(
              new Line("tags.1", "{item}", "Picked for you: {item} – {tags}."),
              new Line("tags.2", "More {tag} for you", "{item}: {tags}."),
              new Line("tags.3", "Picked for you: {tag}", "Have a look at {item} ({tags}).")),
          List.of(
              new Line("word.1", "More {tag} for you", "Have a look at {item}."),
              new Line("word.2", "In the mood for {tag}?", "{item} may be what you look for."),
              new Line("word.3", "Something with {tag}", "Picked for you: {item}.")));

  private static final Lines CHINESE =
      new Lines(
          "、",
          List.of(
              new Line("tags.1", "{item}", "{item}：{tags}"),
              new Line("tags.2", "为您挑选：{tag}", "{item}：{tags}。"),
              new Line("tags.3", "猜您会喜欢", "{item}，{tags}，看看吧。")),
          List.of(
              new Line("word.1", "为您挑选：{tag}", "看看{item}。"),
              new Line("word.2", "想要{tag}吗？", "{item}，也许正是您要的。")));

  private final FeatureModel model;

  WishTexts(FeatureModel model) {
    this.model = model;
  }

  /** A text for each of some wishes that have something in common with the main item. */
  List<Candidate> propose(ContentRequest request, int count) {
    Optional<Lines> lines = lines(request);
    Optional<String> name = SlotValues.of(request).get(SlotValues.ITEM);
    if (lines.isEmpty() || name.isEmpty()) {
      return List.of();
    }
    Item item = request.mainItem().item();
    long key = CounterRandom.key(request.seed(), request.profile().userId().hashCode());
    List<Candidate> candidates = new ArrayList<>();
    List<Wish> wishes = model.wishes(request.profile(), request.user(), request.seed(), count);
    for (int n = 0; n < wishes.size(); n++) {
      List<String> tags = model.space().tags(wishes.get(n).vector(), item, 2 * TAGS);
      if (!tags.isEmpty()) {
        candidates.add(
            candidate(
                request, lines.get(), name.get(), tags, key + n, logDensity(wishes.get(n), item)));
      }
    }
    return candidates;
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
            .map(tag -> spelling.getOrDefault(tag, tag))
            .toList();
    List<Line> fitting = beside.isEmpty() ? lines.ofWord() : lines.ofTags();
    Line line = fitting.get(CounterRandom.below(key, 0, fitting.size()));
    String tag = beside.isEmpty() ? spelling.getOrDefault(tags.get(0), tags.get(0)) : beside.get(0);
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

  private static void put(String value, Map<String, String> spelling) {
    spelling.putIfAbsent(Terms.ofTag(value).stream().findFirst().orElse(""), DisplayName.of(value));
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
