// SPDX-License-Identifier: Apache-2.0
/**
 * The layers that models are built from by hand: each is one class with {@code forward} and {@code
 * backward}, and knows its own gradient; there is no graph and no tensor type. A network is a class
 * that holds layers and calls them one after the other, and backwards in the opposite order.
 *
 * <pre>{@code
 * final class Classifier {
 *   private final Dense hidden;
 *   private final Activation relu = new Activation(Activation.Function.RELU);
 *   private final Dense out;
 *
 *   Classifier(Parameters parameters) {
 *     hidden = new Dense(parameters, "hidden", 20, 64, Initializer.he());
 *     out = new Dense(parameters, "out", 64, 3, Initializer.glorot());
 *   }
 *
 *   float[] forward(float[] x, int rows) {
 *     return out.forward(relu.forward(hidden.forward(x, rows), rows * 64), rows);
 *   }
 *
 *   void backward(float[] dy) {
 *     hidden.backward(relu.backward(out.backward(dy)));
 *   }
 * }
 *
 * Parameters parameters = new Parameters(seed);
 * Classifier network = new Classifier(parameters);
 * Optimizer adam = Optimizer.adam(0.001).build(parameters);
 * SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(3);
 * double sum = loss.forward(network.forward(x, rows), labels, rows);
 * network.backward(loss.backward(1f / rows));
 * adam.step();
 * }</pre>
 *
 * <p><b>Arrays.</b> Everything is float32 and row-major; a batch is B rows. A sequence model gives
 * a batch of B sequences of T steps as B·T rows. What {@code forward} and {@code backward} return
 * is the layer's own buffer: it is valid until the next call, may be longer than the rows need, and
 * belongs to the layer. What is passed in is not changed and has to stay as it is until {@code
 * backward} is done. After the largest batch was seen nothing is allocated any more.
 *
 * <p><b>Parameters</b> are registered by name in {@link dev.pushwright.neural.nn.Parameters}, which
 * saves and reads them. Gradients add up from one {@code backward} to the next, until {@link
 * dev.pushwright.neural.nn.Optimizer#step()} uses and clears them.
 *
 * <p><b>Threads.</b> A layer is used by one thread at a time. {@link
 * dev.pushwright.neural.nn.DataParallel} works a batch in chunks on several threads, with a network
 * of its own for each, and sums the gradients in the order of the chunks: same bits on 1 thread and
 * on 8.
 */
@NullMarked
package dev.pushwright.neural.nn;

import org.jspecify.annotations.NullMarked;
