// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up users whose tastes are known. Knows no Tribuo, so that it can be run without it. */
public final class Tastes {

  static final Instant DAY = Instant.parse("2025-06-01T00:00:00Z");

  private Tastes() {}

  /** Tea people mostly buy tea, coffee people coffee; some did not say which they are. */
  static Dataset of(int users, String... tastes) {
    SplittableRandom random = new SplittableRandom(5);
    Dataset.Builder data = Dataset.builder();
    for (int t = 0; t < tastes.length; t++) {
      for (int i = 0; i < 12; i++) {
        data.add(Item.builder(tastes[t] + i).tags("of " + tastes[t], "drink").build());
      }
    }
    for (int u = 0; u < users; u++) {
      int taste = u % tastes.length;
      User user = User.of("u" + u);
      data.add(u % 10 == 9 ? user : user.with("taste", tastes[taste]));
      for (int e = 0; e < 6; e++) {
        int bought = random.nextInt(100) < 65 ? taste : random.nextInt(tastes.length);
        data.add(Interaction.purchase("u" + u, tastes[bought] + random.nextInt(12), 1, 2, DAY));
      }
    }
    return data.build();
  }

  static List<Event> history(String... items) {
    List<Event> events = new ArrayList<>();
    for (String item : items) {
      events.add(Interaction.view("guest", item, DAY));
    }
    return events;
  }

  static AttributeInference.Builder small(AttributeLearner learner) {
    return AttributeInference.builder("taste").learner(learner).trees(20).minLeaf(2);
  }

  /** What a model that was made with Tribuo answers without it. */
  public static String load(Path file) {
    return InferredAttribute.load(file).infer(history("tea0", "tea1", "tea2")).likeliest();
  }

  /** Fits, for which Tribuo is needed. */
  public static void fit(String learner) {
    small(AttributeLearner.valueOf(learner)).build().fit(of(100, "coffee", "tea"));
  }
}
