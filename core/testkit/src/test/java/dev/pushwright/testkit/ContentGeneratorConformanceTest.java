// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.ContentGeneratorProvider;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That the kit can fail: generators with one known fault each, and the case that finds it. */
class ContentGeneratorConformanceTest {

  private static final AtomicReference<ContentGeneratorProvider> TRIED = new AtomicReference<>();

  /** What the kit is run on; being nested and static, it is not found by itself. */
  static class Tried extends ContentGeneratorConformance {
    @Override
    protected ContentGeneratorProvider provider() {
      return Objects.requireNonNull(TRIED.get());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void faultIsFound(String fault, ContentGeneratorProvider provider, List<String> cases) {
    TRIED.set(provider);
    assertThat(Kit.run(Tried.class, cases).failed())
        .as("cases that find: %s", fault)
        .containsExactlyInAnyOrderElementsOf(cases);
  }

  private static Arguments fault(String what, ContentGeneratorProvider provider, String... cases) {
    return Arguments.of(what, provider, List.of(cases));
  }

  private static ContentGeneratorProvider writing(UnaryOperator<PushContent> change) {
    return new ReferenceGenerator() {
      @Override
      ContentResult answer(ContentRequest request) {
        ContentResult result = super.answer(request);
        return result instanceof PushContent content ? change.apply(content) : result;
      }
    };
  }

  private static PushContent copy(
      PushContent content,
      Channel channel,
      List<String> itemIds,
      String source,
      long seed,
      List<Verdict> verdicts) {
    return new PushContent(
        content.title(),
        content.body(),
        channel,
        content.locale(),
        itemIds,
        source,
        seed,
        verdicts);
  }

  static Stream<Arguments> faultIsFound() {
    String plain = "plainRecommendationIsWrittenOnEveryChannel";
    return Stream.of(
        fault(
            "never writes",
            new ReferenceGenerator() {
              @Override
              ContentResult answer(ContentRequest request) {
                return new Refusal(name(), "not today", List.of());
              }
            },
            plain),
        fault(
            "does not know what it was fitted to once it is loaded",
            new ReferenceGenerator() {
              @Override
              public ContentModel read(ModelReader in, Provenance provenance) {
                return super.read(
                    in, Provenance.of(provenance.algorithm(), provenance.options(), ""));
              }
            },
            "savedModelAnswersAlikeAfterLoading",
            "modelThatIsSavedAgainGivesTheSameBytes"),
        fault(
            "refuses without a reason",
            new ReferenceGenerator() {
              @Override
              ContentResult answer(ContentRequest request) {
                return new Refusal(name(), " ", List.of());
              }
            },
            "everyTextPassesTheChecks"),
        fault(
            "refuses in another's name",
            new ReferenceGenerator() {
              @Override
              ContentResult answer(ContentRequest request) {
                return new Refusal("another", "not today", List.of());
              }
            },
            "everyTextPassesTheChecks"),
        fault(
            "cannot do without a price",
            new ReferenceGenerator() {
              @Override
              ContentResult answer(ContentRequest request) {
                assertThat(request.mainItem().item().price()).isPresent();
                return super.answer(request);
              }
            },
            "awkwardItemsGiveASoundTextOrARefusal"),
        fault(
            "cannot do without a name",
            new ReferenceGenerator() {
              @Override
              ContentResult answer(ContentRequest request) {
                assertThat(request.user().name()).isPresent();
                return super.answer(request);
              }
            },
            "everyTextPassesTheChecks",
            "userOfWhomNothingIsKnownGivesASoundTextOrARefusal"),
        fault(
            "cannot do without the items that reasons name",
            new ReferenceGenerator() {
              @Override
              ContentResult answer(ContentRequest request) {
                request
                    .mainItem()
                    .reasons()
                    .forEach(
                        reason -> {
                          if (reason instanceof Reason.OwnItem own) {
                            assertThat(request.item(own.itemId())).isPresent();
                          }
                        });
                return super.answer(request);
              }
            },
            "userOfWhomNothingIsKnownGivesASoundTextOrARefusal"),
        fault(
            "throws for a language it does not speak",
            new ReferenceGenerator() {
              @Override
              ContentResult answer(ContentRequest request) {
                if (!request.locale().getLanguage().equals("en")) {
                  throw new MissingResourceException("no texts", "texts", "");
                }
                return super.answer(request);
              }
            },
            "languageThatIsNotSpokenGivesATextOrARefusal"),
        fault(
            "announces a price drop that is none",
            new ReferenceGenerator() {
              @Override
              ContentResult answer(ContentRequest request) {
                Item item = request.mainItem().item();
                return request.occasion() == Occasion.PRICE_DROP
                    ? write(request, item.title(), "Now cheaper: " + item.title() + ".")
                    : super.answer(request);
              }
            },
            "priceDropThatIsNoneIsRefused"),
        fault(
            "expands what a title holds",
            new ReferenceGenerator() {
              @Override
              ContentResult answer(ContentRequest request) {
                String title = request.mainItem().item().title();
                for (var fact : request.facts().entrySet()) {
                  title = title.replace("{{" + fact.getKey() + "}}", fact.getValue());
                }
                int last = request.items().size() - 1;
                return write(request, request.items().get(last).item().title(), title);
              }
            },
            "templateSyntaxInATitleIsPlainText"),
        fault(
            "writes another text each time",
            new ReferenceGenerator() {
              private final AtomicInteger texts = new AtomicInteger();

              @Override
              ContentResult answer(ContentRequest request) {
                String title = request.mainItem().item().title();
                return write(request, title, title + " no. " + texts.incrementAndGet());
              }
            },
            "sameRequestGivesTheSameText",
            "fittingTwiceGivesEqualAnswers"),
        fault(
            "writes in another language",
            new ReferenceGenerator() {
              @Override
              ContentResult answer(ContentRequest request) {
                return super.answer(request) instanceof PushContent content
                    ? new PushContent(
                        content.title(),
                        content.body(),
                        content.channel(),
                        Locale.FRENCH,
                        content.itemIds(),
                        content.source(),
                        content.seed(),
                        content.verdicts())
                    : super.answer(request);
              }
            },
            plain),
        fault(
            "writes for one channel only",
            writing(c -> copy(c, Channel.WEB, c.itemIds(), c.source(), c.seed(), c.verdicts())),
            plain),
        fault(
            "speaks of an item that was not offered",
            writing(c -> copy(c, c.channel(), List.of("mug"), c.source(), c.seed(), c.verdicts())),
            plain),
        fault(
            "forgets the seed",
            writing(c -> copy(c, c.channel(), c.itemIds(), c.source(), 42, c.verdicts())),
            plain),
        fault(
            "does not say who wrote it",
            writing(c -> copy(c, c.channel(), c.itemIds(), "writer", c.seed(), c.verdicts())),
            plain),
        fault(
            "does not keep the verdicts",
            writing(c -> copy(c, c.channel(), c.itemIds(), c.source(), c.seed(), List.of())),
            plain));
  }
}
