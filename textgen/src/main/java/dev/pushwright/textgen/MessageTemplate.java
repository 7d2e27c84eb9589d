// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.Tone;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A title and a body for an occasion.
 *
 * @param id the key it stands under in its pack, such as {@code price-drop.any.neutral.2}
 * @param occasion when it fits
 * @param channel where it fits, null for anywhere
 * @param tone how it speaks, null for a tone that suits any
 * @param title the title
 * @param body the body
 */
record MessageTemplate(
    String id,
    Occasion occasion,
    @Nullable Channel channel,
    @Nullable Tone tone,
    Text title,
    Text body) {

  boolean fits(ContentRequest request) {
    return occasion == request.occasion() && (channel == null || channel == request.channel());
  }

  /**
   * How far it is from what was asked for, 0 for exactly that. The tone weighs more than the
   * channel, and a tone that suits any is nearer than another one.
   */
  int distance(ContentRequest request) {
    int byTone = tone == request.tone() ? 0 : tone == null ? 1 : 2;
    return 2 * byTone + (channel == null ? 1 : 0);
  }

  Set<String> slots() {
    Set<String> slots = new LinkedHashSet<>(title.slots());
    slots.addAll(body.slots());
    return slots;
  }
}
