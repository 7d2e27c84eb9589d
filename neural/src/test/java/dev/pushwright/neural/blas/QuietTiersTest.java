// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pushwright.math.Matmul;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine may lack any of what the native tiers need. Each case runs in a JVM of its own, which
 * prints its tier, then a digest of products whose sums are exact in any order.
 */
class QuietTiersTest {

  @TempDir Path folder;

  /** What the other JVM runs. */
  static final class Products {
    private Products() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      SplittableRandom random = new SplittableRandom(1);
      long digest = 0;
      for (int size : new int[] {3, 40, 130}) {
        float[] a = new float[size * size];
        float[] b = new float[size * size];
        float[] c = new float[size * size];
        for (int i = 0; i < a.length; i++) {
          a[i] = random.nextInt(-8, 9);
          b[i] = random.nextInt(-8, 9) / 4f;
        }
        Matmul.sgemm(false, true, size, size, size, 1, a, 0, size, b, 0, size, 0, c, 0, size, 2);
        for (float element : c) {
          digest = digest * 31 + Float.floatToIntBits(element + 0f);
        }
      }
      System.out.println(Matmul.tier());
      System.out.println(digest);
    }
  }

  private ForkedJvm jvm() {
    return new ForkedJvm(folder)
        .flags(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Dslf4j.internal.verbosity=ERROR",
            "-Dslf4j.provider=" + PrintingLog.class.getName());
  }

  private static void expect(ForkedJvm.Result result, String tier, String... told) {
    // What a JVM from 20 on says itself about a temporary folder is not ours.
    assertThat(result.err().replace("WARNING: java.io.tmpdir directory does not exist\n", ""))
        .isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(result.out()).as("one line of log, the tier, the digest").hasSize(3);
    assertThat(result.out().get(0))
        .startsWith("INFO dev.pushwright.math.Matmul - matrix products: " + tier);
    for (String reason : told) {
      assertThat(result.out().get(0)).contains(reason);
    }
    assertThat(result.out().subList(1, 3)).containsExactly(tier, digest());
  }

  /** By the loop. */
  private static String digest() {
    SplittableRandom random = new SplittableRandom(1);
    long digest = 0;
    for (int size : new int[] {3, 40, 130}) {
      float[] a = new float[size * size];
      float[] b = new float[size * size];
      for (int i = 0; i < a.length; i++) {
        a[i] = random.nextInt(-8, 9);
        b[i] = random.nextInt(-8, 9) / 4f;
      }
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          double sum = 0;
          for (int l = 0; l < size; l++) {
            sum += a[i * size + l] * b[j * size + l];
          }
          digest = digest * 31 + Float.floatToIntBits((float) sum + 0f);
        }
      }
    }
    return String.valueOf(digest);
  }

  @Test
  void withoutAnyNativeJavaAnswers() throws Exception {
    expect(
        jvm().without(jar -> jar.contains("openblas") || jar.contains("jblas")).run(Products.class),
        "java",
        "openblas: org.bytedeco:openblas is not on the class path");
    expect(
        jvm()
            .flags("-XX:ActiveProcessorCount=1")
            .without(jar -> jar.contains("linux-x86_64") || jar.contains("jblas"))
            .run(Products.class),
        "java",
        "openblas: org.bytedeco:openblas has no natives of this platform on the class path",
        "jblas: ");
  }

  @Test
  void withTheNativesOpenBlasAnswers() throws Exception {
    OpenBlasConformanceTest.started(new OpenBlasProvider());
    expect(jvm().run(Products.class), "openblas");
  }

  @Test
  void withoutLibgfortranJavaAnswers() throws Exception {
    assumeFalse(JblasAlone.loads(folder), "jblas loads here");
    // On one processor it is tried before Java.
    expect(
        jvm()
            .flags("-XX:ActiveProcessorCount=1")
            .without(jar -> jar.contains("openblas"))
            .run(Products.class),
        "java",
        "jblas: its native library does not load");
  }

  @Test
  void jblasAnswersWhereItLoads() throws Exception {
    assumeTrue(JblasAlone.loads(folder), "jblas does not load here");
    expect(jvm().flags("-Dpushwright.matmul=jblas").run(Products.class), "jblas");
  }

  @Test
  void withAnUnusableTemporaryFolderJavaAnswers() throws Exception {
    // Below a file no folder can be made, whoever runs the test.
    Path file = Files.createFile(folder.resolve("file"));
    ForkedJvm.Result result =
        jvm()
            .flags(
                "-XX:ActiveProcessorCount=1",
                "-Djava.io.tmpdir=" + file.resolve("tmp"),
                "-Duser.home=" + file.resolve("home"))
            .run(Products.class);
    expect(
        result,
        "java",
        "openblas: its native library does not load",
        "jblas: its native library cannot be unpacked to the temporary folder");
  }

  @Test
  void aForcedTierThatIsMissingSaysSo() throws Exception {
    ForkedJvm.Result result =
        jvm()
            .flags("-Dpushwright.matmul=openblas")
            .without(jar -> jar.contains("openblas"))
            .run(Products.class);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(
            "-Dpushwright.matmul=openblas: this tier does not work here: org.bytedeco:openblas is"
                + " not on the class path; found are openblas, java, jblas");
  }
}
