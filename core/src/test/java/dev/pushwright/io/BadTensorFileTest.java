// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files made wrong by hand, each in one way. */
class BadTensorFileTest {

  // What a refusal costs beside the file: the parser's buffers, the exception and its text; and the
  // counter moves by whole allocation buffers of the thread, of a mebibyte or two.
  private static final long SLACK = 4 << 20;

  private static final byte[] NONE = {};

  @TempDir Path folder;

  private static String tensor(String dtype, String shape, String offsets) {
    return "\"x\":{\"dtype\":"
        + dtype
        + ",\"shape\":"
        + shape
        + ",\"data_offsets\":"
        + offsets
        + "}";
  }

  private static Arguments bad(String what, byte[] file, String message) {
    return Arguments.of(what, file, message);
  }

  private static Arguments header(String header, String message) {
    return bad(header, RawFile.of(header, 4), message);
  }

  private static Arguments shape(String shape, String message) {
    return header("{" + tensor("\"F32\"", shape, "[0,4]") + "}", message);
  }

  private static Arguments offsets(String offsets, String message) {
    return header("{" + tensor("\"F32\"", "[1]", offsets) + "}", message);
  }

  private static Arguments two(String first, String second, int dataBytes, String message) {
    String header =
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":"
            + first
            + "},\"b\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":"
            + second
            + "}}";
    return bad(header + " and " + dataBytes + " bytes", RawFile.of(header, dataBytes), message);
  }

  static Stream<Arguments> files() {
    return Stream.of(lengths(), json(), fields(), shapes(), offsets(), encodings())
        .flatMap(files -> files);
  }

