// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.Progress;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeatureModelTest {

  private static final Dataset DATA = TwoTastes.data();

  private List<FeatureModel> models = List.of();

  private static VaeGenerator.Builder vae() {
    return VaeGenerator.builder().hidden(32).noise(4).epochs(40).batchSize(64).textDimensions(12);
  }

  private static GanGenerator.Builder gan() {
    return GanGenerator.builder().hidden(32).noise(4).epochs(40).batchSize(64).textDimensions(12);
  }

  @BeforeAll
  void fit() {
    models =
        List.of(
            vae().build().fit(DATA, FitContext.standard()),
            gan()
                .loss(GanGenerator.Loss.CLASSIC)
                .criticSteps(1)
                .build()
                .fit(DATA, FitContext.standard()),
            gan()
                .loss(GanGenerator.Loss.WASSERSTEIN)
                .criticSteps(3)
                .build()
                .fit(DATA, FitContext.standard()));
  }

  List<FeatureModel> models() {
    return models;
  }

  @ParameterizedTest
  @MethodSource("models")
  void generatesWhatTheUserWouldWant(FeatureModel model) {
    for (UserProfile profile : List.of(TwoTastes.player(), TwoTastes.builder())) {
      boolean toys = profile.equals(TwoTastes.player());
      List<Wish> wishes = model.wishes(profile, User.of(profile.userId()), 3, 100);
      long right =
          wishes.stream()
              .filter(wish -> TwoTastes.isToy(wish.items().get(0).itemId()) == toys)
              .count();
      assertThat(right).as("of 100 wishes of %s: %s", profile, model).isGreaterThanOrEqualTo(95);
      assertThat(wishes.get(0).tags())
          .as("tags of a wish")
          .containsAnyOf("toys", "play", "tools", "work");
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void noiseMakesWishesDiffer(FeatureModel model) {
    Set<String> nearest = new HashSet<>();
    model
        .wishes(TwoTastes.player(), User.of("pat"), 3, 100)
        .forEach(wish -> nearest.add(wish.items().get(0).itemId()));
    assertThat(nearest).as("of 24 toys").hasSizeGreaterThan(2);
    assertThat(model.report().collapsed()).isFalse();
    assertThat(model.report().coverage()).isGreaterThan(0.2);
  }

  @ParameterizedTest
  @MethodSource("models")
  void scoresRankWhatIsWantedFirst(FeatureModel model) {
    float[] scores = model.scores(TwoTastes.player(), User.of("pat"), 1);
    float[] densities = model.densities(TwoTastes.player(), User.of("pat"), 1);
    double toy = 0;
    double tool = 0;
    for (int i = 0; i < scores.length; i++) {
      assertThat(scores[i]).isFinite();
      assertThat(densities[i]).isFinite().isLessThanOrEqualTo(0);
      if (TwoTastes.isToy(model.items().id(i))) {
        toy += scores[i] / 24;
      } else {
        tool += scores[i] / 24;
      }
    }
    assertThat(toy).isGreaterThan(tool + 0.5);
  }

  @Test
  void vaeReportsActiveUnitsAndGanNone() {
    assertThat(models.get(0).report().activeUnits()).isPositive();
    assertThat(models.get(1).report().activeUnits()).isEqualTo(-1);
  }

  @Test
  void noiseThatCostsTooMuchIsReportedAsCollapse() {
    FeatureModel model =
        vae()
            .beta(1000)
            .freeBits(0)
            .annealing(0)
            .learningRate(0.03)
            .epochs(8)
            .build()
            .fit(DATA, FitContext.standard());
    assertThat(model.report().activeUnits()).isEqualTo(0);
    assertThat(model.report().collapsed()).isTrue();
    assertThat(model.report().notes()).anyMatch(note -> note.contains("posterior collapse"));
  }

  @Test
  void sameSeedTheSameWishesOnAnyNumberOfThreads() {
    for (int m = 0; m < 2; m++) {
      FeatureGenerator generator = m == 0 ? vae().epochs(3).build() : gan().epochs(3).build();
      FeatureModel one = generator.fit(DATA, FitContext.standard().withThreads(1));
      FeatureModel eight = generator.fit(DATA, FitContext.standard().withThreads(8));
      assertThat(eight.scores(TwoTastes.player(), User.of("pat"), 1))
          .isEqualTo(one.scores(TwoTastes.player(), User.of("pat"), 1));
      assertThat(eight.report()).isEqualTo(one.report());
    }
  }

  @Test
  void divergenceNamesEpochBatchAndLearningRate() {
    assertThatThrownBy(() -> vae().learningRate(10).build().fit(DATA, FitContext.standard()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("vae diverged")
        .hasMessageContaining("epoch")
        .hasMessageContaining("learningRate 10.0");
  }

  @Test
  void dataInWhichNobodyWantsAnythingIsRefused() {
    Dataset data = Dataset.builder().add(Item.of("a", "a lamp")).build();
    assertThatThrownBy(() -> vae().build().fit(data, FitContext.standard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vae")
        .hasMessageContaining("weights");
  }

  @Test
  void progressHasLossAndHealth() {
    List<Progress> heard = new ArrayList<>();
    gan().epochs(2).build().fit(DATA, FitContext.standard().withListener(heard::add));
    Progress last = heard.get(heard.size() - 1);
    assertThat(last.done()).isEqualTo(2);
    assertThat(last.loss()).isPresent();
    assertThat(last.figures())
        .containsKeys("criticLoss", "generatorLoss", "criticAccuracy", "coverage", "distance");
  }

  private static ContentRequest.Builder request(UserProfile profile, Item item) {
    return ContentRequest.builder(profile, List.of(new PushItem(item, 1, List.of())));
  }

  private static PushContent written(ContentResult result) {
    assertThat(result).isInstanceOf(PushContent.class);
    return (PushContent) result;
  }

  @Test
  void textNamesTheItemAndTagsThatAreItsOwn() {
    Item kite = DATA.item("kite-blue").orElseThrow();
    Set<String> texts = new HashSet<>();
    for (long seed = 0; seed < 30; seed++) {
      PushContent text =
          written(models.get(0).generate(request(TwoTastes.player(), kite).seed(seed).build()));
      String all = text.title() + " " + text.body();
      assertThat(all).containsIgnoringCase("blue kite");
      assertThat(all).doesNotContainIgnoringCase("tools").doesNotContain("{");
      assertThat(text.source()).startsWith("vae/");
      texts.add(all);
    }
    assertThat(texts).hasSizeGreaterThan(2).anyMatch(text -> text.contains("Toys"));
  }

  @Test
  void chineseTextListsTheTags() {
    Item dress = Item.builder("4").title("夏季连衣裙").tags("play", "时尚").category("Toys").build();
    PushContent text =
        written(
            models
                .get(1)
                .generate(
                    request(TwoTastes.player(), dress).locale(Locale.SIMPLIFIED_CHINESE).build()));
    assertThat(text.title() + text.body()).contains("夏季连衣裙").contains("Toys");
  }

  @Test
  void whatIsNotForItGoesToTheTemplates() {
    Item kite = DATA.item("kite-blue").orElseThrow();
    PushContent reminder =
        written(
            models
                .get(0)
                .generate(
                    request(TwoTastes.player(), kite).occasion(Occasion.CART_REMINDER).build()));
    assertThat(reminder.source()).startsWith("vae/").contains("template");
    Item stone = Item.builder("x").title("Zyx").build();
    assertThat(written(models.get(0).generate(request(TwoTastes.player(), stone).build())).source())
        .as("nothing of it is known")
        .contains("template");
  }

  @Test
  void wishesWithoutATagOfTheItemAreCounted() {
    Item stone = Item.builder("x").title("Zyx").build();
    assertThat(
            new WishTexts(models.get(0))
                .propose(request(TwoTastes.player(), stone).build(), 7)
                .discarded())
        .isEqualTo(Map.of("the wish has no tag in common with item x", 7));
  }

  @Test
  void slotsInATitleStayAsTheyAre() {
    Item odd = Item.builder("odd").title("{tags} {item} kite").category("Toys").build();
    ContentResult result = models.get(0).generate(request(TwoTastes.player(), odd).build());
    if (result instanceof PushContent text) {
      assertThat(text.title() + text.body()).contains("{tags} {item}");
    }
  }
}
