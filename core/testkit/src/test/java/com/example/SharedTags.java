// SPDX-License-Identifier: Apache-2.0
package com.example;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
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
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

// Recommends what shares tags with the user's own items.
public final class SharedTags implements RecommenderProvider {

  private static final OptionSpec<Integer> MIN_TAGS =
      OptionSpec.integer("minTags", 1, 1, 100, "How many tags two items have to share.");

  @Override
  public String name() {
    return "shared-tags";
  }

  @Override
  public String description() {
    return "Recommends what shares tags with the user's own items.";
  }

  @Override
  public OptionSet options() {
    return OptionSet.of(
        MIN_TAGS,
        CommonOptions.WEIGHTS,
        CommonOptions.HALF_LIFE_DAYS,
        CommonOptions.COMBINE,
        CommonOptions.SEGMENT_BY);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.PERSONALIZED, Capability.FOLD_IN, Capability.EXPLAIN);
  }

  @Override
  public Recommender create(Options options) {
    Settings settings = options().resolve(options);
    return (data, context) -> {
      context.checkCancelled();
      return new Model(
          Provenance.of(name(), settings.asText(), data.fingerprint()),
          TrainedUsers.of(data, settings),
          data.catalogue().stream().map(Item::tags).toList(),
          this);
    };
  }

  @Override
  public RecommenderModel read(ModelReader in, Provenance provenance) {
    TrainedUsers trained = TrainedUsers.read(in);
    List<List<String>> tags = in.textLists("tags", trained.items().size());
    return new Model(provenance, trained, tags, this);
  }

  private static final class Model extends ScoringModel {
    private final List<Set<String>> tags;
    private final int minTags;

    Model(
        Provenance provenance,
        TrainedUsers trained,
        List<? extends Collection<String>> tags,
        SharedTags provider) {
      super(provenance, provider.capabilities(), trained);
      this.tags = tags.stream().map(Set::copyOf).toList();
      this.minTags = provider.options().resolve(provenance).get(MIN_TAGS);
    }

    @Override
    public void save(ModelWriter out) {
      super.save(out);
      out.textLists("tags", tags.stream().map(TreeSet::new).toList());
    }

    @Override
    protected boolean score(OptionalInt user, UserItems items, float[] scores) {
      boolean found = false;
      for (int item = 0; item < scores.length; item++) {
        double sum = 0;
        for (int p = 0; p < items.size(); p++) {
          sum += contribution(items, p, item);
        }
        if (sum > 0) {
          scores[item] = (float) sum;
          found = true;
        }
      }
      return found;
    }

    @Override
    protected List<Reason> reasons(OptionalInt user, UserItems items, int item) {
      return ownItems(items, p -> contribution(items, p, item));
    }

    private double contribution(UserItems items, int p, int item) {
      int own = items.item(p);
      long shared = tags.get(own).stream().filter(tags.get(item)::contains).count();
      return own == item || shared < minTags ? 0 : items.weight(p) * shared;
    }
  }
}
