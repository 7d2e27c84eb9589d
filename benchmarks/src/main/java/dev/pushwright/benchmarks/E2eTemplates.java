// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import java.util.Map;

/** One sentence or two for the eight slots of the E2E task, written by hand. */
final class E2eTemplates {

  private E2eTemplates() {}

  static String text(Map<String, String> slots) {
    StringBuilder text = new StringBuilder(slots.getOrDefault("name", "This place"));
    text.append(" is a ");
    if (slots.containsKey("familyFriendly")) {
      text.append(isYes(slots) ? "family friendly " : "non family friendly ");
    }
    text.append(slots.getOrDefault("eatType", "restaurant"));
    if (slots.containsKey("food")) {
      text.append(" that serves ").append(slots.get("food")).append(" food");
    }
    if (slots.containsKey("area")) {
      boolean centre = slots.get("area").equals("city centre");
      text.append(centre ? " in the city centre" : " in the " + slots.get("area") + " area");
    }
    if (slots.containsKey("near")) {
      text.append(" near ").append(slots.get("near"));
    }
    text.append('.');
    String price = slots.getOrDefault("priceRange", "");
    String rating = slots.getOrDefault("customer rating", "");
    if (!price.isEmpty() || !rating.isEmpty()) {
      text.append(" It has ");
      if (!rating.isEmpty()) {
        boolean stars = rating.contains("out of");
        text.append(
            stars ? "a customer rating of " + rating : article(rating) + " customer rating");
      }
      if (!price.isEmpty()) {
        text.append(rating.isEmpty() ? "" : " and ");
        boolean amount = price.contains("£");
        text.append(amount ? "a price range of " + price : "a " + price + " price range");
      }
      text.append('.');
    }
    return text.toString();
  }

  private static boolean isYes(Map<String, String> slots) {
    return "yes".equals(slots.get("familyFriendly"));
  }

  private static String article(String word) {
    return ("aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ") + word;
  }
}
