// SPDX-License-Identifier: Apache-2.0
/**
 * Recommenders. Each is one class whose comment is its theory, can be built by type or asked for by
 * name through {@link dev.pushwright.spi.Plugins}, and is fitted, saved, loaded and asked like any
 * other:
 *
 * <ul>
 *   <li>neighbours: {@link dev.pushwright.cf.ItemKnn}, {@link dev.pushwright.cf.UserKnn};
 *   <li>one matrix of items by items: {@link dev.pushwright.cf.Ease}, {@link
 *       dev.pushwright.cf.Slim}, {@link dev.pushwright.cf.Rp3Beta};
 *   <li>factors of what users did: {@link dev.pushwright.cf.Als}, {@link dev.pushwright.cf.Bpr};
 *   <li>predicted ratings: {@link dev.pushwright.cf.Baseline}, {@link dev.pushwright.cf.BiasedMf},
 *       {@link dev.pushwright.cf.SvdPlusPlus}, {@link dev.pushwright.cf.ExplicitAls};
 *   <li>what the items are: {@link dev.pushwright.cf.ContentRecommender};
 *   <li>what everybody likes: {@link dev.pushwright.cf.PopularityRecommender};
 *   <li>several at once: {@link dev.pushwright.cf.Hybrid}.
 * </ul>
 */
@NullMarked
package dev.pushwright.cf;

import org.jspecify.annotations.NullMarked;
