// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import com.google.common.hash.Hashing;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Folding;
import dev.pushwright.api.ItemNames;
import dev.pushwright.api.UserProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What candidates are ranked by. Each score is from 0 to 1. */
public final class Rankers {

  // What a reader wants to know first weighs more.
  private static final Map<String, Double> COVERED =
      Map.of(
          SlotValues.ITEM, 3.0,
          SlotValues.PRICE, 2.0,
          SlotValues.OLD_PRICE, 2.0,
          SlotValues.DISCOUNT, 1.0,
          SlotValues.BECAUSE, 1.0,
          SlotValues.TAG, 1.0,
          SlotValues.NAME, 1.0);

  private Rankers() {}

  /**
   * The usual rankers with their weights.
   *
   * @return {@link #fluency()} with the weight 1, {@link #coverage()} and {@link #interest()} with
   *     a half each, {@link #variety()} with a quarter
   */
  public static Map<Ranker, Double> standard() {
    Map<Ranker, Double> standard = new LinkedHashMap<>();
    standard.put(fluency(), 1.0);
    standard.put(coverage(), 0.5);
    standard.put(interest(), 0.5);
    standard.put(variety(), 0.25);
    return standard;
  }

  /**
   * How likely the generator found its own words.
   *
   * @return the geometric mean of the probabilities of the tokens
   */
  public static Ranker fluency() {
    return (request, candidate) -> StrictMath.exp(candidate.logProbability());
  }

  /**
   * How much of what the request lets a text say it says: item (3 parts), price and old price (2
   * each), discount, reason, interest and user's name (1 each).
   *
   * @return the share of the parts that there are
   */
  public static Ranker coverage() {
    return Rankers::coverage;
  }

  /**
   * How much of the user's interests the text speaks of.
   *
   * @return the weight of the profile's tags that stand in it over the weight of all
   */
  public static Ranker interest() {
    return Rankers::interest;
  }

  /**
   * A stable hash of seed, user and the words around the names: among texts about as good as each
   * other it decides, so that not everybody reads the one line that ranks first.
   *
   * @return from 0 to 1
   */
  public static Ranker variety() {
    return (request, candidate) ->
        (Hashing.murmur3_128()
                    .newHasher()
                    .putLong(request.seed())
                    .putUnencodedChars(request.user().id())
                    .putChar('\0')
                    .putUnencodedChars(ItemNames.mask(candidate.title(), request.knownItems()))
                    .hash()
                    .asLong()
                >>> 11)
            * 0x1p-53;
  }

  private static double coverage(ContentRequest request, Candidate candidate) {
    String text = Folding.fold(candidate.title() + "\n" + candidate.body());
    double all = 0;
    double said = 0;
    // In a set order: sums of floating-point numbers depend on it.
    for (Map.Entry<String, String> slot : SlotValues.of(request).asMap().entrySet()) {
      double weight = COVERED.getOrDefault(slot.getKey(), 0.0);
      all += weight;
      said += text.contains(Folding.fold(slot.getValue())) ? weight : 0;
    }
    return all == 0 ? 0 : said / all;
  }

  private static double interest(ContentRequest request, Candidate candidate) {
    List<String> words = Words.cut(Folding.fold(candidate.title() + "\n" + candidate.body()));
    String text = " " + String.join(" ", words) + " ";
    double all = 0;
    double said = 0;
    for (UserProfile.Tag tag : request.profile().tags()) {
      double weight = Math.max(0, tag.weight());
      all += weight;
      String name = String.join(" ", Words.cut(Folding.fold(tag.name())));
      said += !name.isEmpty() && text.contains(" " + name + " ") ? weight : 0;
    }
    return all == 0 ? 0 : said / all;
  }
}
