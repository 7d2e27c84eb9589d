// SPDX-License-Identifier: Apache-2.0
/**
 * The three roles and what they exchange. In each role an <em>algorithm</em> (configured, reusable)
 * is fitted to data and gives a <em>model</em> (immutable, thread-safe): {@link
 * dev.pushwright.api.Profiler} gives a {@link dev.pushwright.api.ProfileModel}, {@link
 * dev.pushwright.api.Recommender} a {@link dev.pushwright.api.RecommenderModel}, {@link
 * dev.pushwright.api.ContentGenerator} a {@link dev.pushwright.api.ContentModel}.
 */
@NullMarked
package dev.pushwright.api;

import org.jspecify.annotations.NullMarked;
