// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.ProfileState;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import dev.pushwright.profile.TfIdfProfiler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one more event of a user costs: taken into what the model knows of the user, or, as it goes
 * without, by folding in the user's whole history again. With or without the profile that is asked
 * for after it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ProfileBenchmark {

  private static final int USERS = 500;
  private static final int ITEMS = 4_000;

  /** How many events each user has had. */
  @Param({"30", "200", "1000"})
  int events = 200;

  /** The library's update, or the user folded in again from the whole history. */
  @Param({"update", "refit"})
  String rival = "update";

  private ProfileModel model = TfIdfProfiler.builder().build().fit(Dataset.builder().build());
  private Instant now = Synthetic.START;
  private final List<ProfileState> states = new ArrayList<>();
  private final List<List<Event>> histories = new ArrayList<>();
  private final List<Event> next = new ArrayList<>();
  private int turn;

  /** Makes the data: views, carts and purchases that fade, over a year. */
  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(1);
    Dataset.Builder builder = Dataset.builder();
    Synthetic.catalogue(ITEMS).forEach(builder::add);
    for (int user = 0; user < USERS; user++) {
      for (int e = 0; e < events; e++) {
        builder.add(event(random, user, Synthetic.START.plusSeconds(random.nextInt(31_000_000))));
      }
    }
    Dataset data = builder.build();
    model =
        TfIdfProfiler.builder()
            .weighting(Weighting.parse("VIEW:1@14, CART:4@30, PURCHASE:5@90"))
            .build()
            .fit(data);
    now = data.latest().plus(Duration.ofHours(1));
    for (int user = 0; user < USERS; user++) {
      String id = Synthetic.id("u", user);
      Event event = event(random, user, now);
      states.add(model.state(id));
      next.add(event);
      List<Event> history = new ArrayList<>(data.eventsOf(id));
      history.add(event);
      histories.add(List.copyOf(history));
    }
  }

  private static Event event(SplittableRandom random, int user, Instant at) {
    String id = Synthetic.id("u", user);
    double u = random.nextDouble();
    String item = Synthetic.id("i", (int) (u * u * ITEMS));
    return switch (random.nextInt(10)) {
      case 0 -> Interaction.purchase(id, item, 1, 1 + random.nextInt(100), at);
      case 1 -> Interaction.cart(id, item, 1, at);
      default -> Interaction.view(id, item, at);
    };
  }

  /**
   * Takes in an event of the next user.
   *
   * @return the user's state, or for the rival, which has none, the profile
   */
  @Benchmark
  public Object update() {
    turn = (turn + 1) % USERS;
    return rival.equals("update") ? states.get(turn).plus(next.get(turn)) : profile(turn);
  }

  /**
   * Takes in an event of the next user, and asks for the profile.
   *
   * @return the profile
   */
  @Benchmark
  public UserProfile updateAndProfile() {
    turn = (turn + 1) % USERS;
    return profile(turn);
  }

  UserProfile profile(int user) {
    ProfileQuery query = ProfileQuery.of(Synthetic.id("u", user)).at(now);
    return switch (rival) {
      case "update" -> model.profile(query.withState(states.get(user).plus(next.get(user))));
      case "refit" -> model.profile(query.withHistory(histories.get(user)));
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    };
  }
}
