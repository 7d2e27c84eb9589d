// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.UserItems;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Small plug-ins whose answers are known by construction. */
final class Fakes {

  private Fakes() {}

  private static Provenance provenance(Object of, Dataset data) {
    return Provenance.of(of.getClass().getSimpleName(), Map.of(), data.fingerprint());
  }

  /** One tag, "items", for everybody who has events. */
  static final class CountingProfiler implements Profiler {
    @Override
    public ProfileModel fit(Dataset data, FitContext context) {
      Set<String> known = new HashSet<>(data.events().stream().map(Event::userId).toList());
      Provenance provenance = provenance(this, data);
      return new ProfileModel() {
        @Override
        public UserProfile profile(ProfileQuery query) {
          if (query.history().isPresent()) {
            return UserProfile.builder(query.userId(), Basis.HISTORY).tag("items", 1).build();
          }
          return known.contains(query.userId())
              ? UserProfile.builder(query.userId(), Basis.TRAINED).tag("items", 1).build()
              : UserProfile.empty(query.userId());
        }

        @Override
        public Provenance provenance() {
          return provenance;
        }

        @Override
        public Set<Capability> capabilities() {
          return Set.of(Capability.FOLD_IN);
        }
      };
    }
  }

  /** Every item scores its position; every own item is an equal reason. */
  static final class NewestFirst implements Recommender {
    private final boolean foldIn;

    NewestFirst() {
      this(true);
    }

    NewestFirst(boolean foldIn) {
      this.foldIn = foldIn;
    }

    @Override
    public RecommenderModel fit(Dataset data, FitContext context) {
      Set<Capability> capabilities =
          foldIn ? Set.of(Capability.FOLD_IN, Capability.EXPLAIN) : Set.of(Capability.EXPLAIN);
      return new ScoringModel(
          provenance(this, data), capabilities, TrainedUsers.of(data, Weighting.standard(), "")) {
        @Override
        protected boolean score(OptionalInt user, UserItems items, float[] scores) {
          for (int i = 0; i < scores.length; i++) {
            scores[i] = i + 1;
          }
          return true;
        }

        @Override
        protected List<Reason> reasons(OptionalInt user, UserItems items, int item) {
          return ownItems(items, p -> 1);
        }
      };
    }
  }

  private static ContentModel model(
      Object of, Dataset data, Function<ContentRequest, ContentResult> generate) {
    Provenance provenance = provenance(of, data);
    return new ContentModel() {
      @Override
      public ContentResult generate(ContentRequest request) {
        return generate.apply(request);
      }

      @Override
      public Provenance provenance() {
        return provenance;
      }

      @Override
      public Set<Capability> capabilities() {
        return Set.of();
      }
    };
  }

  private static PushContent text(Object of, ContentRequest request, String body) {
    return new PushContent(
        request.mainItem().item().title(),
        body,
        request.channel(),
        request.locale(),
        request.items().stream().map(p -> p.item().id()).toList(),
        of.getClass().getSimpleName(),
        request.seed(),
        List.of());
  }

  /** Names the item and no more. */
  static final class PlainText implements ContentGenerator {
    @Override
    public ContentModel fit(Dataset data, FitContext context) {
      return model(
          this,
          data,
          request -> text(this, request, request.mainItem().item().title() + " is here."));
    }
  }

  /** Throws. */
  static final class Failing implements ContentGenerator {
    @Override
    public ContentModel fit(Dataset data, FitContext context) {
      return model(
          this,
          data,
          request -> {
            throw new IllegalStateException("no words");
          });
    }
  }

  /** Meets a class that is not there. */
  static final class Unlinked implements ContentGenerator {
    @Override
    public ContentModel fit(Dataset data, FitContext context) {
      return model(
          this,
          data,
          request -> {
            throw new NoClassDefFoundError("com/example/Missing");
          });
    }
  }

  /** Gives neither a text nor a refusal. */
  static final class Silent implements ContentGenerator {
    @Override
    @SuppressWarnings("NullAway")
    public ContentModel fit(Dataset data, FitContext context) {
      return model(this, data, request -> null);
    }
  }

  /** Refuses. */
  static final class Refusing implements ContentGenerator {
    @Override
    public ContentModel fit(Dataset data, FitContext context) {
      return model(this, data, request -> new Refusal("Refusing", "not today", List.of()));
    }
  }

  /** States a price that is not the item's, and says that every check passed. */
  static final class Lying implements ContentGenerator {
    @Override
    public ContentModel fit(Dataset data, FitContext context) {
      return model(
          this,
          data,
          request ->
              text(this, request, request.mainItem().item().title() + " for only 0.99 today."));
    }
  }

  /** A plug-in by the name of the one that is fallen back to. */
  static class Template implements ContentGeneratorProvider {
    @Override
    public String name() {
      return TextWriter.FALLBACK;
    }

    @Override
    public String description() {
      return "Names the item.";
    }

    @Override
    public OptionSet options() {
      return OptionSet.of();
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public ContentGenerator create(Options options) {
      return new PlainText();
    }
  }

  /** Another plug-in by that name. */
  static final class OtherTemplate extends Template {}
}
