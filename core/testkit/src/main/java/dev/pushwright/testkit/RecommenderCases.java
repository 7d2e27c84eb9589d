// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Recommendations.Cause;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.RecommenderProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the cases of recommenders share: how a query is asked, and what holds for every answer. */
abstract class RecommenderCases extends ProviderConformance<Recommender, RecommenderModel> {

  /** An id that no data set of the kit has. */
  static final String STRANGER = "nobody-has-this-id";

  private static final int USERS_ASKED = 40;

  /** One of the ways to ask: each filter has to hold in all of them. */
  record Asker(String who, Supplier<RecommendationQuery.Builder> start) {
    RecommendationQuery.Builder query() {
      return start.get();
    }
  }

  @Override
  protected abstract RecommenderProvider provider();

  @Override
  final RecommenderModel fit(Recommender algorithm, Dataset data, FitContext context) {
    return algorithm.fit(data, context);
  }

  @Override
  final RecommenderModel load(Path file, Plugins plugins) {
    return Models.loadRecommender(file, plugins);
  }

  @Override
  final Class<?> service() {
    return RecommenderProvider.class;
  }

  @Override
  final RecommenderProvider lookUp(String name) {
    return Plugins.load().recommender(name);
  }

  @Override
  final List<?> answers(RecommenderModel model, Dataset data) {
    return queries(data).stream().map(model::recommend).toList();
  }

  /** Known users, an unknown one, and histories; with reasons where they can be had. */
  final List<RecommendationQuery> queries(Dataset data) {
    boolean explain = can(Capability.EXPLAIN);
    List<RecommendationQuery> queries = new ArrayList<>();
    for (String user : data.users().ids().subList(0, Math.min(USERS_ASKED, data.users().size()))) {
      queries.add(RecommendationQuery.forUser(user).limit(7).explain(explain).build());
      queries.add(
          RecommendationQuery.forHistory(data.eventsOf(user))
              .limit(7)
              .excludeSeen(false)
              .explain(explain)
              .build());
    }
    queries.add(RecommendationQuery.forUser(STRANGER).limit(7).explain(explain).build());
    return queries;
  }

  final String evenUser() {
    return board().users().get(0);
  }

  final String oddUser() {
    return board().users().get(1);
  }

  final int catalogue() {
    return board().items().size();
  }

  /** A user of training, one nobody knows, and one known by a history only. */
  final List<Asker> askers() {
    List<Event> history = board().history(oddUser(), STRANGER);
    return List.of(
        new Asker("a user of training", () -> RecommendationQuery.forUser(evenUser())),
        new Asker("an unknown user", () -> RecommendationQuery.forUser(STRANGER)),
        new Asker("a history", () -> RecommendationQuery.forHistory(history)));
  }

  final Recommendations ask(RecommendationQuery.Builder query) {
    return ask(model(), board().data(), query.build());
  }

  /** Everything an asker could get, seen items too: the set that filters take from. */
  final List<String> everythingFor(Asker asker) {
    List<String> all = ask(asker.query().excludeSeen(false).limit(catalogue())).itemIds();
    assertThat(all)
        .as("items for %s, seen ones too: at least those of the user's taste", asker.who())
        .hasSizeGreaterThanOrEqualTo(6);
    return all;
  }

  /** Asks, and tries the answer against all that holds for any answer. */
  static Recommendations ask(RecommenderModel model, Dataset data, RecommendationQuery query) {
    Recommendations answer = model.recommend(query);
    assertThat(answer).as("answer").isNotNull();
    assertThat(answer.limit()).as("limit of the answer").isEqualTo(query.limit());
    assertThat(answer.items()).as("at most limit items").hasSizeLessThanOrEqualTo(query.limit());
    assertThat(data.items().ids()).as("items of the catalogue").containsAll(answer.itemIds());
    assertThat(answer.itemIds()).as("no item comes twice").doesNotHaveDuplicates();
    assertOrder(answer.items());
    query
        .candidates()
        .ifPresent(ids -> assertThat(ids).as("candidates").containsAll(answer.itemIds()));
    assertThat(answer.itemIds())
        .as("no excluded item comes")
        .doesNotContainAnyElementsOf(withStranger(query.exclude()));
    Set<String> seen = query.excludeSeen() ? seen(query, data) : Set.of();
    assertThat(answer.itemIds())
        .as("no seen item comes")
        .doesNotContainAnyElementsOf(withStranger(seen));
    if (query.minScore().isPresent()) {
      assertThat(answer.items())
          .as("no score is below minScore %s", query.minScore())
          .allMatch(item -> item.score() >= query.minScore().getAsDouble());
    }
    assertShortfall(query, answer, data, seen);
    if (query.explain()) {
      assertReasons(answer, own(query, data));
    } else {
      assertThat(answer.items())
          .as("no reasons come that were not asked for")
          .allMatch(item -> item.reasons().isEmpty());
    }
    return answer;
  }

