// SPDX-License-Identifier: Apache-2.0
/**
 * Text to features. {@link dev.pushwright.profile.text.TextAnalyzers} cuts text into words by
 * language, with the stop words, synonyms and dictionary of a shop ({@link
 * dev.pushwright.profile.text.TextRules}); {@link dev.pushwright.profile.text.TermMatrix} counts
 * and weighs them ({@link dev.pushwright.profile.text.TfIdf}); {@link
 * dev.pushwright.profile.text.Keywords} names those that tell most.
 */
@NullMarked
package dev.pushwright.profile.text;

import org.jspecify.annotations.NullMarked;
