// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.textgen.copy.CopyCorpus;
import dev.pushwright.textgen.copy.CopyPair;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Where messages to learn from come from. */
final class Corpora {

  private Corpora() {}

  /** The messages that an option names; those of the library where it names none. */
  static List<CopyPair> read(String corpus) {
    return corpus.isBlank()
        ? CopyCorpus.bundled().pairs()
        : CopyCorpus.messages(path(corpus)).pairs();
  }

  private static Path path(String corpus) {
    try {
      return Path.of(corpus);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "option corpus is \"" + corpus + "\", which is no path: " + e.getReason(), e);
    }
  }
}
