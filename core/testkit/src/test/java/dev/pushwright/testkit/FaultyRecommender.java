// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static dev.pushwright.testkit.Queries.changed;

import com.example.SharedTags;
import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.provider.Arguments;

/**
 * A sound recommender, with every part open to a fault. As it stands it has none but that it is not
 * registered.
 */
class FaultyRecommender implements RecommenderProvider {

  final RecommenderProvider sound = new SharedTags();

  // By fingerprint: the faults ask for the data, also of a model that was loaded.
  private final ConcurrentMap<String, Dataset> fitted = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return sound.name();
  }

  @Override
  public String description() {
    return sound.description();
  }

  @Override
  public OptionSet options() {
    return sound.options();
  }

  @Override
  public Set<Capability> capabilities() {
    return sound.capabilities();
  }

  @Override
  public Recommender create(Options options) {
    Recommender algorithm = sound.create(options);
    return (data, context) -> fit(algorithm, data, context);
  }

  RecommenderModel fit(Recommender algorithm, Dataset data, FitContext context) {
    fitted.put(data.fingerprint(), data);
    return new Model(algorithm.fit(data, context), data, this);
  }

  @Override
  public RecommenderModel read(ModelReader in, Provenance provenance) {
    Dataset data = Objects.requireNonNull(fitted.get(provenance.data()), "never fitted");
    return new Model(sound.read(in, provenance), data, this);
  }

  void save(RecommenderModel model, ModelWriter out) {
    model.save(out);
  }

  Recommendations answer(RecommenderModel model, Dataset data, RecommendationQuery query) {
    return model.recommend(query);
  }

  List<Recommendations> batch(Model model, List<RecommendationQuery> queries) {
    return queries.stream().map(model::recommend).toList();
  }

  Provenance provenance(RecommenderModel model) {
    return model.provenance();
  }

  Set<Capability> capabilities(RecommenderModel model) {
    return capabilities();
  }

  record Model(RecommenderModel sound, Dataset data, FaultyRecommender fault)
      implements RecommenderModel {
    @Override
    public Recommendations recommend(RecommendationQuery query) {
      return fault.answer(sound, data, query);
    }

    @Override
    public List<Recommendations> recommendAll(List<RecommendationQuery> queries) {
      return fault.batch(this, queries);
    }

    @Override
    public Provenance provenance() {
      return fault.provenance(sound);
    }

    @Override
    public Set<Capability> capabilities() {
      return fault.capabilities(sound);
    }

    @Override
    public void save(ModelWriter out) {
      fault.save(sound, out);
    }
  }

  static Arguments fault(String what, RecommenderProvider provider, String... cases) {
    return Arguments.of(what, provider, List.of(cases));
  }

  static FaultyRecommender asking(
      BiConsumer<RecommendationQuery, RecommendationQuery.Builder> change) {
    return new FaultyRecommender() {
      @Override
      Recommendations answer(RecommenderModel model, Dataset data, RecommendationQuery query) {
        return model.recommend(changed(query, copy -> change.accept(query, copy)));
      }
    };
  }

  static FaultyRecommender answering(UnaryOperator<Recommendations> change) {
    return new FaultyRecommender() {
      @Override
      Recommendations answer(RecommenderModel model, Dataset data, RecommendationQuery query) {
        return change.apply(model.recommend(query));
      }
    };
  }

  static Recommendations withItems(Recommendations answer, List<Recommendation> items) {
    return new Recommendations(items, answer.basis(), answer.limit(), answer.left());
  }

  static Recommendations eachItem(Recommendations answer, UnaryOperator<Recommendation> change) {
    return withItems(answer, answer.items().stream().map(change).toList());
  }

  static Recommendations popular(RecommenderModel model, Dataset data, RecommendationQuery query) {
    // A history of what the model does not know is answered from its fallback; what was seen is
    // told to it as what is excluded, and counted as seen afterwards.
    Set<String> seen = new HashSet<>();
    query
        .history()
        .orElseGet(() -> data.eventsOf(query.userId().orElse("")))
        .forEach(
            event -> {
              if (event instanceof Interaction interaction && event.type().marksSeen()) {
                seen.add(interaction.itemId());
              }
            });
    seen.removeAll(query.exclude());
    if (!query.excludeSeen()) {
      seen.clear();
    }
    Set<String> exclude = new HashSet<>(query.exclude());
    exclude.addAll(seen);
    Recommendations answer =
        model.recommend(
            changed(
                query, q -> q.user(RecommenderCases.STRANGER).history(List.of()).exclude(exclude)));
    seen.retainAll(query.candidates().orElse(new HashSet<>(data.items().ids())));
    seen.retainAll(data.items().ids());
    Map<Recommendations.Cause, Integer> left = new EnumMap<>(Recommendations.Cause.class);
    left.putAll(answer.left());
    left.merge(Recommendations.Cause.EXCLUDED, -seen.size(), Integer::sum);
    left.merge(Recommendations.Cause.SEEN, seen.size(), Integer::sum);
    return new Recommendations(answer.items(), answer.basis(), query.limit(), left);
  }

  /** Knows nobody: everybody gets the fallback, under every filter of the query. */
  static class Undeclared extends FaultyRecommender {
    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    Recommendations answer(RecommenderModel model, Dataset data, RecommendationQuery query) {
      if (query.explain()) {
        throw new UnsupportedOperationException("no reasons");
      }
      return popular(model, data, query);
    }
  }
}
