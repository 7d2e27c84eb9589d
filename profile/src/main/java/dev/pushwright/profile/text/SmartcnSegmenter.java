// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.cn.smart.hhmm.HHMMSegmenter;
import org.apache.lucene.analysis.cn.smart.hhmm.SegToken;

/** Lucene's smartcn: a hidden Markov model over words; what it does not know falls into pieces. */
final class SmartcnSegmenter implements Segmenter {

  private final HHMMSegmenter segmenter = new HHMMSegmenter();

  @Override
  public List<Part> parts(String run) {
    // The first and the last stand for the begin and the end of the sentence.
    List<SegToken> tokens = segmenter.process(run);
    List<Part> parts = new ArrayList<>();
    for (SegToken token : tokens.subList(1, tokens.size() - 1)) {
      parts.add(new Part(token.startOffset, token.endOffset, true));
    }
    return parts;
  }
}
