// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Folding;
import dev.pushwright.api.ItemNames;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code names}: no name of an item that the request does not know. Titles of one word, or of less
 * than four characters in scripts without spaces, are no names here: they stand in texts as words.
 * And what stands between the quotes that Chinese and Japanese have for names is one that the
 * request states, or the beginning of one.
 */
final class CatalogueNames implements Check {

  private static final int SHORTEST = 4;

  private static final Pattern QUOTED = Pattern.compile("[「『《【]([^「」『』《》【】]*)[」』》】]");
  private static final String CUT = "...";

  private final Set<String> names;
  private final Set<String> beginnings = new HashSet<>();
  private final BitSet lengths = new BitSet();

  private CatalogueNames(Set<String> names) {
    this.names = names;
    for (String name : names) {
      beginnings.add(name.substring(0, SHORTEST));
      lengths.set(name.length());
    }
  }

  static CatalogueNames of(Collection<Item> catalogue) {
    Set<String> names = new TreeSet<>();
    for (Item item : catalogue) {
      String name = Folding.fold(item.title());
      if (isName(name)) {
        names.add(name);
      }
    }
    return new CatalogueNames(names);
  }

  void save(ModelWriter out) {
    out.texts("names", List.copyOf(names));
  }

  static CatalogueNames read(ModelReader in) {
    List<String> names = in.texts("names");
    for (String name : names) {
      if (!isName(name) || !Folding.fold(name).equals(name)) {
        throw in.damaged("\"" + name + "\" is no folded name of two words or more");
      }
    }
    return new CatalogueNames(new TreeSet<>(names));
  }

  private static boolean isName(String folded) {
    if (folded.length() < SHORTEST) {
      return false;
    }
    return folded.codePoints().allMatch(c -> Folding.isUnspaced(c) || !Character.isLetter(c))
        ? folded.codePoints().filter(Folding::isUnspaced).count() >= SHORTEST
        : Words.cut(folded).size() > 1;
  }

  @Override
  public List<Verdict> check(ContentRequest request, Candidate candidate) {
    for (String text : List.of(candidate.title(), candidate.body())) {
      String strange = strange(ItemNames.mask(text, request.knownItems()), request);
      strange = strange.isEmpty() ? quoted(text, request) : strange;
      if (!strange.isEmpty()) {
        return List.of(
            new Verdict("names", false, "\"" + strange + "\" is no name that the request states"));
      }
    }
    return List.of(new Verdict("names", true, ""));
  }

  private String strange(String text, ContentRequest request) {
    for (int start = 0; start + SHORTEST <= text.length(); start++) {
      if (!Folding.isWordEdge(text, start)
          || !beginnings.contains(text.substring(start, start + SHORTEST))) {
        continue;
      }
      for (int n = lengths.nextSetBit(0);
          n >= 0 && start + n <= text.length();
          n = lengths.nextSetBit(n + 1)) {
        String name = text.substring(start, start + n);
        if (Folding.isWordEdge(text, start + n)
            && names.contains(name)
            && !stated(request).contains(name)) {
          return name;
        }
      }
    }
    return "";
  }

  private static String quoted(String text, ContentRequest request) {
    for (Matcher m = QUOTED.matcher(text); m.find(); ) {
      String name = Folding.fold(m.group(1));
      boolean cut = name.endsWith(CUT);
      String whole = cut ? name.substring(0, name.length() - CUT.length()) : name;
      if (!whole.isEmpty() && !stated(request).contains(whole)) {
        return m.group(1);
      }
    }
    return "";
  }

  // All names and words that the request brings along, folded.
  private static String stated(ContentRequest request) {
    StringBuilder all = new StringBuilder();
    for (Item item : request.knownItems()) {
      all.append(item.title()).append('\n');
      item.attributes().values().forEach(value -> all.append(value).append('\n'));
      item.tags().forEach(tag -> all.append(tag).append('\n'));
    }
    request.profile().tags().forEach(tag -> all.append(tag.name()).append('\n'));
    request.user().name().ifPresent(name -> all.append(name).append('\n'));
    SlotValues.of(request).asMap().values().forEach(value -> all.append(value).append('\n'));
    return Folding.fold(all.toString());
  }
}
