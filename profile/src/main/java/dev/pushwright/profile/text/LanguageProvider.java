// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TextAnalyzerProvider;

/**
 * Provides the analyzer of a {@link Language} under its name, such as {@code german}. There is one
 * class for each, because {@link java.util.ServiceLoader} makes them without arguments.
 */
public abstract class LanguageProvider implements TextAnalyzerProvider {

  private static final OptionSet PLAIN =
      OptionSet.of(TextRules.STOP_WORDS, TextRules.STOP_WORDS_FILE, TextRules.SYNONYMS_FILE);

  private static final OptionSet WITH_DICTIONARY =
      OptionSet.of(
          TextRules.STOP_WORDS,
          TextRules.STOP_WORDS_FILE,
          TextRules.SYNONYMS_FILE,
          TextRules.DICTIONARY,
          TextRules.DICTIONARY_FILE);

  private final Language language;

  private LanguageProvider(Language language) {
    this.language = language;
  }

  @Override
  public String name() {
    return language.analyzer();
  }

  @Override
  public String description() {
    return switch (language) {
      case LATIN -> "Words between spaces and signs, each as it is written.";
      case CHINESE ->
          "Chinese mixed with Latin words, by HanLP where it is there, else by smartcn.";
      case CHINESE_HANLP -> "Chinese mixed with Latin words, by HanLP with its parts of speech.";
      case CHINESE_SMARTCN -> "Chinese mixed with Latin words, by Lucene's smartcn.";
      default ->
          language.name().charAt(0)
              + language.analyzer().substring(1)
              + " without stop words, inflected forms joined.";
    };
  }

  @Override
  public OptionSet options() {
    return language.isChinese() ? WITH_DICTIONARY : PLAIN;
  }

  @Override
  public TextAnalyzer create(Options options) {
    Settings settings = options().resolve(options);
    TextRules.Builder rules =
        TextRules.builder()
            .stopWords(settings.get(TextRules.STOP_WORDS))
            .stopWordsFile(settings.get(TextRules.STOP_WORDS_FILE))
            .synonymsFile(settings.get(TextRules.SYNONYMS_FILE));
    if (!language.isChinese()) {
      return rules.build().onTopOf(new LuceneAnalyzer(language), name());
    }
    TextRules all =
        rules
            .dictionary(settings.get(TextRules.DICTIONARY))
            .dictionaryFile(settings.get(TextRules.DICTIONARY_FILE))
            .build();
    return all.onTopOf(new ChineseAnalyzer(Segmenters.of(language), all.dictionary()), name());
  }

  static LanguageProvider of(Language language) {
    return switch (language) {
      case ENGLISH -> new English();
      case LATIN -> new Latin();
      case CZECH -> new Czech();
      case DANISH -> new Danish();
      case DUTCH -> new Dutch();
      case FINNISH -> new Finnish();
      case FRENCH -> new French();
      case GERMAN -> new German();
      case HUNGARIAN -> new Hungarian();
      case ITALIAN -> new Italian();
      case NORWEGIAN -> new Norwegian();
      case PORTUGUESE -> new Portuguese();
      case RUSSIAN -> new Russian();
      case SPANISH -> new Spanish();
      case SWEDISH -> new Swedish();
      case CHINESE -> new Chinese();
      case CHINESE_HANLP -> new ChineseHanLp();
      case CHINESE_SMARTCN -> new ChineseSmartcn();
    };
  }

  /** The analyzer {@code english}. */
  public static final class English extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public English() {
      super(Language.ENGLISH);
    }
  }

  /** The analyzer {@code latin}. */
  public static final class Latin extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Latin() {
      super(Language.LATIN);
    }
  }

  /** The analyzer {@code czech}. */
  public static final class Czech extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Czech() {
      super(Language.CZECH);
    }
  }

  /** The analyzer {@code danish}. */
  public static final class Danish extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Danish() {
      super(Language.DANISH);
    }
  }

  /** The analyzer {@code dutch}. */
  public static final class Dutch extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Dutch() {
      super(Language.DUTCH);
    }
  }

  /** The analyzer {@code finnish}. */
  public static final class Finnish extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Finnish() {
      super(Language.FINNISH);
    }
  }

  /** The analyzer {@code french}. */
  public static final class French extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public French() {
      super(Language.FRENCH);
    }
  }

  /** The analyzer {@code german}. */
  public static final class German extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public German() {
      super(Language.GERMAN);
    }
  }

  /** The analyzer {@code hungarian}. */
  public static final class Hungarian extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Hungarian() {
      super(Language.HUNGARIAN);
    }
  }

  /** The analyzer {@code italian}. */
  public static final class Italian extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Italian() {
      super(Language.ITALIAN);
    }
  }

  /** The analyzer {@code norwegian}. */
  public static final class Norwegian extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Norwegian() {
      super(Language.NORWEGIAN);
    }
  }

  /** The analyzer {@code portuguese}. */
  public static final class Portuguese extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Portuguese() {
      super(Language.PORTUGUESE);
    }
  }

  /** The analyzer {@code russian}. */
  public static final class Russian extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Russian() {
      super(Language.RUSSIAN);
    }
  }

  /** The analyzer {@code spanish}. */
  public static final class Spanish extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Spanish() {
      super(Language.SPANISH);
    }
  }

  /** The analyzer {@code swedish}. */
  public static final class Swedish extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Swedish() {
      super(Language.SWEDISH);
    }
  }

  /** The analyzer {@code chinese}. */
  public static final class Chinese extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Chinese() {
      super(Language.CHINESE);
    }
  }

  /** The analyzer {@code chinese-hanlp}. */
  public static final class ChineseHanLp extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ChineseHanLp() {
      super(Language.CHINESE_HANLP);
    }
  }

  /** The analyzer {@code chinese-smartcn}. */
  public static final class ChineseSmartcn extends LanguageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ChineseSmartcn() {
      super(Language.CHINESE_SMARTCN);
    }
  }
}
