// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdIndexTest {

  @Test
  void integersFollowTheOrderOfTheIdsWhateverTheOrderOfArrival() {
    IdIndex index = IdIndex.of(List.of("b", "a10", "a9", "b", "A"));
    assertThat(index.ids()).containsExactly("A", "a10", "a9", "b");
    assertThat(index).isEqualTo(IdIndex.of(List.of("a9", "A", "b", "a10")));
    assertThat(index.hashCode()).isEqualTo(IdIndex.of(List.of("a9", "A", "b", "a10")).hashCode());
  }

  @Test
  void everyIdComesBackFromItsInteger() {
    String longId = "x".repeat(4096);
    IdIndex index = IdIndex.of(List.of("\"quoted\"", "🎁", longId, " inner space "));
    for (String id : index.ids()) {
      assertThat(index.id(index.find(id).orElseThrow())).isSameAs(id);
      assertThat(index.contains(id)).isTrue();
    }
    assertThat(index.size()).isEqualTo(4);
  }

  @Test
  void anUnknownIdIsEmptyAndNotAnException() {
    IdIndex index = IdIndex.of(List.of("a"));
    assertThat(index.find("b")).isEmpty();
    assertThat(index.contains("b")).isFalse();
    assertThat(IdIndex.of(List.of()).find("a")).isEmpty();
  }

  @Test
  void theListOfIdsCannotBeChanged() {
    List<String> ids = IdIndex.of(List.of("a", "b")).ids();
    assertThatThrownBy(() -> ids.set(0, "z")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void moreIdsMakeAnotherIndexAndTheSameIdsDoNot() {
    IdIndex index = IdIndex.of(List.of("b", "d"));
    assertThat(index.plus(List.of("d", "b"))).isSameAs(index);
    IdIndex more = index.plus(List.of("c", "d", "a", "c"));
    assertThat(more.ids()).containsExactly("a", "b", "c", "d");
    assertThat(index.positionsIn(more)).containsExactly(1, 3);
    assertThatThrownBy(() -> more.positionsIn(index))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no a");
  }
}
