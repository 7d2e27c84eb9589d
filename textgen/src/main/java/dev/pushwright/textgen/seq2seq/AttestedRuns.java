// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which runs of three tokens the texts of a corpus have, for each language and each occasion. A
 * network that learned a few hundred messages also writes what nobody said and what is not true,
 * such as "back in your cart" of a new item. A text all of whose runs people wrote for the same
 * occasion, and in the same tone, recombines what they said, and hardly says anything else.
 */
final class AttestedRuns {

  private static final int RUN = 3;
  private static final String EDGE = "";
  private static final List<String> ABOUT =
      List.of(MessagePlans.LANGUAGE, MessagePlans.OCCASION, MessagePlans.TONE);

  private final long[] hashes;

  private AttestedRuns(long[] sorted) {
    this.hashes = sorted;
  }

  /** The runs of a corpus: what is told of each text, and its tokens. */
  static AttestedRuns of(List<Map<String, String>> told, List<List<String>> texts) {
    TreeSet<Long> hashes = new TreeSet<>();
    for (int i = 0; i < texts.size(); i++) {
      for (String slot : ABOUT) {
        String value = told.get(i).get(slot);
        for (int at = 1 - RUN; value != null && at < texts.get(i).size(); at++) {
          hashes.add(hash(slot, value, texts.get(i), at));
        }
      }
    }
    return new AttestedRuns(hashes.stream().mapToLong(Long::longValue).toArray());
  }

  /** Whether people wrote all runs of a text, told what it was told. */
  boolean attest(Map<String, String> told, List<String> text) {
    for (String slot : ABOUT) {
      String value = told.get(slot);
      for (int at = 1 - RUN; value != null && at < text.size(); at++) {
        if (Arrays.binarySearch(hashes, hash(slot, value, text, at)) < 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static long hash(String slot, String value, List<String> text, int at) {
    Hasher hasher = Hashing.murmur3_128().newHasher();
    hasher.putUnencodedChars(slot).putChar('\0').putUnencodedChars(value).putChar('\0');
    for (int t = at; t < at + RUN; t++) {
      hasher.putUnencodedChars(t < 0 || t >= text.size() ? EDGE : text.get(t)).putChar('\0');
    }
    return hasher.hash().asLong();
  }

  void save(ModelWriter out) {
    out.longs("runs", hashes);
  }

  static AttestedRuns read(ModelReader in) {
    long[] hashes = in.longs("runs");
    for (int i = 1; i < hashes.length; i++) {
      if (hashes[i] <= hashes[i - 1]) {
        throw in.damaged("runs are not in order at " + i);
      }
    }
    return new AttestedRuns(hashes);
  }
}
