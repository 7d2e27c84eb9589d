// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.UserProfile.Rfm;
import dev.pushwright.api.UserProfile.SpendLevel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TfIdfSpendingTest {

  private static final Instant T0 = Instant.parse("2011-12-01T10:00:00Z");

  private static Instant day(int days) {
    return T0.plusSeconds(days * 86_400L);
  }

  private static ProfileModel fit(Interaction... events) {
    return TfIdfProfiler.builder().build().fit(Dataset.builder().addAll(List.of(events)).build());
  }

  @Test
  void purchasesAreCountedByOccasionAndSummed() {
    ProfileModel model =
        fit(
            Interaction.purchase("u", "i1", 2, 10.5, T0),
            Interaction.purchase("u", "i2", 1, 4.25, T0),
            Interaction.purchase("u", "i1", 1, 5, day(3)),
            Interaction.cart("u", "i3", 9, day(4)),
            Interaction.view("v", "i3", day(13)));
    assertThat(model.profile("u").rfm()).contains(new Rfm(10, 2, 19.75, 1));
    assertThat(model.profile("v").rfm()).isEmpty();
    assertThat(model.profile("v").spendLevel()).isEqualTo(SpendLevel.UNKNOWN);
  }

  @Test
  void recencyFollowsTheInstantOfTheQueryAndIsNeverNegative() {
    ProfileModel model = fit(Interaction.purchase("u", "i", 1, 1, T0));
    assertThat(recency(model, day(5).plusSeconds(43_200))).isEqualTo(5.5, within(1e-12));
    assertThat(recency(model, T0)).isZero();
    assertThat(recency(model, day(-3))).as("a clock that runs ahead").isZero();
    assertThat(recency(model, Instant.MAX)).isFinite().isGreaterThan(1e11);
  }

  private static double recency(ProfileModel model, Instant at) {
    return model.profile(ProfileQuery.of("u").at(at)).rfm().orElseThrow().recencyDays();
  }

  @Test
  void spendIsRankedAmongThoseWhoPaid() {
    ProfileModel model =
        fit(
            Interaction.purchase("a", "i", 1, 10, T0),
            Interaction.purchase("b", "i", 1, 20, T0),
            Interaction.purchase("c", "i", 1, 20, T0),
            Interaction.purchase("d", "i", 1, 90, T0),
            Interaction.purchase("free", "i", 1, 0, T0));
    assertThat(percentile(model, "a")).isEqualTo(0.25);
    assertThat(percentile(model, "b")).isEqualTo(0.75);
    assertThat(percentile(model, "c")).isEqualTo(0.75);
    assertThat(percentile(model, "d")).isEqualTo(1);
    assertThat(percentile(model, "free")).isZero();
    assertThat(model.profile("a").spendLevel()).isEqualTo(SpendLevel.LOW);
    assertThat(model.profile("d").spendLevel()).isEqualTo(SpendLevel.HIGH);
    assertThat(model.profile("free").spendLevel()).isEqualTo(SpendLevel.UNKNOWN);
  }

  private static double percentile(ProfileModel model, String user) {
    return model.profile(user).rfm().orElseThrow().spendPercentile();
  }

  @Test
  void spendOfAHistoryIsRankedAmongTheTrainedUsers() {
    ProfileModel model =
        fit(Interaction.purchase("a", "i", 1, 10, T0), Interaction.purchase("b", "i", 1, 20, T0));
    assertThat(rank(model, 9.99)).isZero();
    assertThat(rank(model, 10)).isEqualTo(0.5);
    assertThat(rank(model, 15)).isEqualTo(0.5);
    assertThat(rank(model, 1_000)).isEqualTo(1);
    assertThat(rank(fit(), 15)).as("nobody to compare with").isEqualTo(0.5);
    assertThat(rank(fit(), 0)).isZero();
  }

  private static double rank(ProfileModel model, double amount) {
    return model
        .profile(
            ProfileQuery.of("new")
                .withHistory(List.of(Interaction.purchase("new", "i", 1, amount, T0))))
        .rfm()
        .orElseThrow()
        .spendPercentile();
  }
}
