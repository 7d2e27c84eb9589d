// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.UserItems;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A recommender that is right for a share of the users, which its options decide: for all of them
 * with {@code shift} 10 and {@code handicap} 0, for the fewer the farther away.
 */
final class Aimed implements RecommenderProvider {

  static final int USERS = 60;
  static final int ITEMS = 20;
  static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  /** What a killed process looks like from inside. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  private enum Mood {
    FINE,
    FAILS_TO_FIT,
    ANSWERS_NONSENSE
  }

  private static final OptionSpec<Double> SHIFT =
      OptionSpec.number("shift", 500, 0.001, 1000, "Best at 10.");
  private static final OptionSpec<Integer> HANDICAP =
      OptionSpec.integer("handicap", 3, 0, 9, "Best at 0.");
  private static final OptionSpec<Mood> MOOD = OptionSpec.choice("mood", Mood.FINE, "A mood.");
  private static final OptionSpec<Weighting> WEIGHTS =
      OptionSpec.of(
          "weights", Weighting.class, Weighting.standard(), "any", "Is ignored.", Weighting::parse);
  private static final OptionSet OPTIONS = OptionSet.of(SHIFT, HANDICAP, MOOD, WEIGHTS);

  private static final Dataset DATA = make();

  private final int crashAt;

  /** What each fit was given, in order. */
  final List<Dataset> fits = new ArrayList<>();

  Aimed() {
    this(Integer.MAX_VALUE);
  }

  /** Crashes at a fit, counted from 1. */
  Aimed(int crashAt) {
    this.crashAt = crashAt;
  }

  @Override
  public String name() {
    return "aimed";
  }

  @Override
  public String description() {
    return "Right for a share of the users.";
  }

  @Override
  public OptionSet options() {
    return OPTIONS;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  /** The share of users that it is right for. */
  static double quality(double shift, int handicap) {
    return (1 - Math.abs(Math.log10(shift) - 1) / 5) * (1 - handicap / 10.0);
  }

  /** The hit rate at 1 over all users, by counting. */
  static double hitRate(double shift, int handicap) {
    int right = 0;
    for (int u = 0; u < USERS; u++) {
      right += isRight(u, quality(shift, handicap)) ? 1 : 0;
    }
    return right / (double) USERS;
  }

  private static boolean isRight(int user, double quality) {
    return (user * 37 % USERS + 0.5) / USERS < quality;
  }

  static int right(int user) {
    return (user * 7 + 3) % ITEMS;
  }

  /** Each user sees four items, and a fifth at the very end: the last fifth by time. */
  static Dataset data() {
    return DATA;
  }

  private static Dataset make() {
    Dataset.Builder data = Dataset.builder();
    for (int i = 0; i < ITEMS; i++) {
      data.add(Item.of("i" + i));
    }
    for (int u = 0; u < USERS; u++) {
      for (int n = 1; n <= 4; n++) {
        data.add(Interaction.view("u" + u, "i" + (right(u) + n) % ITEMS, T.plusSeconds(n)));
      }
      data.add(Interaction.view("u" + u, "i" + right(u), T.plusSeconds(10)));
    }
    return data.build();
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  @Override
  public Recommender create(Options options) {
    Settings settings = OPTIONS.resolve(options);
    double quality = quality(settings.get(SHIFT), settings.get(HANDICAP));
    Mood mood = settings.get(MOOD);
    return (data, context) -> {
      fits.add(data);
      if (fits.size() == crashAt) {
        throw new Crash();
      }
      if (mood == Mood.FAILS_TO_FIT) {
        throw new ArithmeticException("the loss | is\nNaN");
      }
      TrainedUsers trained = TrainedUsers.of(data, Weighting.standard(), "");
      Provenance provenance = Provenance.of("aimed", settings.asText(), data.fingerprint());
      return new ScoringModel(provenance, Set.of(), trained) {
        @Override
        protected boolean score(OptionalInt user, UserItems items, float[] scores) {
          if (mood == Mood.ANSWERS_NONSENSE) {
            throw new IllegalStateException("no answer");
          }
          int u = number(trained.users().id(user.getAsInt()));
          for (int i = 0; i < scores.length; i++) {
            boolean aim = number(trained.items().id(i)) == right(u);
            scores[i] = aim ? (isRight(u, quality) ? 1 : -1) : 0;
          }
          return true;
        }
      };
    };
  }
}
