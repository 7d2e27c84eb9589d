// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.textgen.copy.CopyCorpus;
import dev.pushwright.textgen.copy.CopyPair;
import dev.pushwright.textgen.copy.SlotRules;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Where messages to learn from come from. */
final class Corpora {

  private Corpora() {}

  /** The messages that an option names. */
  static List<CopyPair> read(String corpus) {
    if (corpus.isBlank()) {
      throw new IllegalArgumentException(
          "option corpus is empty; name a file of messages, CSV or JSON lines");
    }
    return CopyCorpus.read(path(corpus)).pairs();
  }

  private static Path path(String corpus) {
    try {
      return Path.of(corpus);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "option corpus is \"" + corpus + "\", which is no path: " + e.getReason(), e);
    }
  }

  /** All slots are copied but those that say how to write. */
  static SlotRules rules() {
    return SlotRules.builder()
        .context("occasion")
        .context("language")
        .context("tone")
        .context("channel")
        .build();
  }
}
