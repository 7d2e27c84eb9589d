// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The library where HanLP is not on the class path. */
class HanLpAbsentTest {

  /** Loads the package anew, and finds no HanLP. */
  private static final class WithoutHanLp extends ClassLoader {
    WithoutHanLp() {
      super(HanLpAbsentTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.hankcs.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.pushwright.profile.text.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? defined(name) : loaded;
      }
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** What is run in the other loader, which knows this class as another one. */
  public static final class Inside implements Callable<List<Object>> {
    /** Made by its name. */
    public Inside() {}

    @Override
    public List<Object> call() {
      String title = "红色陶瓷马克杯 Nike T恤";
      List<Object> words = List.copyOf(TextAnalyzers.of(Language.CHINESE).words(title));
      assertThat(TextAnalyzers.of(Language.CHINESE_SMARTCN).words(title)).isEqualTo(words);
      assertThat(TextAnalyzers.settled("chinese")).isEqualTo("chinese-smartcn");
      assertThatThrownBy(() -> TextAnalyzers.of(Language.CHINESE_HANLP))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("chinese-hanlp needs HanLP")
          .hasMessageContaining("com.hankcs:hanlp:portable-1.8.6")
          .hasMessageContaining("chinese-smartcn");
      assertThat(TextAnalyzers.of(Language.ENGLISH).words("mugs")).hasSize(1);
      return words;
    }
  }

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Segmenters.class);

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listenToTheLog() {
    logged.start();
    LOG.addAppender(logged);
    LOG.setLevel(Level.INFO);
    LOG.setAdditive(false);
  }

  @AfterEach
  void leaveTheLogAsItWas() {
    LOG.detachAppender(logged);
    LOG.setLevel(null);
    LOG.setAdditive(true);
  }

  @Test
  @SuppressWarnings("unchecked")
  void chineseIsCutBySmartcnWhichIsToldOnce() throws ReflectiveOperationException, Exception {
    ClassLoader loader = new WithoutHanLp();
    Callable<List<Object>> inside =
        (Callable<List<Object>>)
            loader.loadClass(Inside.class.getName()).getDeclaredConstructor().newInstance();
    assertThat(inside.call())
        .extracting(Object::toString)
        .containsExactly(
            "Word[key=红色, label=红色]",
            "Word[key=陶瓷, label=陶瓷]",
            "Word[key=马克杯, label=马克杯]",
            "Word[key=nike, label=nike]",
            "Word[key=t恤, label=t恤]");
    assertThat(logged.list).hasSize(1);
    assertThat(logged.list.get(0).getLevel()).isEqualTo(Level.INFO);
    assertThat(logged.list.get(0).getFormattedMessage())
        .contains("HanLP is not there", "smartcn", "com.hankcs:hanlp:portable-1.8.6");
  }

  @Test
  void nothingIsToldWhereHanLpIsThere() {
    assertThat(TextAnalyzers.of(Language.CHINESE).words("红色马克杯")).isNotEmpty();
    assertThat(logged.list).isEmpty();
  }
}
