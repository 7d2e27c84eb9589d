// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.profile.text.Segmenter.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Cuts Chinese text that is mixed with Latin words, run of script by run of script: runs of Chinese
 * characters by a {@link Segmenter}, all else (brand names, English words, Hangul) as English,
 * which leaves numbers, signs and emoji out. Words of mixed scripts that every shop has, such as
 * "t恤", stay whole, as do those of the shop's own dictionary. What a segmenter cuts apart is joined
 * where the pieces make a known word; what it holds together is not cut.
 *
 * <p>As everywhere, a word of a single character is none: on its own it mostly tells nothing.
 * Full-width letters are taken as plain ones. Thread-safe.
 */
final class ChineseAnalyzer implements TextAnalyzer {

  // A longer run is no title; it is cut in pieces so that the time does not grow with its square.
  private static final int MAX_RUN = 400;

  private final Segmenter segmenter;
  private final ChineseWords known;
  private final LuceneAnalyzer others = new LuceneAnalyzer(Language.ENGLISH);

  /**
   * An analyzer.
   *
   * @param segmenter cuts the runs of Chinese characters
   * @param dictionary words of the shop's own
   */
  ChineseAnalyzer(Segmenter segmenter, Collection<String> dictionary) {
    this.segmenter = segmenter;
    this.known = new ChineseWords(dictionary);
  }

  @Override
  public List<Word> words(String given) {
    String text = ChineseWords.normal(given);
    List<Word> words = new ArrayList<>();
    int start = 0;
    boolean han = false;
    for (int at = 0; at < text.length(); ) {
      int end = known.mixedEnd(text, at);
      if (end > at) {
        run(text, start, at, han, words);
        String word = text.substring(at, end);
        words.add(new Word(word, word));
        at = end;
        start = end;
        continue;
      }
      int codePoint = text.codePointAt(at);
      boolean isHan = ChineseWords.isHan(codePoint);
      if (isHan != han || (han && at - start >= MAX_RUN)) {
        run(text, start, at, han, words);
        start = at;
        han = isHan;
      }
      at += Character.charCount(codePoint);
    }
    run(text, start, text.length(), han, words);
    return words;
  }

  private void run(String text, int start, int end, boolean han, List<Word> words) {
    if (start == end) {
      return;
    }
    String run = text.substring(start, end);
    if (!han) {
      words.addAll(others.words(run));
    } else if (end - start > 1) {
      chinese(run, words);
    }
  }

  private void chinese(String run, List<Word> words) {
    List<Part> parts = segmenter.parts(run);
    for (int p = 0; p < parts.size(); ) {
      int from = parts.get(p).start();
      int last = p;
      boolean isKnown = false;
      for (int q = p; q < parts.size() && parts.get(q).end() - from <= known.longest(); q++) {
        if (known.joins(run.substring(from, parts.get(q).end()))) {
          last = q;
          isKnown = true;
        }
      }
      String word = run.substring(from, parts.get(last).end());
      if (word.codePointCount(0, word.length()) > 1
          && (isKnown || parts.get(p).telling())
          && !known.isStopWord(word)) {
        words.add(new Word(word, word));
      }
      p = last + 1;
    }
  }
}
