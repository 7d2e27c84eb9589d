// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.features;

/**
 * What is to be done with one column of the rows. Immutable; {@link Preprocessing#fit} learns from
 * the rows what it needs.
 */
public sealed interface Column permits NumberColumn, CategoryColumn {

  /**
   * A column of numbers, taken as they are. Steps are added to it, and applied in their order.
   *
   * @param name the name, not blank
   * @return a column with one output
   */
  static NumberColumn number(String name) {
    Row.requireName(name);
    return NumberColumn.of(name);
  }

  /**
   * A column of categories: texts, of which a row may hold several. An encoding has to be chosen.
   *
   * @param name the name, not blank
   * @return what the encoding is chosen with
   */
  static CategoryColumn.Start category(String name) {
    Row.requireName(name);
    return new CategoryColumn.Start(name, CategoryColumn.Filling.NONE, "");
  }

  /**
   * The column's name.
   *
   * @return the name
   */
  String name();
}