  private static Stream<Arguments> lengths() {
    byte[] empty = {'{', '}'};
    return Stream.of(
        bad("no byte", NONE, "has 0 bytes"),
        bad("one byte", new byte[1], "has 1 bytes"),
        bad("seven bytes", new byte[7], "has 7 bytes"),
        bad("a length of 0 and nothing else", RawFile.of(0, NONE, 0), "header of 0 bytes"),
        bad("a length of 0 and data", RawFile.of(0, NONE, 80), "header of 0 bytes"),
        bad("a length of 1", RawFile.of(1, new byte[] {'{'}, 0), "header of 1 bytes"),
        bad("a length one past the end", RawFile.of(3, empty, 0), "header of 3 bytes"),
        bad("a length without its header", RawFile.of(100, NONE, 0), "header of 100 bytes"),
        bad("a length of 2^31", RawFile.of(1L << 31, empty, 0), "header of 2147483648 bytes"),
        bad("the largest length", RawFile.of(-1, empty, 0), "header of 18446744073709551615"),
        bad("a length below 0", RawFile.of(Long.MIN_VALUE, empty, 0), "9223372036854775808"),
        bad("a big-endian length", RawFile.of(2L << 56, empty, 0), "144115188075855872"),
        bad(
            "a header of more than a mebibyte",
            RawFile.of("{" + " ".repeat(1 << 20) + "}", 0),
            "1048576 are allowed"),
        bad("a length that cuts the header short", RawFile.of(1 + 1, new byte[] {'{', ' '}, 4), ""),
        bad(
            "a PNG",
            new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13},
            "header"),
        bad("a zip", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0, 1, 2}, "header of"));
  }

  private static Stream<Arguments> json() {
    return Stream.of(
        header("  {}", "does not begin with {"),
        header("[]", "does not begin with {"),
        header("\"x\"", "does not begin with {"),
        header("null", "does not begin with {"),
        header("{ ", "cannot be read"),
        header("{\"x\"", "cannot be read"),
        header("{\"x\":", "cannot be read"),
        header("{\"x\":{\"dtype\":\"F32\"", "cannot be read"),
        header("{x:1}", "cannot be read"),
        header("{'x':1}", "cannot be read"),
        header("{}}", ""),
        header("{} {}", "follows the header"),
        header("{} 1", "follows the header"),
        header("{}\0", ""),
        header("{} // so", ""),
        header("{\"x\":1}", "x is VALUE_NUMBER_INT"),
        header("{\"x\":null}", "x is VALUE_NULL"),
        header("{\"x\":[]}", "x is START_ARRAY"),
        header("{\"x\":{\"y\":{\"z\":{\"deep\":{\"deeper\":1}}}}}", "unknown field \"y\""),
        header("{" + "\"x\":{".repeat(2000), "unknown field \"x\""),
        header("{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}", "START_ARRAY"),
        header("{\"x\":{\"shape\":" + "[".repeat(5000) + "]".repeat(5000) + "}}", ""),
        header("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", "uplicate"),
        header("{\"__metadata__\":{},\"__metadata__\":{}}", "uplicate"),
        header("{\"__metadata__\":{\"a\":1}}", "metadata entry a"),
        header("{\"__metadata__\":{\"a\":null}}", "metadata entry a"),
        header("{\"__metadata__\":{\"a\":{}}}", "metadata entry a"),
        header("{\"__metadata__\":[]}", "__metadata__ is START_ARRAY"),
        header("{\"__metadata__\":\"a\"}", "__metadata__ is VALUE_STRING"),
        header(
            "{" + tensor("\"F32\"", "[1]", "[0,4]") + "," + tensor("\"F32\"", "[1]", "[0,4]") + "}",
            "uplicate"),
        header(
            "{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            "uplicate"));
  }

  private static Stream<Arguments> fields() {
    return Stream.of(
        header("{\"x\":{}}", "lacks"),
        header("{\"x\":{\"shape\":[1],\"data_offsets\":[0,4]}}", "lacks"),
        header("{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", "lacks"),
        header("{\"x\":{\"dtype\":\"F32\",\"shape\":[1]}}", "lacks"),
        header(
            "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"extra\":1}}",
            "unknown field \"extra\""),
        header("{" + tensor("\"f32\"", "[1]", "[0,4]") + "}", "\"f32\"; known are"),
        header("{" + tensor("\"BF16\"", "[2]", "[0,4]") + "}", "\"BF16\""),
        header("{" + tensor("\"\"", "[1]", "[0,4]") + "}", "the type \"\""),
        header("{" + tensor("1", "[1]", "[0,4]") + "}", "x.dtype"),
        header("{" + tensor("null", "[1]", "[0,4]") + "}", "x.dtype"));
  }

  private static Stream<Arguments> shapes() {
    return Stream.of(
        shape("1", "x.shape"),
        shape("null", "x.shape"),
        shape("{}", "x.shape"),
        shape("[\"1\"]", "x.shape"),
        shape("[1.0]", "x.shape"),
        shape("[1e0]", "x.shape"),
        shape("[NaN]", "cannot be read"),
        shape("[true]", "x.shape"),
        shape("[[1]]", "x.shape"),
        shape("[01]", "cannot be read"),
        shape("[-1]", "-1"),
        shape("[-1,-1]", "-1"),
        shape("[9223372036854775808]", "9223372036854775808"),
        shape("[-9223372036854775809]", "9223372036854775809"),
        shape("[1" + "0".repeat(30) + "]", "cannot be read"),
        shape("[9223372036854775807]", "too large"),
        shape("[4611686018427387904,4]", "too large"),
        shape("[4294967296,4294967296]", "too large"),
        shape("[4294967296,4294967296,0]", "too large"),
        shape("[2]", "needs 8 bytes"),
        shape("[0]", "needs 0 bytes"),
        shape("[]".repeat(2), ""),
        shape("[1000000000]", "needs 4000000000 bytes"),
        shape("[2147483647,1000]", "needs 8589934588000 bytes"));
  }

  private static Stream<Arguments> offsets() {
    return Stream.of(
        offsets("[]", "lacks"),
        offsets("[0]", "lacks"),
        offsets("[0,4,8]", "lacks"),
        offsets("[4,0]", "from 4 to 0"),
        offsets("[0,5]", "from 0 to 5"),
        offsets("[0,3]", "from 0 to 3"),
        offsets("[1,5]", "begins at 1"),
        offsets("[4,8]", "begins at 4"),
        offsets("[-4,0]", "-4"),
        offsets("[0.0,4]", "data_offsets"),
        offsets("[\"0\",4]", "data_offsets"),
        offsets("[9223372036854775803,9223372036854775807]", "begins at"),
        offsets("[0,18446744073709551620]", "18446744073709551620"),
        header("{}", "4 bytes of tensors"),
        bad("data cut short", RawFile.of("{" + tensor("\"F32\"", "[1]", "[0,4]") + "}", 3), "3"),
        bad("no data", RawFile.of("{" + tensor("\"F32\"", "[1]", "[0,4]") + "}", 0), "0 bytes"),
        bad("a byte more", RawFile.of("{" + tensor("\"F32\"", "[1]", "[0,4]") + "}", 5), "added"),
        bad(
            "terabytes that are not there",
            RawFile.of("{" + tensor("\"I64\"", "[1000000000000]", "[0,8000000000000]") + "}", 8),
            "8000000000000"),
        two("[0,4]", "[0,4]", 4, "overlap"),
        two("[0,4]", "[2,6]", 6, "overlap"),
        two("[0,4]", "[5,9]", 9, "gap"),
        two("[4,8]", "[8,12]", 12, "begins at 4"),
        two("[0,4]", "[4,8]", 9, "added"),
        two("[4,8]", "[0,4]", 7, "truncated"));
  }

  private static Stream<Arguments> encodings() {
    String good = "{" + tensor("\"F32\"", "[1]", "[0,4]") + "}";
    byte[] latin = "{\"__metadata__\":{\"a\":\"Zo\u00eb\"}}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] overlong = "{\"__metadata__\":{\"a\":\"??\"}}".getBytes(StandardCharsets.UTF_8);
    overlong[21] = (byte) 0xC0;
    overlong[22] = (byte) 0xAF;
    byte[] surrogate = "{\"__metadata__\":{\"a\":\"???\"}}".getBytes(StandardCharsets.UTF_8);
    surrogate[21] = (byte) 0xED;
    surrogate[22] = (byte) 0xA0;
    surrogate[23] = (byte) 0x80;
    return Stream.of(
        bad("a byte order mark", RawFile.of("\uFEFF" + good, 4), "begin with {"),
        bad("UTF-16BE", RawFile.of(good.getBytes(StandardCharsets.UTF_16BE), 4), "begin with {"),
        bad("UTF-16LE", RawFile.of(good.getBytes(StandardCharsets.UTF_16LE), 4), "cannot be read"),
        bad("UTF-16", RawFile.of(good.getBytes(StandardCharsets.UTF_16), 4), ""),
        bad("Latin-1", RawFile.of(latin, 0), "no UTF-8"),
        bad("overlong UTF-8", RawFile.of(overlong, 0), "no UTF-8"),
        bad("a surrogate in UTF-8", RawFile.of(surrogate, 0), "no UTF-8"),
        header("{\"__metadata__\":{\"a\":\"\t\"}}", "cannot be read"),
        header("{\"__metadata__\":{\"a\":\"\\x\"}}", "cannot be read"),
        header("{\"__metadata__\":{\"a\":\"\\u12\"}}", "cannot be read"));
  }

  @Test
  void thereAreManyBadFiles() {
    assertThat(files()).hasSizeGreaterThan(100);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void badFileIsRefusedNamingItAndWithoutAllocatingWhatItClaims(
      String what, byte[] content, String message) {
    Path path = RawFile.write(folder, content);
    List<Throwable> thrown = new ArrayList<>();
    long allocated =
        Allocation.of(
            () -> {
              try (TensorFile file = TensorFile.open(path)) {
                thrown.add(new AssertionError("opened " + file.names()));
              } catch (RuntimeException e) {
                thrown.add(e);
              }
            });
    assertThat(thrown).hasSize(1);
    assertThat(thrown.get(0))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(message);
    assertThat(allocated).isLessThan(2L * content.length + SLACK);
  }

  @Test
  void goodTwinsOfTheBadFilesAreRead() {
    for (String header :
        List.of(
            "{" + tensor("\"F32\"", "[1]", "[0,4]") + "}",
            "{" + tensor("\"F32\"", "[1]", "[0,4]") + "} \n ",
            "{ \"x\" : {\"data_offsets\": [0, 4],\n\"shape\":[],\"dtype\":\"I32\"} }",
            "{\"__metadata__\":{}," + tensor("\"U8\"", "[2,1,2]", "[0,4]") + "}",
            "{\"z\":{\"dtype\":\"I64\",\"shape\":[0,9223372036854775807],\"data_offsets\":[4,4]},"
                + tensor("\"F32\"", "[1]", "[0,4]")
                + "}",
            "{\"\\u0079\":{\"dtype\":\"F64\",\"shape\":[0],\"data_offsets\":[0,0]},"
                + tensor("\"F32\"", "[1]", "[0,4]")
                + "}")) {
      Path path = RawFile.write(folder, RawFile.of(header, 4));
      assertThatCode(() -> RawFile.readAll(path)).as(header).doesNotThrowAnyException();
    }
  }

  static Stream<Arguments> texts() {
    byte[] abc = {'a', 'b', 'c'};
    return Stream.of(
        Arguments.of("ends below 0", abc, new long[] {-1, 3}, "text 0"),
        Arguments.of("ends that fall", abc, new long[] {2, 1, 3}, "text 1"),
        Arguments.of("an end past the bytes", abc, new long[] {1, 4}, "text 1"),
        Arguments.of("a huge end", abc, new long[] {Long.MAX_VALUE}, "text 0"),
        Arguments.of("an end of 2^32", abc, new long[] {1L << 32}, "text 0"),
        Arguments.of("bytes that no text has", abc, new long[] {1, 2}, "end at 2 of 3"),
        Arguments.of("bytes and no text", abc, new long[0], "end at 0 of 3"),
        Arguments.of("no bytes and a text", new byte[0], new long[] {1}, "text 0"),
        Arguments.of(
            "an end within a character", new byte[] {'a', -61, -85}, new long[] {2, 3}, ""),
        Arguments.of("a lone byte", new byte[] {'a', -1, 'b'}, new long[] {1, 2, 3}, "text 1"),
        Arguments.of("a surrogate", new byte[] {-19, -96, -128}, new long[] {3}, "no UTF-8"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void badTextsAreRefused(String what, byte[] bytes, long[] ends, String message) {
    Path path = folder.resolve("texts.safetensors");
    new TensorFileWriter()
        .bytes("ids.utf8", bytes, bytes.length)
        .longs("ids.ends", ends, ends.length)
        .write(path);
    try (TensorFile file = TensorFile.open(path)) {
      assertThatThrownBy(() -> file.texts("ids"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(path.toString())
          .hasMessageContaining("ids")
          .hasMessageContaining(message);
    }
  }
}
