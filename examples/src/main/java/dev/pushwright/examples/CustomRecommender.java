// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Item;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.Arrays;
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
      return new Model(this, provenance, users, logPrices);
    };
  }

  @Override
  public RecommenderModel read(ModelReader in, Provenance provenance) {
    TrainedUsers users = TrainedUsers.read(in);
    double[] logPrices = in.doubles("logPrices", users.items().size());
    if (Arrays.stream(logPrices).anyMatch(price -> Math.abs(price) > 1000)) {
      throw in.damaged("logPrices hold what no price has");
    }
    return new Model(this, provenance, users, logPrices);
  }

  private static double log(Item item) {
    return item.price().orElse(0) > 0 ? Math.log(item.price().getAsDouble()) : Double.NaN;
  }

  // ScoringModel does filters, order, ties, fallbacks and batches; what is left is the score.
  private static final class Model extends ScoringModel {
    private final double[] logPrices;
    private final double width;

    Model(
        CustomRecommender provider, Provenance provenance, TrainedUsers users, double[] logPrices) {
      super(provenance, provider.capabilities(), users);
      this.logPrices = logPrices;
      this.width = provider.options().resolve(provenance).get(WIDTH);
    }

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
        double away = (logPrices[i] - sum / weights) / width;
        if (!Double.isNaN(away)) {
          scores[i] = (float) (trained().popularity().everybody(i) * Math.exp(-away * away / 2));
        }
      }
      return weights > 0;
    }

    @Override
    public void save(ModelWriter out) {
      super.save(out);
      out.doubles("logPrices", logPrices);
    }
  }
}
