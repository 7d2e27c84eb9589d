// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentChecks;
import dev.pushwright.data.Item;
import java.util.Collection;
import java.util.List;

/**
 * The checks that a candidate has to pass. The verdicts are named after what was looked at:
 *
 * <ul>
 *   <li>all those of {@link ContentChecks}
 *   <li>{@code recent}: not much like what the user was sent last
 *   <li>{@code marks}: no slot mark or other sign of a generator's workshop is left
 *   <li>{@code repetition}: no run of words twice, no word three times in a row
 *   <li>{@code statements}: what is said of stock, price, cart, delivery and what the user did is
 *       so
 *   <li>{@code agreement}: in English no name of several things has a verb of one
 *   <li>{@code names}: no item of the catalogue that the request does not know, and nothing in
 *       quotes that it does not state
 * </ul>
 */
public final class Checks {

  private static final Check CONTENT =
      (request, c) -> ContentChecks.run(request, c.title(), c.body());

  private static final List<Check> BY_HAND = List.of(CONTENT, new Recency());

  private static final List<Check> STANDARD =
      List.of(
          CONTENT, new Recency(), new Marks(), new Repetition(), new Statements(), new Agreement());

  private Checks() {}

  /**
   * The checks for texts that a person wrote, who answers for what they say.
   *
   * @return those of {@link ContentChecks}, and {@code recent}
   */
  public static List<Check> byHand() {
    return BY_HAND;
  }

  /**
   * The usual checks, for texts that nobody read before.
   *
   * @return all but {@code names}, which needs a catalogue
   */
  public static List<Check> standard() {
    return STANDARD;
  }

  /**
   * The check that no other item is named.
   *
   * @param catalogue all items there are
   * @return the check {@code names}
   */
  public static Check names(Collection<Item> catalogue) {
    return CatalogueNames.of(catalogue);
  }
}
