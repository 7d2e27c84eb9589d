// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link Protocol} asks.
 *
 * @param cases one for each user who has something to rank, by user id
 * @param skipped how many users have nothing to rank, by cause; they are in no mean
 * @param notes what a reader of the results should know of the cases
 */
public record TestCases(List<TestCase> cases, Map<String, Integer> skipped, List<String> notes) {

  /** Copies the collections; leaves out causes that nobody is skipped for. */
  public TestCases {
    cases = List.copyOf(cases);
    Map<String, Integer> copy = new TreeMap<>(skipped);
    copy.values().removeIf(count -> count == 0);
    skipped = Collections.unmodifiableMap(copy);
    notes = List.copyOf(notes);
  }
}
