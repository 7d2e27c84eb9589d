// SPDX-License-Identifier: Apache-2.0
/**
 * From who a user is to the features of an item the user would want, and from there to items of the
 * catalogue, tags and texts: by a variational autoencoder ({@link
 * dev.pushwright.textgen.features.VaeGenerator}, by name {@code vae}) or an adversarial network
 * ({@link dev.pushwright.textgen.features.GanGenerator}, {@code gan}).
 *
 * <pre>{@code
 * FeatureModel model = VaeGenerator.builder().build().fit(data, FitContext.standard());
 * for (Wish wish : model.wishes(profile, user, 7, 3)) {
 *   wish.items();   // the nearest of the catalogue, with their cosines
 *   wish.tags();    // fashion, clothes, women
 * }
 * model.report();   // how the training went: coverage, active units, whether it collapsed
 * }</pre>
 */
@NullMarked
package dev.pushwright.textgen.features;

import org.jspecify.annotations.NullMarked;
