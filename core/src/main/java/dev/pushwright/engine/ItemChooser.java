// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Recommendations.Cause;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.engine.PushLog.Sent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the items of a push: those the caller gave, else the recommender's, within the policy.
 */
final class ItemChooser {

  private ItemChooser() {}

  /**
   * What was chosen.
   *
   * @param items the items, the main one first
   * @param basis what the choice rests on
   * @param shortfall in words, why there are not more
   */
  record Choice(List<PushItem> items, Basis basis, String shortfall) {}

  static Choice choose(
      EngineState now, PushPolicy policy, PushRequest request, Instant at, List<Sent> sent) {
    if (!request.items().isEmpty()) {
      return given(now, request);
    }
    Set<String> exclude = new HashSet<>(request.exclude());
    exclude.addAll(policy.notAgain(at, sent));
    List<Event> observed = now.observedOf(request.userId());
    RecommenderModel model = now.recommendations;
    RecommendationQuery.Builder query =
        RecommendationQuery.forUser(request.userId())
            .at(at)
            .limit(request.limit())
            .excludeSeen(request.excludeSeen())
            .explain(model.capabilities().contains(Capability.EXPLAIN));
    if (!observed.isEmpty() && model.capabilities().contains(Capability.FOLD_IN)) {
      query.history(now.historyOf(request.userId()));
    } else if (request.excludeSeen()) {
      // The model cannot take in what was observed, but it must not offer it.
      observed.forEach(
          event -> {
            if (event instanceof Interaction interaction && interaction.type().marksSeen()) {
              exclude.add(interaction.itemId());
            }
          });
    }
    query.exclude(exclude);
    request.candidates().ifPresent(query::candidates);
    policy.minScore().ifPresent(query::minScore);
    // An item that people have no name for cannot be written about.
    query.rescorer(
        (itemId, score) ->
            now.data.item(itemId).filter(Item::hasTitle).isEmpty()
                ? Double.NaN
                : request.rescorer().map(rule -> rule.rescore(itemId, score)).orElse(score));
    Recommendations found = model.recommend(query.build());
    List<PushItem> items =
        found.items().stream()
            .map(r -> new PushItem(now.data.item(r.itemId()).orElseThrow(), r.score(), r.reasons()))
            .toList();
    return new Choice(
        items,
        found.basis(),
        found
            .shortfall()
            .map(shortfall -> shortfall.describe() + nameless(found, request))
            .orElse("as many as the request's limit, " + request.limit() + "; raise it"));
  }

  // Nobody who set no rescorer could make sense of items that were rescored out.
  private static String nameless(Recommendations found, PushRequest request) {
    if (!found.left().containsKey(Cause.RESCORED_OUT)) {
      return "";
    }
    return "; rescored out are items without a title in the engine's catalogue"
        + (request.rescorer().isPresent() ? " and those the request's rescorer drops" : "");
  }

  private static Choice given(EngineState now, PushRequest request) {
    List<PushItem> items = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String id : request.items()) {
      Optional<Item> item = now.data.item(id).filter(Item::hasTitle);
      if (item.isPresent()) {
        items.add(new PushItem(item.get(), 0, List.of()));
      } else {
        missing.add(id);
      }
    }
    return new Choice(
        items,
        Basis.HISTORY,
        missing.isEmpty()
            ? "as many as given"
            : "not in the catalogue, or without a title: " + missing);
  }
}
