// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.math.Matmul;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where a model comes from: enough to fit it again.
 *
 * @param algorithm the name its provider goes by, such as {@code item-knn}
 * @param options every option with the value it had, defaults included, sorted by name
 * @param data the {@linkplain dev.pushwright.data.Dataset#fingerprint() fingerprint} of the data it
 *     was fitted to
 * @param version the version of Pushwright that fitted it
 * @param matmul the {@linkplain Matmul#tier() tier} that matrices were multiplied by where it was
 *     fitted, on which the last bits of some models depend; empty where it is not known, as in
 *     files that do not tell
 */
public record Provenance(
    String algorithm, Map<String, String> options, String data, String version, String matmul) {

  private static final String VERSION = readVersion();

  /** Copies the options. */
  public Provenance {
    Objects.requireNonNull(algorithm, "algorithm");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(matmul, "matmul");
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /**
   * The provenance of a model fitted now, by this version of the library and the tier of {@link
   * Matmul} that is in use.
   *
   * @param algorithm the name its provider goes by
   * @param options every option with its value
   * @param data the fingerprint of the data
   * @return the provenance
   */
  public static Provenance of(String algorithm, Map<String, String> options, String data) {
    return new Provenance(algorithm, options, data, VERSION, Matmul.tier());
  }

  /**
   * The provenance of a model that took in more events.
   *
   * @param events how many, at least 0
   * @return this with the number added to {@link #data}, as in {@code 1f2e…+12}
   */
  public Provenance updated(int events) {
    return events == 0
        ? this
        : new Provenance(algorithm, options, data + "+" + events, version, matmul);
  }

  private static String readVersion() {
    Properties properties = new Properties();
    try (InputStream in = Provenance.class.getResourceAsStream("version.properties")) {
      properties.load(Objects.requireNonNull(in, "version.properties is missing from the jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
