// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.profile.rules.AssociationRule;
import dev.pushwright.profile.rules.AssociationRules;
import dev.pushwright.profile.rules.Baskets;
import dev.pushwright.profile.rules.FpGrowth;
import dev.pushwright.profile.rules.FrequentItemsets;
import dev.pushwright.profile.rules.MinedRules;
import dev.pushwright.profile.rules.RuleMiner;
import dev.pushwright.profile.rules.RulesModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What does this shop sell together? The rules of the bundled sales, those of the largest lift
 * first, and what goes with a basket in hand.
 *
 * <p>Run it with {@code mvn -q -pl examples -am compile exec:java
 * -Dexec.mainClass=dev.pushwright.examples.BoughtTogether}, and with {@code
 * -Dexec.args=online_retail.csv.gz} for the whole of Online Retail, or for another file of its
 * kind.
 */
public final class BoughtTogether {

  private static final int SHOWN = 10;

  private BoughtTogether() {}

  /**
   * Prints rules and a basket.
   *
   * @param args a file of sales laid out like Online Retail, or nothing for the bundled one
   * @throws IOException when the bundled data cannot be read
   */
  public static void main(String[] args) throws IOException {
    Screen screen = new Screen();
    Dataset shop = args.length > 0 ? read(Path.of(args[0])) : bundled();
    // A sales slip is what one customer bought at one instant.
    Baskets slips = Baskets.of(shop, EventType.PURCHASE, Duration.ZERO);
    FrequentItemsets sets = FpGrowth.builder().minSupport(0.009).build().mine(slips);
    MinedRules rules = RuleMiner.builder().minConfidence(0.5).build().mine(sets);
    screen.heading(
        "Of "
            + rules.size()
            + " rules those of the largest lift, each with an item not named above it");
    screen.line(slips + "; " + sets.size() + " itemsets in " + sets.minCount() + " or more");
    rules.cuts().forEach(cut -> screen.line("partial: " + cut.missing()));
    screen.line("  support  confidence   lift  rule");
    for (AssociationRule rule : best(rules)) {
      screen.line(
          String.format(
              Locale.ROOT,
              "  %7.4f  %10.2f  %5.1f  %s",
              rule.support(),
              rule.confidence(),
              rule.lift(),
              titles(shop, rule.antecedent()) + " => " + titles(shop, rule.consequent())));
    }
    // The same as a recommender: a basket in, items out, each with the rule that spoke for it.
    RulesModel model = AssociationRules.builder().build().fit(shop);
    List<String> basket = List.of("22699", "22423");
    screen.heading("What goes with a basket");
    basket.forEach(item -> screen.line("  in it: " + title(shop, item)));
    List<Event> history =
        basket.stream()
            .<Event>map(item -> Interaction.of(EventType.CART, "someone", item, shop.latest()))
            .toList();
    for (Recommendation item :
        model
            .recommend(RecommendationQuery.forHistory(history).limit(5).explain(true).build())
            .items()) {
      screen.item(item.score(), title(shop, item.itemId()));
      screen.detail("because of " + titles(shop, own(item.reasons())));
    }
  }

  /** The first rules that name something new: five herb markers alone make dozens. */
  private static List<AssociationRule> best(MinedRules rules) {
    Set<String> named = new HashSet<>();
    List<AssociationRule> best = new ArrayList<>();
    for (AssociationRule rule : rules.all()) {
      List<String> items = new ArrayList<>(rule.antecedent());
      items.addAll(rule.consequent());
      if (best.size() < SHOWN && named.addAll(items)) {
        best.add(rule);
      }
    }
    return best;
  }

  private static List<String> own(List<Reason> reasons) {
    return reasons.stream()
        .filter(Reason.OwnItem.class::isInstance)
        .map(reason -> ((Reason.OwnItem) reason).itemId())
        .toList();
  }

  private static String titles(Dataset shop, List<String> items) {
    return items.stream().map(item -> title(shop, item)).collect(Collectors.joining(" + "));
  }

  private static String title(Dataset shop, String item) {
    return shop.item(item).map(Item::title).orElse(item).toLowerCase(Locale.ROOT);
  }

  private static Dataset bundled() throws IOException {
    try (BundledData bundled = BundledData.open("online-retail-2011-q4.csv.gz")) {
      return read(bundled.path());
    }
  }

  private static Dataset read(Path sales) {
    return CsvIngest.builder().add(sales, CsvMapping.named("online-retail")).read().dataset();
  }
}
