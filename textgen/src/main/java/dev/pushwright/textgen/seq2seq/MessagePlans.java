// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import com.google.common.hash.Hashing;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.textgen.copy.MessageSlots;
import dev.pushwright.textgen.copy.SlotKind;
import dev.pushwright.textgen.copy.SlotRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which sets of slots a corpus of messages has texts for, and which of them suit a request: those
 * of its language and occasion whose slots it has values for, those of its tone first.
 */
final class MessagePlans {

  private static final Set<String> SETTING =
      Set.of(MessageSlots.LANGUAGE, MessageSlots.OCCASION, MessageSlots.TONE);

  private record Ranked(Map<String, String> plan, int distance, long rank) {}

  private final List<Map<String, String>> plans;
  private final TreeSet<String> languages = new TreeSet<>();

  private MessagePlans(Collection<Map<String, String>> plans) {
    this.plans = List.copyOf(plans);
    for (Map<String, String> plan : plans) {
      if (plan.containsKey(MessageSlots.LANGUAGE)) {
        languages.add(plan.get(MessageSlots.LANGUAGE));
      }
    }
  }

  /** The different sets among those that are told. */
  static MessagePlans of(List<Map<String, String>> told, SlotRules rules) {
    Map<String, Map<String, String>> different = new TreeMap<>();
    for (Map<String, String> set : told) {
      Map<String, String> plan = new TreeMap<>(set);
      // A value that is said in words has to be the request's own.
      plan.replaceAll((slot, value) -> rules.kind(slot) == SlotKind.CONTEXT ? value : "");
      different.put(plan.toString(), plan);
    }
    return new MessagePlans(different.values());
  }

  /** What is told of language, occasion and tone. */
  static Map<String, String> setting(Map<String, String> told) {
    Map<String, String> setting = new TreeMap<>(told);
    setting.keySet().retainAll(SETTING);
    return setting;
  }

  /** Whether what is told has the tone that is asked for, or none. */
  static boolean hasToneOf(ContentRequest request, Map<String, String> told) {
    String tone = MessageSlots.value(request.tone());
    return told.getOrDefault(MessageSlots.TONE, tone).equals(tone);
  }

  /** The language that the corpus has for a locale; empty when there is none, or it names none. */
  Optional<String> language(Locale locale) {
    return Optional.ofNullable(
        Locale.lookupTag(List.of(new Locale.LanguageRange(tag(locale))), languages));
  }

  private static String tag(Locale locale) {
    String tag = locale.toLanguageTag();
    return tag.isEmpty() ? "und" : tag;
  }

  /**
   * The sets that suit a request.
   *
   * @param request what is asked for
   * @param values what it has values for
   * @return what to tell, the most suitable first; equals in an order of seed and user
   */
  List<Map<String, String>> suitable(ContentRequest request, Map<String, String> values) {
    Optional<String> language = language(request.locale());
    if (!languages.isEmpty() && language.isEmpty()) {
      return List.of();
    }
    String occasion = MessageSlots.value(request.occasion());
    List<Ranked> ranked = new ArrayList<>();
    for (Map<String, String> plan : plans) {
      boolean suits =
          // Compared without case: a look-up of languages gives its answer in lower case.
          (language.isEmpty()
                  || plan.getOrDefault(MessageSlots.LANGUAGE, "").equalsIgnoreCase(language.get()))
              && plan.getOrDefault(MessageSlots.OCCASION, occasion).equals(occasion)
              && plan.entrySet().stream()
                  .allMatch(e -> !e.getValue().isEmpty() || values.containsKey(e.getKey()));
      if (suits) {
        int distance = hasToneOf(request, plan) ? 0 : 1;
        ranked.add(new Ranked(told(plan, values), distance, rank(request, plan)));
      }
    }
    ranked.sort(Comparator.comparingInt(Ranked::distance).thenComparingLong(Ranked::rank));
    return ranked.stream().map(Ranked::plan).toList();
  }

  private static Map<String, String> told(Map<String, String> plan, Map<String, String> values) {
    Map<String, String> told = new TreeMap<>(plan);
    told.replaceAll((slot, value) -> value.isEmpty() ? values.getOrDefault(slot, "") : value);
    return told;
  }

  private static long rank(ContentRequest request, Map<String, String> plan) {
    return Hashing.murmur3_128()
        .newHasher()
        .putLong(request.seed())
        .putUnencodedChars(request.profile().userId())
        .putChar('\0')
        .putUnencodedChars(plan.toString())
        .hash()
        .asLong();
  }

  void save(ModelWriter out) {
    List<String> texts = new ArrayList<>();
    int[] sizes = new int[plans.size()];
    for (int p = 0; p < sizes.length; p++) {
      sizes[p] = plans.get(p).size();
      plans.get(p).forEach((slot, value) -> texts.addAll(List.of(slot, value)));
    }
    out.ints("plan-sizes", sizes).texts("plans", texts);
  }

  static MessagePlans read(ModelReader in) {
    List<Map<String, String>> plans = new ArrayList<>();
    List<String> texts = in.texts("plans");
    int at = 0;
    for (int size : in.ints("plan-sizes")) {
      if (size < 0 || size > (texts.size() - at) / 2) {
        throw in.damaged("plan-sizes holds " + size + "; plans has " + texts.size() + " texts");
      }
      Map<String, String> plan = new TreeMap<>();
      for (int end = at + 2 * size; at < end; at += 2) {
        plan.put(texts.get(at), texts.get(at + 1));
      }
      plans.add(plan);
    }
    if (at != texts.size()) {
      throw in.damaged("plan-sizes add up to " + at / 2 + "; plans has " + texts.size() + " texts");
    }
    return new MessagePlans(plans);
  }
}
