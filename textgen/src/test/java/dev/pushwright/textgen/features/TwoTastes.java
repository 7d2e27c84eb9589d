// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.api.Basis;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.time.Instant;
import java.util.SplittableRandom;

/** A shop of dear toys and cheap tools, where everybody wants either the one or the other. */
final class TwoTastes {

  static final Instant START = Instant.parse("2025-03-03T09:00:00Z");

  private static final String[] TOYS = {"doll", "puzzle", "kite", "teddy", "train", "ball"};
  private static final String[] TOOLS = {"hammer", "saw", "drill", "chisel", "wrench", "file"};
  private static final String[] COLOURS = {"red", "blue", "green", "yellow"};

  private TwoTastes() {}

  static Dataset data() {
    SplittableRandom random = new SplittableRandom(4);
    Dataset.Builder data = Dataset.builder();
    for (int kind = 0; kind < 2; kind++) {
      String[] names = kind == 0 ? TOYS : TOOLS;
      for (String name : names) {
        for (String colour : COLOURS) {
          data.add(
              Item.builder(name + "-" + colour)
                  .title(colour + " " + name)
                  .category(kind == 0 ? "Toys" : "Tools")
                  .tags(kind == 0 ? "play" : "work")
                  .price(kind == 0 ? 40 + random.nextInt(10) : 3 + random.nextInt(4))
                  .build());
        }
      }
    }
    for (int u = 0; u < 80; u++) {
      String[] names = u % 2 == 0 ? TOYS : TOOLS;
      data.add(User.of("u" + u).with("hobby", u % 2 == 0 ? "playing" : "building"));
      for (int e = 0; e < 12; e++) {
        String item =
            names[random.nextInt(names.length)] + "-" + COLOURS[random.nextInt(COLOURS.length)];
        data.add(
            Interaction.purchase(
                "u" + u, item, 1, 5, START.plusSeconds(86_400L * (e / 2) + 60L * e)));
      }
    }
    return data.build();
  }

  static boolean isToy(String itemId) {
    return java.util.Arrays.stream(TOYS).anyMatch(itemId::startsWith);
  }

  static UserProfile player() {
    return UserProfile.builder("pat", Basis.TRAINED).tag("play", 0.8).tag("kite", 0.2).build();
  }

  static UserProfile builder() {
    return UserProfile.builder("bob", Basis.TRAINED).tag("work", 0.7).category("Tools", 1).build();
  }
}
