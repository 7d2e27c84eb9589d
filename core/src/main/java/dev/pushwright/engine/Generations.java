// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generation of models in use, what is observed, and how the next generation learns it and
 * takes the place of the one before while pushes go on. Thread-safe.
 */
final class Generations {

  // By the name that users of the library know.
  private static final Logger LOG = LoggerFactory.getLogger(PushEngine.class);

  private final Training training;
  private final Executor executor;

  // Guards what is observed and the change of generations.
  private final Object observation = new Object();
  private volatile EngineState current;
  // The last one begun, and what its callers were given: who cancels that, or gives it a timeout,
  // must not make room for a second fit beside the first. Both guarded by observation.
  private CompletableFuture<Dataset> retraining;
  private CompletableFuture<Dataset> given;

  Generations(Training training, Dataset data, Executor executor) {
    this.training = training;
    this.executor = executor;
    this.current = training.fit(data);
    this.retraining = CompletableFuture.completedFuture(data);
    this.given = retraining;
  }

  EngineState current() {
    return current;
  }

  void observe(Event event) {
    synchronized (observation) {
      if (current.isFirstTimed(event)) {
        LOG.warn("{} was observed and the data carry no times: {}", event, Training.UNTIMED);
      }
      current.observe(event);
    }
  }

  /** The fit under way, or a new one where there is none. */
  CompletableFuture<Dataset> retrain() {
    synchronized (observation) {
      if (retraining.isDone()) {
        return retrain(UnaryOperator.identity());
      }
      if (given.isDone()) {
        given = retraining.copy();
      }
      return given;
    }
  }

  /** A new fit, after the one under way. */
  CompletableFuture<Dataset> retrain(UnaryOperator<Dataset> change) {
    synchronized (observation) {
      retraining =
          retraining
              .exceptionally(failure -> current.data)
              .thenApplyAsync(before -> refit(change), executor);
      given = retraining.copy();
      return given;
    }
  }

  private Dataset refit(UnaryOperator<Dataset> change) {
    EngineState old;
    List<Event> observed;
    synchronized (observation) {
      old = current;
      observed = old.observed();
    }
    try {
      Dataset data = change.apply(old.data.toBuilder().addAll(observed).build());
      EngineState fitted = training.fit(data);
      synchronized (observation) {
        old.observedSince(observed.size()).forEach(fitted::observe);
        current = fitted;
      }
      LOG.info("retrained on {}", data);
      return data;
    } catch (RuntimeException | Error e) {
      LOG.warn("retraining failed; the models in use stay", e);
      throw e;
    }
  }
}
