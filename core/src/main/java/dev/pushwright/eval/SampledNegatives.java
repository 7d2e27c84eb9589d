// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.data.Event;
import dev.pushwright.data.Weighting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Asks each user to tell the one item that was held out from given negatives, as the NCF paper does
 * [1]. It is cheap and much published, and its numbers are far above those of {@link
 * FullCatalogue}: they compare with each other alone, which the label {@code sampled(99)} is there
 * to say.
 *
 * <p>The held-out item loses every tie. An item that the model does not answer ranks below all that
 * it does; when the held-out item is not answered, it is missed. A negative that is given twice, or
 * is the held-out item itself, is passed over: published files have both. All the others are
 * ranked, items the user has seen in training too, for a candidate is one by being in the file, and
 * leaving some out would make the question easier; how many there are is noted.
 *
 * <p>[1] X. He et al., "Neural collaborative filtering", WWW 2017, section 4.1.
 *
 * @param negatives what to tell the held-out items from
 * @param relevance an item is held out when a test event on it weighs more than 0
 */
public record SampledNegatives(Negatives negatives, Weighting relevance) implements Protocol {

  /**
   * With the {@linkplain Weighting#standard() standard} weighting.
   *
   * @param negatives what to tell the held-out items from
   * @return the protocol
   */
  public static SampledNegatives of(Negatives negatives) {
    return new SampledNegatives(negatives, Weighting.standard());
  }

  @Override
  public String label() {
    return "sampled(" + negatives.sizes() + ")";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a user has several items held out, or another one than
   *     the negatives are for
   */
  @Override
  public TestCases cases(Split split) {
    List<TestCase> cases = new ArrayList<>();
    Map<String, Integer> skipped = new TreeMap<>();
    Flaws flaws = new Flaws();
    for (Map.Entry<String, List<Event>> user : split.test().entrySet()) {
      Set<String> relevant = Relevance.items(user.getValue(), relevance);
      Negatives.Row row = negatives.rows().get(user.getKey());
      if (relevant.isEmpty()) {
        skipped.merge(FullCatalogue.NOTHING_RELEVANT, 1, Integer::sum);
        continue;
      }
      if (row == null) {
        skipped.merge("no negatives are given", 1, Integer::sum);
        continue;
      }
      if (!relevant.equals(Set.of(row.heldOut()))) {
        throw new IllegalArgumentException(
            "user "
                + user.getKey()
                + ": held out are "
                + relevant
                + ", but the negatives are for item "
                + row.heldOut()
                + "; the protocol takes the one test item that the negatives were drawn for");
      }
      Set<String> candidates = flaws.clean(row, split, user.getKey());
      if (candidates.size() == 1) {
        skipped.merge("no negative but the held-out item itself", 1, Integer::sum);
        continue;
      }
      cases.add(TestCase.ofCandidates(user.getKey(), relevant, candidates));
    }
    long strangers =
        negatives.rows().keySet().stream().filter(user -> !split.test().containsKey(user)).count();
    return new TestCases(cases, skipped, flaws.notes(strangers));
  }

  /** Counts what is wrong with the negatives. */
  private static final class Flaws {
    private int duplicates;
    private int heldOutAmongThem;
    private int seen;
    private int strange;

    /** The candidates: the held-out item, and each other item once. */
    Set<String> clean(Negatives.Row row, Split split, String user) {
      Set<String> candidates = new HashSet<>();
      Set<String> seenInTraining = FullCatalogue.seen(split.train(), user);
      boolean among = false;
      for (String item : row.items()) {
        if (item.equals(row.heldOut())) {
          among = true;
        } else if (!candidates.add(item)) {
          duplicates++;
        } else {
          seen += seenInTraining.contains(item) ? 1 : 0;
          strange += split.train().items().contains(item) ? 0 : 1;
        }
      }
      heldOutAmongThem += among ? 1 : 0;
      candidates.add(row.heldOut());
      return candidates;
    }

    List<String> notes(long strangers) {
      List<String> notes = new ArrayList<>();
      note(notes, duplicates, "negatives are given twice for one user and count once");
      note(
          notes,
          heldOutAmongThem,
          "users have the held-out item among their own negatives, where it is passed over");
      note(
          notes, seen, "negatives were seen by their user in training and are ranked all the same");
      note(
          notes, strange, "negatives are not in the catalogue and rank below all that is answered");
      note(notes, strangers, "users of the negatives have nothing in the test part");
      return notes;
    }

    private static void note(List<String> notes, long count, String what) {
      if (count > 0) {
        notes.add(count + " " + what);
      }
    }
  }
}
