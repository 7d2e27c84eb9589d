// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which segmenters for Chinese there are. */
final class Segmenters {

  static final String HANLP = "com.hankcs:hanlp:portable-1.8.6";

  private static final Logger LOG = LoggerFactory.getLogger(Segmenters.class);

  private Segmenters() {}

  // HanLP is looked for once, when it is first needed: its dictionaries take a second to load.
  private static final class HanLp {
    private static final @Nullable Segmenter SEGMENTER = find();

    private static @Nullable Segmenter find() {
      try {
        Segmenter found = new HanLpSegmenter();
        found.parts("中文");
        return found;
      } catch (LinkageError | RuntimeException e) {
        LOG.info(
            "HanLP is not there ({}): Chinese is cut by Lucene's smartcn, which knows no parts of"
                + " speech. To have it, add {} to the class path",
            e.toString(),
            HANLP);
        return null;
      }
    }
  }

  /** HanLP's, where it is on the class path and works. */
  static Optional<Segmenter> hanLp() {
    return Optional.ofNullable(HanLp.SEGMENTER);
  }

  /** What {@link Language#CHINESE} stands for here. */
  static Language chinese() {
    return hanLp().isPresent() ? Language.CHINESE_HANLP : Language.CHINESE_SMARTCN;
  }

  /**
   * The segmenter of a kind of Chinese.
   *
   * @throws IllegalStateException when it needs HanLP and that is not there
   */
  static Segmenter of(Language language) {
    if (language == Language.CHINESE) {
      return of(chinese());
    }
    return language == Language.CHINESE_HANLP
        ? hanLp()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the text analyzer "
                            + language.analyzer()
                            + " needs HanLP, which is not on the class path; add "
                            + HANLP
                            + ", or take "
                            + Language.CHINESE_SMARTCN.analyzer()
                            + " and fit again"))
        : new SmartcnSegmenter();
  }
}
