// SPDX-License-Identifier: Apache-2.0
/**
 * The conformance kit: the contract of a plug-in as JUnit tests. Extend the class of your role and
 * override one method:
 *
 * <pre>{@code
 * class SharedTagsTest extends RecommenderConformance {
 *   @Override
 *   protected RecommenderProvider provider() {
 *     return new SharedTags();
 *   }
 * }
 * }</pre>
 *
 * <p>The roles are {@link dev.pushwright.testkit.ProfilerConformance}, {@link
 * dev.pushwright.testkit.RecommenderConformance} and {@link
 * dev.pushwright.testkit.ContentGeneratorConformance}. A {@link dev.pushwright.api.Capability} that
 * the provider declares is tried; the cases of one that it does not declare are reported as
 * skipped. For tests of your own there are {@link dev.pushwright.testkit.Checkerboard}, {@link
 * dev.pushwright.testkit.GoldenFiles}, {@link dev.pushwright.testkit.DamagedFiles} and {@link
 * dev.pushwright.testkit.GradientCheck}.
 */
@NullMarked
package dev.pushwright.testkit;

import org.jspecify.annotations.NullMarked;
