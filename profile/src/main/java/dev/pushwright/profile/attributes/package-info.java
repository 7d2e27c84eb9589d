// SPDX-License-Identifier: Apache-2.0
/**
 * Attributes that some users have declared, inferred for the others from what they do. {@link
 * dev.pushwright.profile.attributes.AttributeInference} learns one attribute, and tells by
 * cross-validation how far it is to be trusted; the {@link
 * dev.pushwright.profile.attributes.InferredAttribute} it fits answers with a value and its
 * probability, or with "unknown".
 *
 * <p>Nothing here runs unless it is called. The learners are those of <a
 * href="https://tribuo.org">Tribuo</a>, an optional dependency: fitting needs {@code
 * org.tribuo:tribuo-classification-tree} or {@code org.tribuo:tribuo-classification-liblinear}; a
 * fitted or loaded model needs neither.
 *
 * <p><b>Sensitive attributes.</b> Gender, age, health, religion, origin and the like are protected
 * by law in many countries (in the European Union by articles 6, 9 and 22 of the GDPR). A guess
 * about them is personal data too, even a wrong one. Infer them only with the users' consent, tell
 * them, let them correct and erase the guess, and never decide to anybody's disadvantage by it: not
 * about prices, credit, jobs, housing or access. A user who declared the attribute, or declined to,
 * has answered: do not ask the model.
 */
@NullMarked
package dev.pushwright.profile.attributes;

import org.jspecify.annotations.NullMarked;
