// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.textgen.copy.Vocabulary;
import dev.pushwright.textgen.lm.Sampling;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextDrawerTest {

  private static final int V = 8;

  /**
   * What it says next depends on all that a text has; remembers how many texts it was asked for.
   */
  private static final class Summing implements NextToken {

    private final List<Integer> asked = new ArrayList<>();

    @Override
    public int width() {
      return 1;
    }

    @Override
    public float[] begin(AttributeBatch set) {
      return new float[] {1};
    }

    @Override
    public float[] next(AttributeBatch set, float[] begun, int[] last, float[] states, int texts) {
      asked.add(texts);
      float[] logits = new float[texts * V];
      for (int b = 0; b < texts; b++) {
        states[b] = (states[b] * 31 + last[b]) % 97;
        for (int v = 0; v < V; v++) {
          logits[b * V + v] = (states[b] * (v + 1)) % 5;
        }
      }
      return logits;
    }
  }

  private static List<BeamSearch.Found> draw(NextToken net, int texts) {
    return draw(net, texts, TextDrawer.Rule.ANY);
  }

  private static List<BeamSearch.Found> draw(NextToken net, int texts, TextDrawer.Rule rule) {
    boolean[] forbidden = new boolean[V];
    forbidden[Vocabulary.START] = true;
    forbidden[Vocabulary.UNKNOWN] = true;
    AttributeBatch set =
        AttributeSet.batch(List.of(new AttributeSet(new int[] {1}, new int[] {1})));
    return TextDrawer.draw(
        net, set, forbidden, new Required(new int[] {3}), rule, V, 500, texts, Sampling.PLAIN, 7);
  }

  @Test
  void textsThatEndedTakeNoMoreWorkAndTheOthersStayTheSame() {
    Summing net = new Summing();
    List<BeamSearch.Found> many = draw(net, 20);
    assertThat(many).hasSize(20);
    int tokens = many.stream().mapToInt(found -> found.tokens().length + 1).sum();
    assertThat(net.asked.stream().mapToInt(Integer::intValue).sum()).isEqualTo(tokens);
    List<BeamSearch.Found> few = draw(new Summing(), 3);
    assertThat(few).hasSize(3);
    for (int b = 0; b < 3; b++) {
      assertThat(few.get(b).tokens()).isEqualTo(many.get(b).tokens());
      assertThat(few.get(b).logProbability()).isEqualTo(many.get(b).logProbability());
    }
  }

  @Test
  void whatTheRuleForbidsIsDrawnAgainAndNothingElse() {
    List<BeamSearch.Found> any = draw(new Summing(), 20);
    List<BeamSearch.Found> ruled =
        draw(
            new Summing(),
            20,
            (text, length, next) -> next != 5 || length == 0 || text[length - 1] != 4);
    assertThat(any).anyMatch(found -> after4(found).contains(5));
    assertThat(ruled).hasSize(20).noneMatch(found -> after4(found).contains(5));
    for (int b = 0; b < 20; b++) {
      if (!after4(any.get(b)).contains(5)) {
        assertThat(ruled.get(b).tokens()).isEqualTo(any.get(b).tokens());
        assertThat(ruled.get(b).logProbability()).isEqualTo(any.get(b).logProbability());
      }
    }
  }

  @Test
  void aTextThatMayNotGoOnIsGivenUp() {
    assertThat(draw(new Summing(), 20, (text, length, next) -> next != Vocabulary.END)).isEmpty();
  }

  private static List<Integer> after4(BeamSearch.Found found) {
    List<Integer> after = new ArrayList<>();
    for (int t = 1; t < found.tokens().length; t++) {
      if (found.tokens()[t - 1] == 4) {
        after.add(found.tokens()[t]);
      }
    }
    return after;
  }
}
