// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.PriceAffinity;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureSpaceTest {

  private static final Item DRESS =
      Item.builder("4").title("夏季连衣裙").tags("时尚", "女士").category("衣服").price(199).build();

  private static double cosine(float[] a, float[] b, int from, int to) {
    double product = 0;
    double one = 0;
    double other = 0;
    for (int d = from; d < to; d++) {
      product += (double) a[d] * b[d];
      one += (double) a[d] * a[d];
      other += (double) b[d] * b[d];
    }
    return product / Math.sqrt(one * other);
  }

  @Test
  void itemsHaveLengthOneAndLikeOnesLieClose() {
    Dataset data = TwoTastes.data();
    FeatureSpace space = FeatureSpace.fit(data, 12, "");
    float[] doll = space.item(data.item("doll-red").orElseThrow());
    float[] kite = space.item(data.item("kite-red").orElseThrow());
    float[] saw = space.item(data.item("saw-blue").orElseThrow());
    int d = space.itemWidth();
    assertThat(doll).hasSize(d);
    for (float[] item : List.of(doll, kite, saw)) {
      assertThat(IntStream.range(0, d).mapToDouble(i -> item[i] * item[i]).sum())
          .isCloseTo(1, within(1e-5));
    }
    assertThat(cosine(doll, kite, 0, d)).isGreaterThan(cosine(doll, saw, 0, d) + 0.3);
  }

  // Two terms that always stand together are one direction: rank 2 is all there is.
  @Test
  void textsOfAFullBasisKeepTheirAngles() {
    List<Map<String, Float>> documents =
        List.of(
            Map.of("a", 1f, "b", 1f),
            Map.of("a", 1f, "b", 1f),
            Map.of("c", 2f),
            Map.of("a", 1f, "b", 1f, "c", 1f));
    TermSpace space = TermSpace.fit(documents, 2, 100);
    assertThat(space.dimensions()).isEqualTo(2);
    float[] ab = new float[2];
    float[] c = new float[2];
    float[] all = new float[2];
    space.add(documents.get(0), ab, 0);
    space.add(documents.get(2), c, 0);
    space.add(documents.get(3), all, 0);
    double a = Math.log(5 / 4.0);
    double idfC = Math.log(5 / 3.0);
    assertThat(cosine(ab, c, 0, 2)).isCloseTo(0, within(1e-5));
    assertThat(cosine(all, c, 0, 2))
        .isCloseTo(idfC / Math.sqrt(2 * a * a + idfC * idfC), within(1e-5));
  }

  @Test
  void userLiesWhereTagsPointTo() {
    Dataset data = TwoTastes.data();
    FeatureSpace space = FeatureSpace.fit(data, 12, "hobby");
    float[] player = space.profile(TwoTastes.player(), User.of("pat"));
    int text = space.blockStart(1);
    double toy = cosine(player, space.item(data.item("kite-blue").orElseThrow()), 0, text);
    double tool = cosine(player, space.item(data.item("saw-blue").orElseThrow()), 0, text);
    assertThat(toy).isGreaterThan(tool + 0.5);
    assertThat(player[space.knownAt(0)]).isEqualTo(1);
    assertThat(player[space.knownAt(1)]).as("no price was paid").isEqualTo(0);
    assertThat(space.profileWidth()).isEqualTo(space.itemWidth() + 2 + 2 + 2);
  }

  @Test
  void spendPriceAndSegmentAreNumbers() {
    FeatureSpace space = FeatureSpace.fit(TwoTastes.data(), 12, "hobby");
    UserProfile profile =
        UserProfile.builder("ann", Basis.TRAINED)
            .rfm(new UserProfile.Rfm(3, 2, 50, 0.75))
            .price(new PriceAffinity(PriceAffinity.ALL, 2, 1))
            .build();
    float[] found = space.profile(profile, User.of("ann").with("hobby", "playing"));
    assertThat(found[space.spendAt()]).isEqualTo(1);
    assertThat(found[space.spendAt() + 1]).isEqualTo(0.75f);
    assertThat(found[space.spendAt() + 2]).as("building").isEqualTo(0);
    assertThat(found[space.spendAt() + 3]).as("playing").isEqualTo(1);
    assertThat(found[space.itemWidth() - 2]).as("cos 90°").isCloseTo(0, within(1e-6f));
    assertThat(found[space.itemWidth() - 1]).isGreaterThan(0);
    float[] own = space.profile(profile.toBuilder().segment("building").build(), User.of("ann"));
    assertThat(own[space.spendAt() + 2]).as("the profile's own segment").isEqualTo(1);
  }

  @Test
  void unknownUserIsAllZeros() {
    FeatureSpace space = FeatureSpace.fit(TwoTastes.data(), 12, "hobby");
    assertThat(space.profile(UserProfile.empty("who"), User.of("who"))).containsOnly(0f);
  }

  @Test
  void vectorsReadAsTagsOfTheirItem() {
    Dataset data =
        Dataset.builder()
            .add(DRESS)
            .add(Item.builder("5").title("电钻").tags("工具").category("五金").price(300).build())
            .add(Item.builder("6").title("连衣裙 长款").tags("时尚").category("衣服").price(99).build())
            .build();
    FeatureSpace space = FeatureSpace.fit(data, 8, "");
    assertThat(space.tags(space.item(DRESS), DRESS, 5)).containsOnly("时尚", "女士", "衣服");
    assertThat(space.tags(space.item(DRESS), 2)).isSubsetOf("时尚", "女士", "衣服");
    assertThat(space.tags(new float[space.itemWidth()], 5)).isEmpty();
  }

  @Test
  void namedVectorsAreABlockWhereHalfOfTheCatalogueHasThem() {
    Dataset.Builder data = Dataset.builder();
    for (int i = 0; i < 4; i++) {
      Item.Builder item = Item.builder("i" + i).title("thing number" + i);
      if (i < 2) {
        item.vector("basket", new float[] {i + 1, 3, -1});
      }
      if (i < 1) {
        item.vector("rare", new float[] {1});
      }
      data.add(item.build());
    }
    Dataset built = data.build();
    FeatureSpace space = FeatureSpace.fit(built, 4, "");
    assertThat(space.blocks()).isEqualTo(2);
    assertThat(space.itemWidth()).isEqualTo(4 + 3);
    float[] item = space.item(built.item("i1").orElseThrow());
    assertThat(cosine(item, new float[] {0, 0, 0, 0, 2, 3, -1}, 4, 7)).isCloseTo(1, within(1e-6));
    float[] profile =
        space.profile(
            UserProfile.builder("u", Basis.TRAINED).vector("basket", 0, 1, 0).build(),
            User.of("u"));
    assertThat(profile[5]).isGreaterThan(0.5f);
    assertThat(
            space.profile(
                UserProfile.builder("u", Basis.TRAINED).vector("basket", 0, 1).build(),
                User.of("u")))
        .as("a vector of another length is of another space")
        .containsOnly(0f);
  }

  @Test
  void vectorsOfDifferentLengthAreRefusedNamingTheItem() {
    Dataset data =
        Dataset.builder()
            .add(Item.builder("a").title("one").vector("v", new float[] {1}).build())
            .add(Item.builder("b").title("two").vector("v", new float[] {1, 2}).build())
            .build();
    assertThatThrownBy(() -> FeatureSpace.fit(data, 4, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item b")
        .hasMessageContaining("\"v\"");
  }

  @Test
  void catalogueThatNothingDescribesIsRefused() {
    Dataset data = Dataset.builder().add(Item.of("a")).build();
    assertThatThrownBy(() -> FeatureSpace.fit(data, 4, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing describes");
  }
}
