// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static dev.pushwright.testkit.FaultyRecommender.eachItem;
import static dev.pushwright.testkit.FaultyRecommender.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.Parallel;
import dev.pushwright.spi.Options;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Recommenders with one fault in the fit or the model, and the cases that find it. */
final class RecommenderFitFaults {

  private RecommenderFitFaults() {}

  /** Every score a little off. */
  private static Recommendations off(Recommendations answer, double factor) {
    return eachItem(
        answer, item -> new Recommendation(item.itemId(), item.score() * factor, item.reasons()));
  }

  private record Off(RecommenderModel sound, double factor) implements RecommenderModel {
    @Override
    public Recommendations recommend(RecommendationQuery query) {
      return off(sound.recommend(query), factor);
    }

    @Override
    public Provenance provenance() {
      return sound.provenance();
    }

    @Override
    public Set<Capability> capabilities() {
      return sound.capabilities();
    }
  }

  static Stream<Arguments> all() {
    return Stream.concat(fitFaults(), fileFaults());
  }

  private static Stream<Arguments> fileFaults() {
    return Stream.of(
        fault(
            "answers a little otherwise once it is loaded",
            new FaultyRecommender() {
              @Override
              public RecommenderModel read(ModelReader in, Provenance provenance) {
                return new Off(super.read(in, provenance), 1 + 1e-15);
              }
            },
            "savedModelAnswersAlikeAfterLoading"),
        fault(
            "forgets its options when it is loaded",
            new FaultyRecommender() {
              @Override
              public RecommenderModel read(ModelReader in, Provenance provenance) {
                return super.read(in, Provenance.of(name(), Map.of(), provenance.data()));
              }
            },
            "savedModelAnswersAlikeAfterLoading"),
        fault(
            "cannot be saved",
            new FaultyRecommender() {
              @Override
              void save(RecommenderModel model, ModelWriter out) {
                throw new UnsupportedOperationException("not yet");
              }
            },
            "savedModelAnswersAlikeAfterLoading",
            "modelThatIsSavedAgainGivesTheSameBytes",
            "damagedModelFileIsReadOrRefused"),
        fault(
            "writes another file each time",
            new FaultyRecommender() {
              private final AtomicInteger saves = new AtomicInteger();

              @Override
              void save(RecommenderModel model, ModelWriter out) {
                super.save(model, out);
                out.ints("saves", new int[] {saves.incrementAndGet()});
              }
            },
            "modelThatIsSavedAgainGivesTheSameBytes"),
        fault(
            "does not say that a file is damaged",
            new FaultyRecommender() {
              @Override
              public RecommenderModel read(ModelReader in, Provenance provenance) {
                try {
                  return super.read(in, provenance);
                } catch (ModelFormatException e) {
                  throw new UnsupportedOperationException(e);
                }
              }
            },
            "damagedModelFileIsReadOrRefused"));
  }

  private static Stream<Arguments> fitFaults() {
    return Stream.of(
        fault(
            "depends on the number of threads",
            new FaultyRecommender() {
              @Override
              RecommenderModel fit(Recommender algorithm, Dataset data, FitContext context) {
                return new Off(algorithm.fit(data, context), 1 + 1e-15 * context.threads());
              }
            },
            "oneThreadAndEightGiveTheSameBits"),
        fault(
            "gives another model each time",
            new FaultyRecommender() {
              private final AtomicInteger fits = new AtomicInteger();

              @Override
              RecommenderModel fit(Recommender algorithm, Dataset data, FitContext context) {
                return new Off(algorithm.fit(data, context), 1 + 1e-15 * fits.incrementAndGet());
              }
            },
            "fittingTwiceGivesEqualAnswers",
            "orderInWhichTheDataCameDoesNotMatter",
            "algorithmKeepsNothingOfAFit"),
        fault(
            "answers from the latest fit",
            new FaultyRecommender() {
              @Override
              public Recommender create(Options options) {
                Recommender algorithm = sound.create(options);
                AtomicReference<RecommenderModel> latest = new AtomicReference<>();
                return (data, context) -> {
                  latest.set(algorithm.fit(data, context));
                  return new Latest(latest);
                };
              }
            },
            "algorithmKeepsNothingOfAFit"),
        fault(
            "does not hear an interruption",
            new FaultyRecommender() {
              @Override
              RecommenderModel fit(Recommender algorithm, Dataset data, FitContext context) {
                boolean interrupted = Thread.interrupted();
                RecommenderModel model = super.fit(algorithm, data, context);
                if (interrupted) {
                  Thread.currentThread().interrupt();
                }
                return model;
              }
            },
            "interruptedFitIsCancelledAndTheFlagStaysSet"),
        fault(
            "swallows the interrupt flag",
            new FaultyRecommender() {
              @Override
              RecommenderModel fit(Recommender algorithm, Dataset data, FitContext context) {
                try {
                  return super.fit(algorithm, data, context);
                } catch (CancellationException e) {
                  assertThat(Thread.interrupted()).isTrue();
                  throw e;
                }
              }
            },
            "interruptedFitIsCancelledAndTheFlagStaysSet"),
        fault(
            "tells progress from several threads at once",
            new FaultyRecommender() {
              @Override
              RecommenderModel fit(Recommender algorithm, Dataset data, FitContext context) {
                Parallel.forBlocks(
                    400,
                    1,
                    context.threads(),
                    (from, to) ->
                        context.listener().onProgress(new Progress("work", 1, 2, Duration.ZERO)));
                return super.fit(algorithm, data, context);
              }
            },
            "progressIsToldOneStepAtATime"),
        fault(
            "has one scratch for all threads",
            new FaultyRecommender() {
              private final AtomicReference<RecommendationQuery> scratch = new AtomicReference<>();

              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                scratch.set(query);
                LockSupport.parkNanos(1_000);
                return model.recommend(Objects.requireNonNull(scratch.get()));
              }
            },
            "manyThreadsGetTheSameAnswersAsOne"),
        fault(
            "has a model that can be changed",
            new FaultyRecommender() {
              @Override
              RecommenderModel fit(Recommender algorithm, Dataset data, FitContext context) {
                return new Changeable(algorithm.fit(data, context));
              }
            },
            "modelCannotBeChanged"));
  }

  private record Latest(AtomicReference<RecommenderModel> latest) implements RecommenderModel {
    @Override
    public Recommendations recommend(RecommendationQuery query) {
      return Objects.requireNonNull(latest.get()).recommend(query);
    }

    @Override
    public Provenance provenance() {
      return Objects.requireNonNull(latest.get()).provenance();
    }

    @Override
    public Set<Capability> capabilities() {
      return Objects.requireNonNull(latest.get()).capabilities();
    }
  }

  private static final class Changeable implements RecommenderModel {
    private final RecommenderModel sound;
    private long asked;

    Changeable(RecommenderModel sound) {
      this.sound = sound;
    }

    @Override
    public Recommendations recommend(RecommendationQuery query) {
      asked++;
      return sound.recommend(query);
    }

    @Override
    public Provenance provenance() {
      return sound.provenance();
    }

    @Override
    public Set<Capability> capabilities() {
      return sound.capabilities();
    }

    @Override
    public String toString() {
      return "asked " + asked + " times";
    }
  }
}
