// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.profile.text.Language;
import dev.pushwright.profile.text.TermMatrix;
import dev.pushwright.profile.text.TextAnalyzers;
import dev.pushwright.profile.text.TfIdf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Short documents of made-up words to a TF-IDF matrix. The words are drawn by the Zipf–Mandelbrot
 * law, as those of a language are; 100,000 documents have 2.2 million tokens.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx2g")
public class TfIdfBenchmark {

  private static final int VOCABULARY = 100_000;
  private static final int TOKENS = 22;

  /** How many documents there are. */
  @Param({"100000"})
  int documents = 100_000;

  /**
   * {@code tfidf-2} and {@code tfidf-1} make the whole matrix on two threads and on one. The others
   * work on one, and only cut and count: {@code lucene} with Lucene's standard analyzer and a map
   * for each document, {@code split} at spaces, in lower case, with the same maps.
   */
  @Param({"tfidf-2", "tfidf-1", "lucene", "split"})
  String rival = "tfidf-2";

  private List<String> texts = List.of();

  /** Makes the documents. */
  @Setup
  public void setUp() {
    texts = texts(documents);
  }

  /** Documents of made-up words. */
  static List<String> texts(int documents) {
    SplittableRandom random = new SplittableRandom(1);
    String[] words = words(random);
    double[] upTo = new double[VOCABULARY];
    double sum = 0;
    for (int rank = 0; rank < VOCABULARY; rank++) {
      sum += 1 / (rank + 1.5);
      upTo[rank] = sum;
    }
    List<String> texts = new ArrayList<>();
    for (int d = 0; d < documents; d++) {
      StringBuilder text = new StringBuilder();
      for (int t = 0; t < TOKENS; t++) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * sum);
        text.append(t == 0 ? "" : " ").append(words[found < 0 ? ~found : found]);
      }
      texts.add(text.toString());
    }
    return texts;
  }

  // Frequent words are the shorter ones; some have capitals. None is a stop word of English.
  private static String[] words(SplittableRandom random) {
    String consonants = "bdfgklmnprtvz";
    String vowels = "aeiou";
    Set<String> taken = new HashSet<>();
    String[] words = new String[VOCABULARY];
    for (int rank = 0; rank < VOCABULARY; ) {
      StringBuilder word = new StringBuilder();
      for (int syllables = 2 + random.nextInt(rank < 500 ? 1 : 3); syllables > 0; syllables--) {
        word.append(consonants.charAt(random.nextInt(consonants.length())));
        word.append(vowels.charAt(random.nextInt(vowels.length())));
      }
      word.append(consonants.charAt(random.nextInt(consonants.length())));
      if (taken.add(word.toString())) {
        if (random.nextInt(4) == 0) {
          word.setCharAt(0, Character.toUpperCase(word.charAt(0)));
        }
        words[rank++] = word.toString();
      }
    }
    return words;
  }

  /**
   * Counts the words of every document, and weighs them where the rival does.
   *
   * @return a {@link TermMatrix}, or the counts of each document
   */
  @Benchmark
  public Object tfIdf() {
    return switch (rival) {
      case "tfidf-2" -> matrix(2);
      case "tfidf-1" -> matrix(1);
      case "lucene" -> lucene();
      case "split" -> split();
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    };
  }

  private TermMatrix matrix(int threads) {
    return TermMatrix.of(
        texts,
        TextAnalyzers.of(Language.ENGLISH),
        TfIdf.standard(),
        FitContext.standard().withThreads(threads));
  }

  private List<Map<String, Integer>> lucene() {
    List<Map<String, Integer>> counts = new ArrayList<>();
    try (Analyzer analyzer = new StandardAnalyzer()) {
      for (String text : texts) {
        Map<String, Integer> count = new HashMap<>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
          CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
          stream.reset();
          while (stream.incrementToken()) {
            count.merge(term.toString(), 1, Integer::sum);
          }
          stream.end();
        }
        counts.add(count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading from a string failed", e);
    }
    return counts;
  }

  private List<Map<String, Integer>> split() {
    List<Map<String, Integer>> counts = new ArrayList<>();
    for (String text : texts) {
      Map<String, Integer> count = new HashMap<>();
      for (String word : text.toLowerCase(Locale.ROOT).split(" ", -1)) {
        count.merge(word, 1, Integer::sum);
      }
      counts.add(count);
    }
    return counts;
  }
}
