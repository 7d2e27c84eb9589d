// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Capability;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Turns bits in the numbers of a model file whose layout stays sound. What reads the file has to
 * refuse it, or what was read must be no trouble after: no other exception, no number that is not
 * finite. The bits are the same in every run.
 */
public final class DamagedFiles {

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00Z");
  private static final int USERS = 12;
  private static final int ITEMS = 10;

  private DamagedFiles() {}

  /** Reads a file and uses all that it holds. */
  @FunctionalInterface
  public interface Use {

    /**
     * Reads a file and uses what it holds.
     *
     * @param file the damaged file
     * @throws IOException if it cannot be read
     * @throws ModelFormatException if it is refused
     */
    void of(Path file) throws IOException;
  }

  /**
   * How many damaged files were refused.
   *
   * @param refused those refused with a {@link ModelFormatException}
   * @param read those read and used
   */
  public record Tally(int refused, int read) {

    /**
     * Fails unless some of both were met, or else damage was never seen, or never survived.
     *
     * @param share the least share of each, from 0 to .5
     */
    public void hasBoth(double share) {
      assertThat(refused).as("refused").isGreaterThan((int) (share * (refused + read)));
      assertThat(read).as("read").isGreaterThan((int) (share * (refused + read)));
    }
  }

  /**
   * Twelve users in three regions with five views each of ten items with titles: enough for a small
   * model.
   *
   * @return the data, the same at each call
   */
  public static Dataset data() {
    SplittableRandom random = new SplittableRandom(3);
    Dataset.Builder data = Dataset.builder();
    for (int i = 0; i < ITEMS; i++) {
      data.add(Item.of("i" + i, "thing of kind k" + i % 3 + " and sort s" + i % 4));
    }
    for (int u = 0; u < USERS; u++) {
      data.add(User.of("u" + u).with("region", "r" + u % 3));
      for (int e = 0; e < 5; e++) {
        Instant at = DAY.plusSeconds(60L * e + u);
        data.add(Interaction.view("u" + u, "i" + random.nextInt(ITEMS), at));
      }
    }
    return data.build();
  }

  /**
   * Turns one or two bits of a file's numbers at a time. Where the file is refused, the message
   * must name it. The file is damaged when this returns.
   *
   * @param file a sound file in the safetensors format
   * @param mutants how many damaged files to try
   * @param use reads the file and uses what it holds
   * @return how many were refused, and how many were read
   * @throws IOException if the file cannot be read or written
   */
  public static Tally areRefusedOrDoNoHarm(Path file, int mutants, Use use) throws IOException {
    byte[] sound = Files.readAllBytes(file);
    int numbers =
        Long.BYTES + (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
    SplittableRandom random = new SplittableRandom(4);
    int refused = 0;
    for (int mutant = 0; mutant < mutants; mutant++) {
      byte[] damaged = sound.clone();
      for (int flips = 1 + random.nextInt(2); flips > 0; flips--) {
        damaged[random.nextInt(numbers, damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      try {
        use.of(file);
      } catch (ModelFormatException e) {
        refused++;
        assertThat(e).hasMessageContaining(file.toString());
        // The words for a file that no reader of the format understands: this one is understood.
        assertThat(e.getMessage()).doesNotContain("cannot be read by");
      }
    }
    return new Tally(refused, mutants - refused);
  }

  /**
   * The same for a recommender: what is read answers some of the users and a stranger, as they are
   * and with the history of another user.
   *
   * @param model the model
   * @param data what it was fitted to
   * @param file where to write it
   * @param plugins the plug-ins to read it with
   * @param mutants how many damaged files to try
   * @return how many were refused, and how many were read
   * @throws IOException if the file cannot be read or written
   */
  public static Tally areRefusedOrDoNoHarm(
      RecommenderModel model, Dataset data, Path file, Plugins plugins, int mutants)
      throws IOException {
    Models.save(model, file);
    return areRefusedOrDoNoHarm(
        file, mutants, damaged -> askEverything(Models.loadRecommender(damaged, plugins), data));
  }

  private static void askEverything(RecommenderModel model, Dataset data) {
    boolean explain = model.capabilities().contains(Capability.EXPLAIN);
    List<String> users = data.users().ids();
    List<Event> history = data.eventsOf(users.get(users.size() / 2));
    for (int u = 0; u <= users.size(); u += 3) {
      String user = u < users.size() ? users.get(u) : "stranger";
      RecommendationQuery.Builder query = RecommendationQuery.forUser(user).explain(explain);
      allFinite(model, query);
      allFinite(model, query.excludeSeen(false).history(history));
      if (model.capabilities().contains(Capability.PREDICT_RATINGS)) {
        assertThat(model.predictRating(user, data.catalogue().get(0).id())).isFinite();
      }
    }
  }

  private static void allFinite(RecommenderModel model, RecommendationQuery.Builder query) {
    assertThat(model.recommend(query.build()).items())
        .allMatch(item -> Double.isFinite(item.score()));
  }
}
