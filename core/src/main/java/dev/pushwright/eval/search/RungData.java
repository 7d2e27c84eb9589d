// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.User;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.TestCase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * The part of the users that takes part in a rung: their training events, and the questions about
 * them. A rung's users are the first of a random order of all, so that they are among those of the
 * next rung too.
 */
final class RungData {

  /**
   * What a trial is fitted to and asked.
   *
   * @param train what may be learned from
   * @param cases what is asked, by user id
   */
  record Part(Dataset train, List<TestCase> cases) {}

  private final Split split;
  private final List<TestCase> cases;
  private final String[] users;

  RungData(Split split, List<TestCase> cases, long seed) {
    this.split = split;
    this.cases = cases;
    Set<String> all = new TreeSet<>(split.test().keySet());
    for (String user : split.train().users().ids()) {
      if (!split.train().eventsOf(user).isEmpty()) {
        all.add(user);
      }
    }
    this.users = all.toArray(String[]::new);
    // A stream of its own, so that the order has nothing to do with the draws.
    SplittableRandom random = new SplittableRandom(seed).split();
    for (int u = users.length - 1; u > 0; u--) {
      int other = random.nextInt(u + 1);
      String swapped = users[u];
      users[u] = users[other];
      users[other] = swapped;
    }
  }

  /** Refuses rungs of which the smallest has nothing to learn from or to ask. */
  void check(List<Rung> rungs) {
    Rung smallest = rungs.get(0);
    Part part = part(smallest);
    if (part.train().eventCount() == 0 || part.cases().isEmpty()) {
      throw new IllegalArgumentException(
          "the smallest rung has "
              + smallest.users(users.length)
              + " of "
              + users.length
              + " users, with "
              + part.train().eventCount()
              + " events to learn from and "
              + part.cases().size()
              + " of them to ask about; begin with fewer draws, or with a larger smallestShare");
    }
  }

  Part part(Rung rung) {
    if (rung.divisor() == 1) {
      return new Part(split.train(), cases);
    }
    Set<String> chosen = new HashSet<>(List.of(users).subList(0, rung.users(users.length)));
    Dataset train = split.train();
    Dataset.Builder builder = Dataset.builder();
    train.catalogue().forEach(builder::add);
    for (User user : train.userRecords()) {
      if (chosen.contains(user.id())) {
        builder.add(user).addAll(train.eventsOf(user.id()));
      }
    }
    return new Part(
        builder.build(), cases.stream().filter(one -> chosen.contains(one.userId())).toList());
  }
}
