// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.RecommenderBuilder;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code rules}: what is bought together. The users' events become {@link Baskets}; {@link
 * FpGrowth} finds what many baskets share, and {@link RuleMiner} rules such as {green herb marker,
 * thyme marker} ⇒ {parsley marker} [1]. A rule whose whole antecedent is among a user's items
 * speaks for its consequent, and
 *
 * <pre>
 * score(u, i) = max { confidence(A ⇒ i) : A among the items of u }
 * </pre>
 *
 * so a score is the share of the baskets with A that held i too, and the reason for an item is one
 * rule: the items of A, in equal shares. How much the user's items weigh does not matter. With a
 * query's {@code history} for the basket in hand it answers "goes with what is in the basket"; a
 * {@code minScore} of 0.3 leaves out what fewer than 3 in 10 baskets held.
 *
 * <p>Why the largest confidence: on the bundled sales of a shop, split by time as in the examples'
 * {@code CompareRecommenders}, it has an NDCG@10 of 0.110 (0.104 with {@code maxLength} 2). The
 * largest confidence · lift, which prefers what is rare, did worse by more than a quarter there,
 * and sums over all rules of a user no better. Rules of a lift below 1, which hold less often than
 * by chance, are left out.
 *
 * <p>Fitting costs what {@link FpGrowth} does. Data with long baskets and a low support hold more
 * rules than memory does: {@code maxItemsets}, {@code maxRules} and {@code timeLimitSeconds} end
 * the search. A model that was cut short by one of them says so in a warning, in its file and in
 * {@link RulesModel#rules}, and answers from the rules found, which are those of the most frequent
 * items; raise {@code minSupport} or lower {@code maxLength}, then. {@code maxLength} is met by
 * most data and gives no warning. A model cut short by time is not the same on another machine.
 *
 * <p>[1] R. Agrawal, T. Imieliński, A. Swami, "Mining association rules between sets of items in
 * large databases", SIGMOD 1993.
 */
public final class AssociationRules implements Recommender {

  static final String NAME = "rules";

  // On the sales of a shop split by time, from 0.0035 to 0.005 did best.
  static final OptionSpec<Double> MIN_SUPPORT =
      OptionSpec.number(
          "minSupport",
          0.004,
          0,
          1,
          "The share of the baskets that have to hold all items of a rule.");

  static final OptionSpec<Integer> MIN_COUNT =
      OptionSpec.integer(
          "minCount",
          5,
          1,
          Integer.MAX_VALUE,
          "How many baskets have to hold all items of a rule, besides minSupport.");

  static final OptionSpec<Double> MIN_CONFIDENCE =
      OptionSpec.number(
          "minConfidence",
          0.1,
          0,
          1,
          "The share of the baskets with a rule's antecedent that have to hold the consequent.");

  static final OptionSpec<Double> MIN_LIFT =
      OptionSpec.number(
          "minLift",
          1,
          0,
          1e9,
          "How many times as often as in any basket the consequent has to be there.");

  static final OptionSpec<Integer> MAX_LENGTH =
      OptionSpec.integer("maxLength", 3, 2, 30, "How many items a rule has at most.");

  static final OptionSpec<BasketEvents> BASKET_EVENTS =
      OptionSpec.of(
          "basketEvents",
          BasketEvents.class,
          new BasketEvents(Set.of()),
          "types of event, separated by commas, or empty",
          "Which events put their item into a basket, such as \"PURCHASE, CART\"; empty: purchases"
              + " where there are any, else all events that weigh something.",
          BasketEvents::parse);

  static final OptionSpec<Double> BASKET_HOURS =
      OptionSpec.number(
          "basketHours",
          24,
          0,
          1_000_000,
          "How long after its first event a user's basket takes in others; 0: those of the same"
              + " instant only.");

  static final OptionSpec<Integer> MAX_ITEMSETS =
      OptionSpec.integer(
          "maxItemsets",
          FpGrowth.DEFAULT_MAX_ITEMSETS,
          1,
          FpGrowth.MOST,
          "How many frequent itemsets are found at most.");

  static final OptionSpec<Integer> MAX_RULES =
      OptionSpec.integer(
          "maxRules",
          RuleMiner.DEFAULT_MAX_RULES,
          1,
          FpGrowth.MOST,
          "How many rules are kept at most, those of the largest confidence.");

  static final OptionSpec<Double> TIME_LIMIT_SECONDS =
      OptionSpec.number(
          "timeLimitSeconds",
          300,
          0,
          1e9,
          "After which time the search for itemsets ends, and that for rules; 0: no limit. A model"
              + " that it cut short differs by machine.");

  // As for item-knn; here it tells the fallback's popularity only.
  static final OptionSpec<Double> HALF_LIFE_DAYS = CommonOptions.HALF_LIFE_DAYS.withDefault(30.0);

  static final OptionSet OPTIONS =
      OptionSet.of(
          MIN_SUPPORT,
          MIN_COUNT,
          MIN_CONFIDENCE,
          MIN_LIFT,
          MAX_LENGTH,
          BASKET_EVENTS,
          BASKET_HOURS,
          MAX_ITEMSETS,
          MAX_RULES,
          TIME_LIMIT_SECONDS,
          CommonOptions.WEIGHTS,
          HALF_LIFE_DAYS,
          CommonOptions.COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  private static final Logger LOG = LoggerFactory.getLogger(AssociationRules.class);

  private final Settings settings;

  AssociationRules(Settings settings) {
    this.settings = settings;
  }

  /**
   * Starts a recommender with every option at its default.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public RulesModel fit(Dataset data) {
    return fit(data, FitContext.standard());
  }

  @Override
  public RulesModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    Weighting weighting = CommonOptions.weighting(settings);
    TrainedUsers trained = TrainedUsers.of(data, weighting, settings.get(CommonOptions.SEGMENT_BY));
    Baskets baskets =
        Baskets.of(
            data,
            settings.get(BASKET_EVENTS).of(data, weighting),
            Duration.ofMillis((long) (settings.get(BASKET_HOURS) * 3_600_000)));
    MinedRules rules = mine(baskets, context);
    String warning = warning(rules);
    if (!warning.isEmpty()) {
      LOG.warn("{}", warning);
    }
    return new RulesModel(
        Provenance.of(NAME, settings.asText(), data.fingerprint()), trained, rules);
  }

  /** What to warn of, empty for nothing. */
  static String warning(MinedRules rules) {
    String missing =
        rules.cuts().stream()
            .filter(cut -> cut.limit() != Limit.LENGTH)
            .map(Cut::missing)
            .collect(Collectors.joining("; "));
    return missing.isEmpty()
        ? ""
        : NAME
            + " knows only some of the rules: "
            + missing
            + "; a larger minSupport or a smaller maxLength helps";
  }

  private MinedRules mine(Baskets baskets, FitContext context) {
    Duration timeLimit = Duration.ofMillis((long) (settings.get(TIME_LIMIT_SECONDS) * 1000));
    FrequentItemsets found =
        FpGrowth.builder()
            .minSupport(settings.get(MIN_SUPPORT))
            .minCount(settings.get(MIN_COUNT))
            .maxLength(settings.get(MAX_LENGTH))
            .maxItemsets(settings.get(MAX_ITEMSETS))
            .timeLimit(timeLimit)
            .build()
            .mine(baskets, context);
    return RuleMiner.builder()
        .minConfidence(settings.get(MIN_CONFIDENCE))
        .minLift(settings.get(MIN_LIFT))
        .maxRules(settings.get(MAX_RULES))
        .order(RuleOrder.CONFIDENCE)
        .timeLimit(timeLimit)
        .build()
        .mine(found, context);
  }

  /** Builds an {@link AssociationRules}. */
  public static final class Builder extends RecommenderBuilder<AssociationRules, Builder> {

    private Builder() {}

    /**
     * Sets the share of the baskets that have to hold all items of a rule.
     *
     * @param share from 0 to 1
     * @return this
     */
    public Builder minSupport(double share) {
      return set(MIN_SUPPORT, share);
    }

    /**
     * Sets how many baskets have to hold all items of a rule, besides the share.
     *
     * @param baskets at least 1
     * @return this
     */
    public Builder minCount(int baskets) {
      return set(MIN_COUNT, baskets);
    }

    /**
     * Sets how sure a rule has to be.
     *
     * @param confidence from 0 to 1
     * @return this
     */
    public Builder minConfidence(double confidence) {
      return set(MIN_CONFIDENCE, confidence);
    }

    /**
     * Sets how much a rule has to say.
     *
     * @param lift from 0 to 10<sup>9</sup>; 1: no less than chance
     * @return this
     */
    public Builder minLift(double lift) {
      return set(MIN_LIFT, lift);
    }

    /**
     * Sets how many items a rule has at most, antecedent and consequent together.
     *
     * @param items from 2 to 30
     * @return this
     */
    public Builder maxLength(int items) {
      return set(MAX_LENGTH, items);
    }

    /**
     * Sets which events put their item into a basket.
     *
     * @param types any but {@link EventType#SEARCH}; none: purchases where there are any, else all
     *     events that weigh something
     * @return this
     */
    public Builder basketEvents(EventType... types) {
      Set<EventType> chosen = EnumSet.noneOf(EventType.class);
      chosen.addAll(Arrays.asList(types));
      return set(BASKET_EVENTS, new BasketEvents(chosen));
    }

    /**
     * Sets how long after its first event a user's basket takes in others.
     *
     * @param hours from 0 (those of the same instant only) to 1 000 000
     * @return this
     */
    public Builder basketHours(double hours) {
      return set(BASKET_HOURS, hours);
    }

    /**
     * Sets how many frequent itemsets are found at most.
     *
     * @param itemsets from 1 to 50 000 000
     * @return this
     */
    public Builder maxItemsets(int itemsets) {
      return set(MAX_ITEMSETS, itemsets);
    }

    /**
     * Sets how many rules are kept at most.
     *
     * @param rules from 1 to 50 000 000
     * @return this
     */
    public Builder maxRules(int rules) {
      return set(MAX_RULES, rules);
    }

    /**
     * Sets after which time the search for itemsets ends, and that for rules.
     *
     * @param seconds from 0 (no limit) to 10<sup>9</sup>
     * @return this
     */
    public Builder timeLimitSeconds(double seconds) {
      return set(TIME_LIMIT_SECONDS, seconds);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public AssociationRules build() {
      return new AssociationRules(OPTIONS.resolve(options()));
    }
  }
}
