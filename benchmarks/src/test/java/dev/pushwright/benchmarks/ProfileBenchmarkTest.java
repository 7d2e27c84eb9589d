// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.UserProfile;
import dev.pushwright.api.UserProfile.Tag;
import org.junit.jupiter.api.Test;

class ProfileBenchmarkTest {

  private static ProfileBenchmark benchmark(String rival) {
    ProfileBenchmark benchmark = new ProfileBenchmark();
    benchmark.events = 30;
    benchmark.rival = rival;
    benchmark.setUp();
    return benchmark;
  }

  @Test
  void anEventTakenInAndAHistoryFoldedInGiveTheSameProfile() {
    ProfileBenchmark update = benchmark("update");
    ProfileBenchmark refit = benchmark("refit");
    for (int user = 0; user < 50; user++) {
      UserProfile one = update.profile(user);
      UserProfile other = refit.profile(user);
      assertThat(one.tags()).hasSameSizeAs(other.tags()).isNotEmpty();
      for (int k = 0; k < one.tags().size(); k++) {
        Tag tag = one.tags().get(k);
        assertThat(tag.weight()).isEqualTo(other.tags().get(k).weight(), within(1e-6));
      }
      assertThat(one.rhythm()).isEqualTo(other.rhythm()).isPresent();
      assertThat(one.activeHours()).isEqualTo(other.activeHours()).isPresent();
      assertThat(one.eventTypes()).isEqualTo(other.eventTypes()).isNotEmpty();
      assertThat(one.categories()).hasSameSizeAs(other.categories()).isNotEmpty();
      assertThat(one.prices()).hasSameSizeAs(other.prices());
    }
  }
}
