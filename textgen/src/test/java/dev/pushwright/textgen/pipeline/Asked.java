// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.Basis;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Reason;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/** Requests and candidates for the tests of this package. */
final class Asked {

  static final Item MUG =
      Item.builder("mug").title("Blue Stoneware Mug").price(12.99).category("Kitchen").build();
  static final Item LAMP = Item.builder("lamp").title("Red Desk Lamp").price(24.5).build();

  private Asked() {}

  static ContentRequest.Builder about(Item item) {
    UserProfile profile =
        UserProfile.builder("ann", Basis.TRAINED)
            .tag("stoneware", 0.75)
            .tag("garden", 0.25)
            .build();
    List<Reason> reasons = List.of(new Reason.OwnItem("lamp", EventType.PURCHASE, 1));
    return ContentRequest.builder(profile, List.of(new PushItem(item, 1, reasons)))
        .mention(List.of(LAMP))
        .user(User.of("ann").with(User.NAME, "Ann"))
        .currency(Currency.getInstance("GBP"))
        .locale(Locale.UK);
  }

  static Candidate text(String title, String body) {
    return new Candidate(title, body, 0, "test/1");
  }

  /** The details of the checks that fail. */
  static String failed(Check check, ContentRequest request, String title, String body) {
    StringBuilder all = new StringBuilder();
    for (Verdict verdict : check.check(request, text(title, body))) {
      if (!verdict.passed()) {
        all.append(verdict.check()).append(": ").append(verdict.detail());
      }
    }
    return all.toString();
  }
}
