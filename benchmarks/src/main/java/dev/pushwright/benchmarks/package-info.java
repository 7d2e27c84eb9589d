// SPDX-License-Identifier: Apache-2.0
/**
 * How fast and how good. The suites set what the library does beside the way it would be done
 * without it; each answer is unit-tested. Run them with {@code java -jar
 * benchmarks/target/benchmarks.jar}, which takes JMH's options.
 */
@NullMarked
package dev.pushwright.benchmarks;

import org.jspecify.annotations.NullMarked;
