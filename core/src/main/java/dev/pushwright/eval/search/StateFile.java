// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import com.google.common.hash.Hashing;
import dev.pushwright.eval.search.SearchResult.Trial;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The finished trials of a search on disk: a line that says which search it is, then a line for
 * each trial, in order. Each line is a JSON object whose last field is a checksum of all before it.
 * Lines are only ever added; a last line without its end, which a killed process leaves behind, is
 * taken away.
 *
 * <p>Written through a {@link RandomAccessFile} rather than a channel, which an interrupt would
 * close in the middle of a line.
 */
final class StateFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

  private static final String FORMAT = "pushwright-search-1";
  private static final Pattern LINE =
      Pattern.compile("(\\{.*),\"crc\":\"([0-9a-f]{8})\"\\}", Pattern.DOTALL);
  private static final long MOST_BYTES = 1L << 28;

  private final Path path;
  private final RandomAccessFile file;
  private final List<Trial> trials = new ArrayList<>();

  private StateFile(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Opens or makes the file.
   *
   * @param path where it is
   * @param identity what tells this search from any other
   * @throws IllegalArgumentException when the file is that of another search, or damaged
   * @throws IllegalStateException when another search has it open
   */
  static StateFile open(Path path, Map<String, String> identity) {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("format", FORMAT);
    header.putAll(identity);
    RandomAccessFile file = null;
    try {
      file = new RandomAccessFile(path.toFile(), "rw");
      StateFile state = new StateFile(path, file);
      state.lock();
      state.load(header);
      return state;
    } catch (IOException e) {
      closeAfter(e, file);
      throw new UncheckedIOException("the state of the search cannot be kept in " + path, e);
    } catch (RuntimeException e) {
      closeAfter(e, file);
      throw e;
    }
  }

  private static void closeAfter(Exception cause, @Nullable RandomAccessFile file) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  // Closing the file gives the lock back.
  private void lock() throws IOException {
    try {
      FileLock lock = file.getChannel().tryLock();
      if (lock != null && lock.isValid()) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("{} is locked by this very process", path, e);
    }
    throw new IllegalStateException(
        path + " is in use by another search; wait for its end, or name another file");
  }

  private void load(Map<String, String> header) throws IOException {
    if (file.length() > MOST_BYTES) {
      throw damaged("it has " + file.length() + " bytes");
    }
    byte[] bytes = new byte[(int) file.length()];
    file.readFully(bytes);
    int whole = bytes.length;
    while (whole > 0 && bytes[whole - 1] != '\n') {
      whole--;
    }
    String torn = new String(bytes, whole, bytes.length - whole, StandardCharsets.UTF_8);
    List<String> lines = new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList();
    String first = line(SearchJson.of(header));
    if (lines.isEmpty()) {
      // Whatever is not the beginning of the very line that belongs here is somebody else's.
      if (whole > 0 || !first.startsWith(torn)) {
        throw damaged("its first line is no description of this search");
      }
      cut(torn, 0);
      write(first);
      return;
    }
    checkSame(header, SearchJson.readTexts(content(lines.get(0), 1)));
    for (int l = 1; l < lines.size(); l++) {
      Trial trial = SearchJson.readTrial(content(lines.get(l), l + 1));
      if (trial.number() != l) {
        throw damaged("line " + (l + 1) + " is that of trial " + trial.number());
      }
      trials.add(trial);
    }
    cut(torn, whole);
    LOG.info("{}: {} trials are finished already", path, trials.size());
  }

  private void cut(String torn, int at) throws IOException {
    if (!torn.isEmpty()) {
      LOG.warn(
          "{}: the last line, {} bytes without an end, was not written whole and is dropped; its"
              + " trial is made again",
          path,
          file.length() - at);
      file.setLength(at);
      file.getFD().sync();
    }
    file.seek(at);
  }

  private void checkSame(Map<String, String> here, Map<String, String> there) {
    List<String> differences = new ArrayList<>();
    here.forEach(
        (name, value) -> {
          String other = there.getOrDefault(name, "");
          if (!value.equals(other)) {
            differences.add(name + " is \"" + value + "\" here and \"" + other + "\" there");
          }
        });
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          path
              + " is the state of another search: "
              + String.join("; ", differences)
              + ". Search as it was, or name another file");
    }
  }

  private String content(String line, int number) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches() || !crc(matcher.group(1)).equals(matcher.group(2))) {
      throw damaged("line " + number + " is not as it was written");
    }
    return matcher.group(1) + "}";
  }

  private IllegalArgumentException damaged(String why) {
    return new IllegalArgumentException(
        path
            + " is no state of a search, or damaged: "
            + why
            + ". It is left as it is; name another file");
  }

  private static String line(String object) {
    String content = object.substring(0, object.length() - 1);
    return content + ",\"crc\":\"" + crc(content) + "\"}\n";
  }

  private static String crc(String content) {
    return Hashing.crc32c().hashString(content, StandardCharsets.UTF_8).toString();
  }

  /** The trials that were here when the file was opened. */
  List<Trial> trials() {
    return List.copyOf(trials);
  }

  /** Adds a trial; when this returns, it is on the disk. */
  void append(Trial trial) {
    try {
      write(line(SearchJson.of(trial)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "trial " + trial.number() + " cannot be written to " + path, e);
    }
  }

  private void write(String line) throws IOException {
    file.write(line.getBytes(StandardCharsets.UTF_8));
    file.getFD().sync();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be closed", e);
    }
  }
}