  // AssertJ refuses an empty iterable here.
  private static Set<String> withStranger(Set<String> ids) {
    Set<String> more = new HashSet<>(ids);
    more.add(STRANGER);
    return more;
  }

  private static void assertOrder(List<Recommendation> items) {
    for (int k = 0; k < items.size(); k++) {
      Recommendation item = items.get(k);
      assertThat(item.score()).as("score of %s", item.itemId()).isFinite();
      if (k > 0) {
        Recommendation before = items.get(k - 1);
        assertThat(
                before.score() > item.score()
                    || (before.score() == item.score()
                        && before.itemId().compareTo(item.itemId()) < 0))
            .as(
                "highest score first, ties by item id: %s (%s) before %s (%s)",
                before.itemId(), before.score(), item.itemId(), item.score())
            .isTrue();
      }
    }
  }

  private static void assertShortfall(
      RecommendationQuery query, Recommendations answer, Dataset data, Set<String> seen) {
    int left = answer.left().values().stream().mapToInt(Integer::intValue).sum();
    int got = answer.items().size();
    assertThat(answer.left().values()).as("counts of what was left out").allMatch(n -> n > 0);
    if (got == query.limit()) {
      assertThat(answer.shortfall()).as("shortfall of a full answer").isEmpty();
      assertThat(got + left)
          .as("items and those left out (%s) are no more than the catalogue", answer.left())
          .isLessThanOrEqualTo(data.items().size());
      return;
    }
    assertThat(answer.shortfall()).as("shortfall of an answer that is not full").isPresent();
    assertThat(answer.shortfall().orElseThrow().missing()).isEqualTo(query.limit() - got);
    assertThat(got + left)
        .as("%s items and those left out (%s) add up to the catalogue", got, answer.left())
        .isEqualTo(data.items().size());
    Set<String> open = new HashSet<>(data.items().ids());
    query.candidates().ifPresent(open::retainAll);
    assertCount(answer, Cause.NO_CANDIDATE, data.items().size() - open.size());
    int before = open.size();
    open.removeAll(query.exclude());
    assertCount(answer, Cause.EXCLUDED, before - open.size());
    before = open.size();
    open.removeAll(seen);
    assertCount(answer, Cause.SEEN, before - open.size());
  }

  private static void assertCount(Recommendations answer, Cause cause, int expected) {
    assertThat(answer.left().getOrDefault(cause, 0))
        .as("items counted under %s in %s", cause, answer.left())
        .isEqualTo(expected);
  }

  private static void assertReasons(Recommendations answer, Set<String> own) {
    for (Recommendation item : answer.items()) {
      List<Reason> reasons = item.reasons();
      assertThat(reasons).as("reasons for %s", item.itemId()).isNotEmpty();
      assertThat(reasons.stream().mapToDouble(Reason::share).sum())
          .as("sum of the shares of the reasons for %s: %s", item.itemId(), reasons)
          .isEqualTo(1, within(1e-9));
      for (int k = 0; k < reasons.size(); k++) {
        if (k > 0) {
          assertThat(reasons.get(k).share())
              .as("reasons for %s, weightiest first: %s", item.itemId(), reasons)
              .isLessThanOrEqualTo(reasons.get(k - 1).share());
        }
        if (reasons.get(k) instanceof Reason.OwnItem named) {
          assertThat(own)
              .as("the user's own items, one of which is the reason for %s", item.itemId())
              .contains(named.itemId());
        }
      }
    }
  }

  private static List<Event> history(RecommendationQuery query, Dataset data) {
    return query.history().or(() -> query.userId().map(data::eventsOf)).orElse(List.of());
  }

  private static Set<String> seen(RecommendationQuery query, Dataset data) {
    Set<String> seen = new HashSet<>();
    for (Event event : history(query, data)) {
      if (event instanceof Interaction interaction && event.type().marksSeen()) {
        seen.add(interaction.itemId());
      }
    }
    seen.retainAll(data.items().ids());
    return seen;
  }

  private static Set<String> own(RecommendationQuery query, Dataset data) {
    Set<String> own = new HashSet<>();
    for (Event event : history(query, data)) {
      if (event instanceof Interaction interaction) {
        own.add(interaction.itemId());
      }
    }
    return own;
  }

  /** How many an answer left out for a cause. */
  static int left(Recommendations answer, Cause cause) {
    return Optional.of(answer.left()).map((Map<Cause, Integer> m) -> m.get(cause)).orElse(0);
  }
}
