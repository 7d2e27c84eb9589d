// SPDX-License-Identifier: Apache-2.0
/**
 * Model files: named tensors and text in the safetensors layout, which other languages read too.
 * {@link dev.pushwright.io.TensorFileWriter} writes one, whole or not at all; {@link
 * dev.pushwright.io.TensorFile} reads one, and trusts nothing in it. Models see neither: they write
 * their parts to a {@link dev.pushwright.io.ModelWriter} and take them from a {@link
 * dev.pushwright.io.ModelReader}.
 */
@NullMarked
package dev.pushwright.io;

import org.jspecify.annotations.NullMarked;
