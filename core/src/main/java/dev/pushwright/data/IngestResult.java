// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.util.Objects;

/**
 * What became of the files.
 *
 * @param dataset the data
 * @param report what was read, accepted, merged and rejected
 */
public record IngestResult(Dataset dataset, IngestReport report) {

  /** Checks that both are there. */
  public IngestResult {
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(report, "report");
  }
}
