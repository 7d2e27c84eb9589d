// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  // Of the reversed polynomials.
  private static final int CRC_32 = 0xEDB88320;
  private static final int CRC_32C = 0x82F63B78;

  @Test
  void ofTheNineDigitsItIsThePublishedCheckValues() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(new Fingerprint().bytes(digits).digits()).isEqualTo("cbf43926e3069283");
  }

  @Test
  void itKeepsTheZerosInFront() {
    assertThat(new Fingerprint().digits()).isEqualTo("0000000000000000");
  }

  @Test
  void itIsTheChecksumsOfAllBytesOneByOneHoweverTheyAreGathered() {
    SplittableRandom random = new SplittableRandom(7);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Fingerprint fingerprint = new Fingerprint();
    for (int step = 0; step < 60; step++) {
      // Also nothing, and more than one run.
      int size = step % 9 == 0 ? 0 : random.nextInt(9_000);
      ByteBuffer expected = ByteBuffer.allocate(8 * size + 12).order(ByteOrder.LITTLE_ENDIAN);
      switch (step % 7) {
        case 0 -> {
          int[] numbers = random.ints(size).toArray();
          fingerprint.numbers(numbers);
          expected.asIntBuffer().put(numbers);
          expected.position(4 * size);
        }
        case 1 -> {
          long[] numbers = random.longs(size).toArray();
          fingerprint.numbers(numbers);
          expected.asLongBuffer().put(numbers);
          expected.position(8 * size);
        }
        case 2 -> {
          double[] numbers = random.doubles(size).toArray();
          fingerprint.numbers(numbers);
          expected.asDoubleBuffer().put(numbers);
          expected.position(8 * size);
        }
        case 3 -> {
          float[] numbers = new float[size];
          for (int p = 0; p < size; p++) {
            numbers[p] = (float) random.nextDouble();
          }
          fingerprint.numbers(numbers);
          expected.asFloatBuffer().put(numbers);
          expected.position(4 * size);
        }
        case 4 -> {
          byte[] some = new byte[size];
          random.nextBytes(some);
          fingerprint.bytes(some);
          expected.put(some);
        }
        case 5 -> {
          fingerprint.number(step).number(step / 3.0);
          expected.putInt(step).putDouble(step / 3.0);
        }
        default -> {
          String text = "ä€x".repeat(size);
          byte[] utf = text.getBytes(StandardCharsets.UTF_8);
          fingerprint.text(text);
          expected.putInt(utf.length);
          bytes.write(expected.array(), 0, 4);
          bytes.writeBytes(utf);
          expected.clear();
        }
      }
      bytes.write(expected.array(), 0, expected.position());
    }
    byte[] all = bytes.toByteArray();
    assertThat(fingerprint.digits()).isEqualTo(checksum(all, CRC_32) + checksum(all, CRC_32C));
  }

  private static String checksum(byte[] bytes, int polynomial) {
    int rest = -1;
    for (byte b : bytes) {
      rest ^= Byte.toUnsignedInt(b);
      for (int bit = 0; bit < 8; bit++) {
        rest = (rest >>> 1) ^ ((rest & 1) == 0 ? 0 : polynomial);
      }
    }
    return String.format(Locale.ROOT, "%08x", ~rest);
  }
}
