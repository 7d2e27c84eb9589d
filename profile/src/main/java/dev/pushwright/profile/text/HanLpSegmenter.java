// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import com.hankcs.hanlp.corpus.tag.Nature;
import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.Viterbi.ViterbiSegment;
import com.hankcs.hanlp.seg.common.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * HanLP's shortest path through its dictionary, with parts of speech in the notation of Peking
 * University (ICTPOS). Names of people and places are not guessed: in titles the guesses are mostly
 * wrong. HanLP's dictionaries are read and never written to.
 *
 * <p>The only class that needs HanLP; it must not be touched where there is none.
 */
final class HanLpSegmenter implements Segmenter {

  private final Segment segment =
      new ViterbiSegment()
          .enableCustomDictionary(true)
          .enablePartOfSpeechTagging(true)
          .enableNameRecognize(false)
          .enableTranslatedNameRecognize(false)
          .enableJapaneseNameRecognize(false)
          .enablePlaceRecognize(false)
          .enableOrganizationRecognize(false)
          .enableNumberQuantifierRecognize(false)
          .enableIndexMode(false)
          .enableMultithreading(false)
          .enableOffset(true);

  @Override
  public List<Part> parts(String run) {
    List<Part> parts = new ArrayList<>();
    for (Term term : segment.seg(run.toCharArray())) {
      parts.add(new Part(term.offset, term.offset + term.word.length(), telling(term.nature)));
    }
    return parts;
  }

  /**
   * Nouns (n, and g for those of a science), adjectives (a, b, z), verbs (v; but for "be", "have",
   * and those that stand by other verbs), words of time (t) and place (s), idioms and set phrases
   * (i, l) and abbreviations (j).
   */
  private static boolean telling(Nature nature) {
    return switch (nature.firstChar()) {
      case 'n', 'g', 'a', 'b', 'z', 't', 's', 'i', 'l', 'j' -> nature != Nature.nx;
      case 'v' ->
          nature != Nature.vshi
              && nature != Nature.vyou
              && nature != Nature.vf
              && nature != Nature.vx;
      default -> false;
    };
  }
}
