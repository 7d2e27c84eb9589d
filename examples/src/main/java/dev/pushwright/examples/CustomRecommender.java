// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.data.Item;
import dev.pushwright.data.UserItems;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A plug-in of your own, whole: {@code price-band} recommends popular items at about the price the
 * user usually pays. It is registered by the one line in {@code
 * META-INF/services/dev.pushwright.spi.RecommenderProvider}, found by name, and tried against the
 * whole contract by {@code CustomRecommenderTest}.
 */
public final class CustomRecommender implements RecommenderProvider {

  private static final OptionSpec<Double> WIDTH =
      OptionSpec.number("width", 0.5, 0.01, 10, "How far prices may differ: 0.7 is twice or half.");

  @Override
  public String name() {
    return "price-band";
  }

  @Override
  public String description() {
    return "Popular items at about the price the user usually pays.";
  }

  @Override
  public OptionSet options() {
    return OptionSet.of(WIDTH, CommonOptions.WEIGHTS);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.FOLD_IN);
  }

  @Override
  public Recommender create(Options options) {
    Settings settings = options().resolve(options);
    return (data, context) -> {
      context.checkCancelled();
      double[] logPrices = data.catalogue().stream().mapToDouble(CustomRecommender::log).toArray();
      TrainedUsers users = TrainedUsers.of(data, settings.get(CommonOptions.WEIGHTS), "");
      Provenance provenance = Provenance.of(name(), settings.asText(), data.fingerprint());
      // ScoringModel does filters, order, ties, fallbacks and batches; what is left is the score.
      return new ScoringModel(provenance, capabilities(), users) {
        @Override
        protected boolean score(OptionalInt user, UserItems items, float[] scores) {
          double sum = 0;
          double weights = 0;
          for (int p = 0; p < items.size(); p++) {
            if (!Double.isNaN(logPrices[items.item(p)])) {
              sum += items.weight(p) * logPrices[items.item(p)];
              weights += items.weight(p);
            }
          }
          for (int i = 0; weights > 0 && i < scores.length; i++) {
            double away = (logPrices[i] - sum / weights) / settings.get(WIDTH);
            if (!Double.isNaN(away)) {
              scores[i] = (float) (users.popularity().everybody(i) * Math.exp(-away * away / 2));
            }
          }
          return weights > 0;
        }
      };
    };
  }

  private static double log(Item item) {
    return item.price().orElse(0) > 0 ? Math.log(item.price().getAsDouble()) : Double.NaN;
  }
}
