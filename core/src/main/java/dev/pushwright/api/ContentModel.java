// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

/** Writes messages. Immutable and thread-safe. */
public interface ContentModel extends Model {

  /**
   * Writes a message. Nothing leaves that fails one of the {@link ContentChecks}; the same request
   * gives the same text.
   *
   * @param request to whom, about what, where and how
   * @return the text, or a refusal that says why there is none
   */
  ContentResult generate(ContentRequest request);
}
