// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Which runs of three tokens the texts of a corpus have, for each value of some slots, such as its
 * language and its occasion. A network that learned a few hundred messages also writes what nobody
 * said and what is not true, such as "back in your cart" of a new item. A text all of whose runs
 * people wrote for the same occasion recombines what they said, and hardly says anything else.
 * Immutable.
 */
public final class AttestedRuns {

  /** What stands before the first token of a text and behind the last. */
  public static final String EDGE = "";

  private static final int RUN = 3;
  private static final AttestedRuns NONE = new AttestedRuns(new long[0]);

  private final long[] hashes;

  private AttestedRuns(long[] sorted) {
    this.hashes = sorted;
  }

  /**
   * Those of no text, which attest everything.
   *
   * @return no runs
   */
  public static AttestedRuns none() {
    return NONE;
  }

  /**
   * Starts with no runs.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Whether people wrote all runs of a text.
   *
   * @param told values by slot, such as {@code occasion} and {@code promotion}: each run has to
   *     stand in a text of every one
   * @param text its tokens
   * @return whether they did, or there are no runs
   */
  public boolean attest(Map<String, String> told, List<String> text) {
    return hashes.length == 0
        || hashes(told, text).allMatch(h -> Arrays.binarySearch(hashes, h) >= 0);
  }

  /**
   * Whether people wrote one run.
   *
   * @param told values by slot, as for {@link #attest(Map, List)}
   * @param run three tokens, {@link #EDGE} for those beyond either end of the text
   * @return whether they did, or there are no runs
   */
  public boolean attestRun(Map<String, String> told, List<String> run) {
    return hashes.length == 0
        || told.entrySet().stream()
            .allMatch(
                e -> Arrays.binarySearch(hashes, hash(e.getKey(), e.getValue(), run, 0)) >= 0);
  }

  private static LongStream hashes(Map<String, String> told, List<String> text) {
    return told.entrySet().stream()
        .flatMapToLong(
            e ->
                IntStream.range(1 - RUN, text.size())
                    .mapToLong(at -> hash(e.getKey(), e.getValue(), text, at)));
  }

  private static long hash(String slot, String value, List<String> text, int at) {
    Hasher hasher = Hashing.murmur3_128().newHasher();
    hasher.putUnencodedChars(slot).putChar('\0').putUnencodedChars(value).putChar('\0');
    for (int t = at; t < at + RUN; t++) {
      hasher.putUnencodedChars(t < 0 || t >= text.size() ? EDGE : text.get(t)).putChar('\0');
    }
    return hasher.hash().asLong();
  }

  /**
   * Writes the runs.
   *
   * @param out takes them under the name {@code runs}
   */
  public void save(ModelWriter out) {
    out.longs("runs", hashes);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in where from
   * @return the runs
   * @throws dev.pushwright.io.ModelFormatException when they are damaged
   */
  public static AttestedRuns read(ModelReader in) {
    long[] hashes = in.longs("runs");
    for (int i = 1; i < hashes.length; i++) {
      if (hashes[i] <= hashes[i - 1]) {
        throw in.damaged("runs are not in order at " + i);
      }
    }
    return new AttestedRuns(hashes);
  }

  /** Gathers runs. */
  public static final class Builder {
    private final TreeSet<Long> hashes = new TreeSet<>();

    private Builder() {}

    /**
     * Adds all runs of a text.
     *
     * @param told values by slot that it was written for
     * @param text its tokens
     * @return this
     */
    public Builder text(Map<String, String> told, List<String> text) {
      hashes(told, text).forEach(hashes::add);
      return this;
    }

    /**
     * Adds a run.
     *
     * @param slot what was told of the text
     * @param value of the slot
     * @param tokens three, {@link #EDGE} for those beyond either end of the text
     * @return this
     */
    public Builder run(String slot, String value, List<String> tokens) {
      hashes.add(hash(slot, value, tokens, 0));
      return this;
    }

    /**
     * The runs.
     *
     * @return immutable runs
     */
    public AttestedRuns build() {
      return new AttestedRuns(hashes.stream().mapToLong(Long::longValue).toArray());
    }
  }
}
