// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static dev.pushwright.testkit.FaultyRecommender.fault;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.Options;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Recommenders with one fault in what only some can do, and the cases that find it. */
final class RecommenderCapabilityFaults {

  private RecommenderCapabilityFaults() {}

  static Stream<Arguments> all() {
    return Stream.of(updateFaults(), ratingFaults(), dampingFaults()).flatMap(faults -> faults);
  }

  /** Updates with events of the fault's choice. */
  private abstract static class TakingIn extends ReferenceRecommender {
    abstract Collection<? extends Event> chosen(Model model, Collection<? extends Event> events);

    @Override
    RecommenderModel update(Model model, Collection<? extends Event> events) {
      return new Model(
          model.provenance().updated(events.size()),
          model.trainedUsers().plus(chosen(model, events)),
          this);
    }
  }

  private static Stream<Arguments> updateFaults() {
    return Stream.of(
        fault(
            "takes nothing in",
            new TakingIn() {
              @Override
              Collection<? extends Event> chosen(Model model, Collection<? extends Event> events) {
                return List.of();
              }
            },
            "updateAnswersAsAFitToOldAndNewEventsWould",
            "twoUpdatesAnswerAsOne",
            "updateKnowsUsersAndItemsThatAreNew"),
        fault(
            "takes every event in twice",
            new TakingIn() {
              @Override
              Collection<? extends Event> chosen(Model model, Collection<? extends Event> events) {
                return Stream.concat(events.stream(), events.stream()).toList();
              }
            },
            "updateAnswersAsAFitToOldAndNewEventsWould",
            "twoUpdatesAnswerAsOne"),
        fault(
            "takes in no new items",
            new TakingIn() {
              @Override
              Collection<? extends Event> chosen(Model model, Collection<? extends Event> events) {
                return events.stream()
                    .filter(
                        event ->
                            event instanceof Interaction interaction
                                && model.trainedUsers().items().contains(interaction.itemId()))
                    .toList();
              }
            },
            "updateKnowsUsersAndItemsThatAreNew"),
        fault(
            "takes in no new users",
            new TakingIn() {
              @Override
              Collection<? extends Event> chosen(Model model, Collection<? extends Event> events) {
                return events.stream()
                    .filter(event -> model.trainedUsers().users().contains(event.userId()))
                    .toList();
              }
            },
            "updateKnowsUsersAndItemsThatAreNew"),
        fault(
            "forgets the events it took in before",
            new ReferenceRecommender() {
              @Override
              RecommenderModel update(Model model, Collection<? extends Event> events) {
                return new Remembering(this, model.provenance(), model, events);
              }
            },
            "twoUpdatesAnswerAsOne",
            "updatedModelIsSavedAndLoadedAsAnyOther"),
        fault(
            "does not say that it was updated",
            new ReferenceRecommender() {
              @Override
              RecommenderModel update(Model model, Collection<? extends Event> events) {
                return new Model(model.provenance(), model.trainedUsers().plus(events), this);
              }
            },
            "updateLeavesTheModelAsItWas",
            "updatedModelIsSavedAndLoadedAsAnyOther"),
        fault(
            "says that it was updated by nothing",
            new ReferenceRecommender() {
              @Override
              RecommenderModel update(Model model, Collection<? extends Event> events) {
                Provenance before = model.provenance();
                return new Model(
                    Provenance.of(name(), before.options(), before.data() + "+"),
                    model.trainedUsers().plus(events),
                    this);
              }
            },
            "updateWithoutEventsChangesNothing"),
        fault(
            "updates though it does not declare it",
            new ReferenceRecommender() {
              @Override
              public Set<Capability> capabilities() {
                return Set.of(
                    Capability.PERSONALIZED, Capability.FOLD_IN, Capability.PREDICT_RATINGS);
              }
            },
            "updateThatIsNotDeclaredIsRefused"));
  }

  /** Updated from the first model each time, whatever it took in since. */
  private static final class Remembering extends ReferenceRecommender.Model {
    private final ReferenceRecommender reference;
    private final ReferenceRecommender.Model first;

    Remembering(
        ReferenceRecommender reference,
        Provenance provenance,
        ReferenceRecommender.Model first,
        Collection<? extends Event> events) {
      super(provenance.updated(events.size()), first.trainedUsers().plus(events), reference);
      this.reference = reference;
      this.first = first;
    }

    @Override
    public RecommenderModel update(Collection<? extends Event> events) {
      return new Remembering(reference, provenance(), first, events);
    }

    @Override
    public void save(ModelWriter out) {
      first.save(out);
    }
  }

  private static Stream<Arguments> ratingFaults() {
    return Stream.of(
        fault(
            "predicts beyond the scale",
            new ReferenceRecommender() {
              @Override
              double predict(Model model, String user, String item) {
                return 3 * (super.predict(model, user, item) - 3) + 3;
              }
            },
            "predictedRatingsKeepToTheScaleWhoeverAndWhateverIsAskedAbout"),
        fault(
            "predicts NaN for a user it does not know",
            new ReferenceRecommender() {
              @Override
              double predict(Model model, String user, String item) {
                return model.trainedUsers().users().contains(user)
                    ? super.predict(model, user, item)
                    : Double.NaN;
              }
            },
            "predictedRatingsKeepToTheScaleWhoeverAndWhateverIsAskedAbout",
            "constantRatingsPredictThemselves"),
        fault(
            "predicts the middle of the scale for an item it does not know",
            new ReferenceRecommender() {
              @Override
              double predict(Model model, String user, String item) {
                return model.trainedUsers().items().contains(item)
                    ? super.predict(model, user, item)
                    : 3.5;
              }
            },
            "constantRatingsPredictThemselves"),
        fault(
            "predicts the same for every item",
            new ReferenceRecommender() {
              @Override
              double predict(Model model, String user, String item) {
                return super.predict(model, user, "");
              }
            },
            "whatIsLikedIsPredictedAboveWhatIsNot"),
        fault(
            "predicts otherwise once it is loaded",
            new ReferenceRecommender() {
              @Override
              public RecommenderModel read(ModelReader in, Provenance provenance) {
                RecommenderModel loaded = super.read(in, provenance);
                return new Off((Model) loaded, this);
              }
            },
            "savedModelPredictsTheSameRatingsAfterLoading"),
        fault(
            "predicts ratings though it does not declare it",
            new ReferenceRecommender() {
              @Override
              public Set<Capability> capabilities() {
                return Set.of(Capability.PERSONALIZED, Capability.FOLD_IN, Capability.UPDATE);
              }
            },
            "ratingsThatCannotBePredictedAreRefused"));
  }

  private static final class Off extends ReferenceRecommender.Model {
    Off(ReferenceRecommender.Model sound, ReferenceRecommender reference) {
      super(sound.provenance(), sound.trainedUsers(), reference);
    }

    @Override
    public double predictRating(String userId, String itemId) {
      return super.predictRating(userId, itemId) * (1 + 1e-15);
    }
  }

  private static Stream<Arguments> dampingFaults() {
    return Stream.of(
        fault(
            "has damping and does not damp",
            new ReferenceRecommender() {
              @Override
              public Recommender create(Options options) {
                return super.create(options.with(CommonOptions.POPULARITY_DAMPING.name(), 0));
              }
            },
            "popularityDampingHoldsBackWhatIsPopular"));
  }
}
