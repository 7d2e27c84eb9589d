// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/**
 * Random numbers that are computed from a key and a position instead of drawn one after the other:
 * any thread gets at any of them at once, they need no memory, and a training that goes on from a
 * checkpoint finds the same. The mixing function is that of SplitMix64 [1].
 *
 * <p>[1] G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014. [2] R. Durstenfeld, "Algorithm 235: random permutation", Communications of the ACM
 * 7(7), 1964.
 */
public final class CounterRandom {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private CounterRandom() {}

  /**
   * A key of its own for a part of the work, such as an epoch.
   *
   * @param key the key of the whole
   * @param part which part
   * @return a key
   */
  public static long key(long key, long part) {
    return mix(mix(key + GOLDEN) ^ (part + 1) * GOLDEN);
  }

  /**
   * Random bits.
   *
   * @param key the key
   * @param position the position
   * @return 64 bits
   */
  public static long bits(long key, long position) {
    return mix(key + (position + 1) * GOLDEN);
  }

  /**
   * A random integer.
   *
   * @param key the key
   * @param position the position
   * @param bound above 0
   * @return from 0 to bound − 1, each as likely as the others to within bound / 2⁶³
   */
  public static int below(long key, long position, int bound) {
    return (int) Math.multiplyHigh(bits(key, position) >>> 1, (long) bound << 1);
  }

  /**
   * A random number.
   *
   * @param key the key
   * @param position the position
   * @return from 0 (inclusive) to 1 (exclusive), a multiple of 2⁻²⁴
   */
  public static float uniform(long key, long position) {
    return (bits(key, position) >>> 40) * 0x1p-24f;
  }

  /**
   * A random number of the standard normal distribution, by the method of Box and Muller.
   *
   * @param key the key
   * @param position the position
   * @return a finite number
   */
  public static double gaussian(long key, long position) {
    double u = ((bits(key, 2 * position) >>> 11) + 1) * 0x1p-53;
    double angle = 2 * Math.PI * ((bits(key, 2 * position + 1) >>> 11) * 0x1p-53);
    return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(angle);
  }

  /**
   * A random order, by the method of Durstenfeld [2].
   *
   * @param key the key
   * @param n how many there are, at least 0
   * @return the numbers from 0 to n − 1
   */
  public static int[] permutation(long key, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int other = below(key, i, i + 1);
      int moved = order[i];
      order[i] = order[other];
      order[other] = moved;
    }
    return order;
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
