// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import dev.pushwright.api.Basis;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/** Requests and answers for the tests. */
final class Requests {

  static final Currency GBP = Currency.getInstance("GBP");
  static final Currency CNY = Currency.getInstance("CNY");

  static final Item HOLDER =
      Item.builder("85123A").title("WHITE HANGING HEART T-LIGHT HOLDER").price(2.55).build();

  private Requests() {}

  /** Nothing is known but the item and its price. */
  static ContentRequest.Builder bare(String user, Item item) {
    return ContentRequest.builder(
            UserProfile.empty(user), List.of(new PushItem(item, 1, List.of())))
        .currency(GBP)
        .locale(Locale.UK);
  }

  /** Every slot has a value. */
  static ContentRequest.Builder rich(
      String user, String title, String second, String own, EventType did) {
    Item item =
        Item.builder("i1")
            .title(title)
            .price(12.99)
            .category("Kitchen")
            .tags("vintage")
            .attribute(Item.BRAND, "Acme")
            .build();
    List<PushItem> items =
        List.of(
            new PushItem(item, 2, List.of(new Reason.OwnItem("i3", did, 1))),
            new PushItem(Item.of("i2", second), 1, List.of()));
    UserProfile profile = UserProfile.builder(user, Basis.TRAINED).tag("vintage", 1).build();
    return ContentRequest.builder(profile, items)
        .mention(List.of(Item.of("i3", own)))
        .user(User.of(user).with(User.NAME, "Ada"))
        .oldPrice(19.99)
        .currency(GBP)
        .locale(Locale.UK)
        .fact("coupon", "MUG15");
  }

  static ContentModel model() {
    return model(TemplateGenerator.builder().build());
  }

  static ContentModel model(TemplateGenerator generator) {
    return generator.fit(Dataset.builder().build());
  }

  static PushContent written(ContentResult result) {
    if (result instanceof PushContent content) {
      return content;
    }
    throw new AssertionError("refused: " + result);
  }

  static Refusal refused(ContentResult result) {
    if (result instanceof Refusal refusal) {
      return refusal;
    }
    throw new AssertionError("written: " + result);
  }
}
