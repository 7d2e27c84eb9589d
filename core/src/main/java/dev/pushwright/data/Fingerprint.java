// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * A digest of 64 bits: CRC-32 and CRC-32C of the same bytes side by side, numbers in little-endian
 * order and texts as their length in bytes and UTF-8. It tells data apart that differ by chance or
 * by mistake; it is no defence against somebody who wants two data sets to look alike. The
 * checksums run outside of the bytecode, and arrays are handed to them whole: a program that has
 * just begun spends no time on compiling it. Not thread-safe.
 */
final class Fingerprint {

  // Two columns of it lie in the fastest cache.
  private static final int RUN_BYTES = 1 << 14;

  private final CRC32 first = new CRC32();
  private final CRC32C second = new CRC32C();
  private final byte[] bytes = new byte[RUN_BYTES];
  private final ByteBuffer run = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

  Fingerprint number(int number) {
    room(Integer.BYTES).putInt(number);
    return this;
  }

  Fingerprint number(double number) {
    room(Double.BYTES).putDouble(number);
    return this;
  }

  Fingerprint text(String text) {
    byte[] utf = text.getBytes(StandardCharsets.UTF_8);
    number(utf.length);
    if (utf.length <= RUN_BYTES) {
      room(utf.length).put(utf);
      return this;
    }
    return bytes(utf);
  }

  Fingerprint bytes(byte[] some) {
    flush();
    update(some, some.length);
    return this;
  }

  Fingerprint numbers(int[] numbers) {
    return runs(
        numbers.length, Integer.BYTES, (from, size) -> run.asIntBuffer().put(numbers, from, size));
  }

  Fingerprint numbers(long[] numbers) {
    return runs(
        numbers.length, Long.BYTES, (from, size) -> run.asLongBuffer().put(numbers, from, size));
  }

  Fingerprint numbers(double[] numbers) {
    return runs(
        numbers.length,
        Double.BYTES,
        (from, size) -> run.asDoubleBuffer().put(numbers, from, size));
  }

  Fingerprint numbers(float[] numbers) {
    return runs(
        numbers.length, Float.BYTES, (from, size) -> run.asFloatBuffer().put(numbers, from, size));
  }

  /** Puts numbers from one on, so many, at the beginning of {@link #run}. */
  private interface Fill {
    void at(int from, int size);
  }

  private Fingerprint runs(int length, int bytesEach, Fill fill) {
    flush();
    int most = RUN_BYTES / bytesEach;
    for (int from = 0; from < length; from += most) {
      int size = Math.min(most, length - from);
      fill.at(from, size);
      update(bytes, size * bytesEach);
    }
    return this;
  }

  private ByteBuffer room(int size) {
    if (run.remaining() < size) {
      flush();
    }
    return run;
  }

  private void flush() {
    update(bytes, run.position());
    run.clear();
  }

  private void update(byte[] from, int length) {
    first.update(from, 0, length);
    second.update(from, 0, length);
  }

  /** The digest of all so far, as 16 hexadecimal digits; the digest goes on. */
  String digits() {
    flush();
    return hex(first.getValue()) + hex(second.getValue());
  }

  private static String hex(long checksum) {
    // A digit more in front, so that zeros stay.
    return Long.toHexString(checksum | 1L << 32).substring(1);
  }
}
