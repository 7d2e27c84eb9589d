// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** What {@link AssociationRules} learned. Immutable. */
public final class RulesModel extends ScoringModel {

  static final Set<Capability> CAPABILITIES =
      Set.of(Capability.PERSONALIZED, Capability.FOLD_IN, Capability.EXPLAIN);

  private final MinedRules rules;
  // By item: the rules whose antecedent begins with it, best first.
  private final int[] starts;
  private final int[] beginning;

  RulesModel(Provenance provenance, TrainedUsers trained, MinedRules rules) {
    super(provenance, CAPABILITIES, trained);
    this.rules = rules;
    this.starts = new int[trained.items().size() + 1];
    for (int r = 0; r < rules.size(); r++) {
      starts[rules.antecedent(rules.antecedentStart(r)) + 1]++;
    }
    for (int item = 1; item < starts.length; item++) {
      starts[item] += starts[item - 1];
    }
    int[] next = starts.clone();
    this.beginning = new int[rules.size()];
    for (int r = 0; r < rules.size(); r++) {
      beginning[next[rules.antecedent(rules.antecedentStart(r))]++] = r;
    }
  }

  /** Reads what {@link #save} wrote. */
  static RulesModel read(ModelReader in, Provenance provenance) {
    TrainedUsers trained = TrainedUsers.read(in);
    return new RulesModel(
        provenance, trained, MinedRules.read(in.section("rules"), trained.items()));
  }

  @Override
  public void save(ModelWriter out) {
    super.save(out);
    rules.save(out.section("rules"));
  }

  /**
   * The rules it answers from, best first.
   *
   * @return the rules, by falling confidence; with what was cut short, if anything
   */
  public MinedRules rules() {
    return rules;
  }

  @Override
  protected boolean score(OptionalInt user, UserItems items, float[] scores) {
    boolean any = false;
    for (int p = 0; p < items.size(); p++) {
      for (int b = starts[items.item(p)]; b < starts[items.item(p) + 1]; b++) {
        int rule = beginning[b];
        int consequent = rules.consequent(rule);
        float confidence = (float) rules.confidence(rule);
        if (confidence > scores[consequent] && fires(rule, p, items)) {
          scores[consequent] = confidence;
          any = true;
        }
      }
    }
    return any;
  }

  /** Whether the antecedent, which begins with the item at a position, is among the items. */
  private boolean fires(int rule, int position, UserItems items) {
    int from = position + 1;
    int end = rules.antecedentStart(rule + 1);
    for (int a = rules.antecedentStart(rule) + 1; a < end; a++) {
      from = find(items, rules.antecedent(a), from) + 1;
      if (from == 0) {
        return false;
      }
    }
    return true;
  }

  /** The position of an item from a position on, -1 where it is not there. */
  private static int find(UserItems items, int item, int from) {
    int low = from;
    int high = items.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = items.item(middle);
      if (found == item) {
        return middle;
      }
      if (found < item) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  @Override
  protected List<Reason> reasons(OptionalInt user, UserItems items, int item) {
    int best = rules.size();
    for (int p = 0; p < items.size(); p++) {
      for (int b = starts[items.item(p)]; b < starts[items.item(p) + 1]; b++) {
        // Best first: the smallest number is the rule that gave the score.
        int rule = beginning[b];
        if (rule < best && rules.consequent(rule) == item && fires(rule, p, items)) {
          best = rule;
        }
      }
    }
    int fired = best;
    return ownItems(items, p -> rules.antecedentHolds(fired, items.item(p)) ? 1 : 0);
  }
}
