// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import dev.pushwright.api.RecommendationQuery;
import java.util.function.Consumer;

/** Copies of queries, for plug-ins with a fault that ask a sound one something else. */
final class Queries {

  private Queries() {}

  static RecommendationQuery changed(
      RecommendationQuery query, Consumer<RecommendationQuery.Builder> change) {
    RecommendationQuery.Builder copy =
        query
            .history()
            .map(RecommendationQuery::forHistory)
            .orElseGet(() -> RecommendationQuery.forUser(query.userId().orElseThrow()));
    query.userId().ifPresent(copy::user);
    query.segment().ifPresent(copy::segment);
    query.candidates().ifPresent(copy::candidates);
    query.minScore().ifPresent(copy::minScore);
    query.rescorer().ifPresent(copy::rescorer);
    query.at().ifPresent(copy::at);
    copy.limit(query.limit())
        .exclude(query.exclude())
        .excludeSeen(query.excludeSeen())
        .explain(query.explain());
    change.accept(copy);
    return copy.build();
  }
}
