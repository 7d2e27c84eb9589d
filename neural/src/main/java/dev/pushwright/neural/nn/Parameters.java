// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a network by name, in the order in which its layers asked for them. What a
 * parameter begins with depends on the seed and its name alone: a layer more changes no other.
 *
 * <p>Two networks made alike, one on this and one on a {@link #shard()} of it, are one network
 * twice: with the same values, and with buffers and gradients of their own.
 */
public final class Parameters {

  // What is larger has diverged, or is damage in a file.
  private static final float MAX_VALUE = 1e6f;

  private final long seed;
  private final @Nullable Parameters origin;
  private final Map<String, Parameter> byName = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();
  // The same without an iterator.
  private Parameter[] inOrder = {};
  private @Nullable Gradients gradients;

  /**
   * No parameters yet.
   *
   * @param seed drives what they begin with
   */
  public Parameters(long seed) {
    this(seed, null);
  }

  private Parameters(long seed, @Nullable Parameters origin) {
    this.seed = seed;
    this.origin = origin;
  }

  /**
   * Asks for a matrix.
   *
   * @param name its name, not asked for yet
   * @param rows R, at least 1
   * @param columns C, at least 1
   * @param initializer what it begins with
   * @return the parameter
   * @throws IllegalArgumentException when the name is taken, a number is out of range, or this is a
   *     shard and the original has no such parameter
   */
  public Parameter matrix(String name, int rows, int columns, Initializer initializer) {
    return ask(name, rows, columns, false, initializer);
  }

  /**
   * Asks for a table, which is looked up by row and whose gradients are sparse.
   *
   * @param name its name, not asked for yet
   * @param rows R, at least 1
   * @param columns C, at least 1
   * @param initializer what it begins with
   * @return the parameter
   * @throws IllegalArgumentException as {@link #matrix} does
   */
  public Parameter table(String name, int rows, int columns, Initializer initializer) {
    return ask(name, rows, columns, true, initializer);
  }

  private Parameter ask(
      String name, int rows, int columns, boolean table, Initializer initializer) {
    if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "parameter "
              + name
              + " is "
              + rows
              + " × "
              + columns
              + "; 1 to 2³¹ numbers are possible");
    }
    if (!asked.add(name)) {
      throw new IllegalArgumentException("two parameters are named " + name);
    }
    Parameter known = byName.get(name);
    if (known == null && origin != null) {
      known = origin.get(name).shared(origin.get(name).isFrozen());
    }
    if (known == null) {
      float[] values = new float[rows * columns];
      initializer.fill(values, rows, columns, CounterRandom.key(seed, hash(name)));
      known = new Parameter(name, rows, columns, table, values, false);
    } else if (known.rows() != rows || known.columns() != columns || known.isTable() != table) {
      throw new IllegalArgumentException(
          "parameter " + known + " is asked for as " + rows + "×" + columns);
    }
    byName.put(name, known);
    known.into(Gradients.dense(known), Gradients.sparse(known));
    gradients = null;
    inOrder = byName.values().toArray(new Parameter[0]);
    return known;
  }

  private static long hash(String name) {
    long hash = 0;
    for (int c = 0; c < name.length(); c++) {
      hash = 31 * hash + name.charAt(c);
    }
    return hash;
  }

  /**
   * Takes in a parameter of another network, to be found when a layer asks for its name. The values
   * are shared.
   *
   * @param parameter the parameter
   * @param freeze whether it stays as it is when this network learns
   * @throws IllegalArgumentException when the name is taken
   */
  public void adopt(Parameter parameter, boolean freeze) {
    if (byName.putIfAbsent(parameter.name(), parameter.shared(freeze)) != null) {
      throw new IllegalArgumentException("two parameters are named " + parameter.name());
    }
  }

  /**
   * Parameters of the same values and with gradients of their own, for another network like the one
   * made on these.
   *
   * @return empty until layers ask
   */
  public Parameters shard() {
    return new Parameters(seed, this);
  }

  /**
   * The parameters.
   *
   * @return a snapshot in the order in which they were asked for
   */
  public List<Parameter> all() {
    return Collections.unmodifiableList(new ArrayList<>(byName.values()));
  }

  /**
   * A parameter.
   *
   * @param name its name
   * @return the parameter
   * @throws IllegalArgumentException when there is none, listing those there are
   */
  public Parameter get(String name) {
    Parameter found = byName.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no parameter " + name + "; there are " + byName.keySet());
    }
    return found;
  }

  /**
   * How many numbers there are in all.
   *
   * @return the sum of R·C
   */
  public long size() {
    return byName.values().stream().mapToLong(p -> p.values().length).sum();
  }

  /** Sets all gradients to 0. */
  public void clearGradients() {
    gradients().clear();
  }

  /** Where gradients go. */
  Gradients gradients() {
    Gradients own = gradients;
    if (own == null) {
      own = Gradients.own(all());
      gradients = own;
    }
    return own;
  }

  /** From now on gradients go there, made for the same parameters in the same order. */
  void into(Gradients other) {
    gradients = other;
    for (int p = 0; p < inOrder.length; p++) {
      inOrder[p].into(other.dense(p), other.sparse(p));
    }
  }

  /**
   * Copies all values.
   *
   * @return by parameter in the order of {@link #all()}
   */
  public float[][] copyValues() {
    return byName.values().stream().map(p -> p.values().clone()).toArray(float[][]::new);
  }

  /**
   * Sets all values.
   *
   * @param values what {@link #copyValues} gave
   */
  public void setValues(float[][] values) {
    int p = 0;
    for (Parameter parameter : byName.values()) {
      System.arraycopy(values[p], 0, parameter.values(), 0, parameter.values().length);
      p++;
    }
  }

  /**
   * Looks for what is no number, or too large for one.
   *
   * @return the name of a parameter, the place and the value; empty when all are sound
   */
  public String unsound() {
    for (Parameter parameter : byName.values()) {
      int at = unsound(parameter.values());
      if (at >= 0) {
        return parameter.name()
            + "["
            + at / parameter.columns()
            + ", "
            + at % parameter.columns()
            + "] is "
            + parameter.values()[at];
      }
    }
    return "";
  }

  private static int unsound(float[] values) {
    for (int v = 0; v < values.length; v++) {
      if (!(Math.abs(values[v]) <= MAX_VALUE)) {
        return v;
      }
    }
    return -1;
  }

  /**
   * Writes all values, each parameter under its name.
   *
   * @param out a section of its own
   */
  public void save(ModelWriter out) {
    for (Parameter parameter : byName.values()) {
      out.floats(parameter.name(), parameter.values(), parameter.rows(), parameter.columns());
    }
  }

  /**
   * Reads what {@link #save} wrote, into parameters of the same names and shapes.
   *
   * @param in the section
   * @throws dev.pushwright.io.ModelFormatException when one is missing, of another shape, or holds
   *     what is no number
   */
  public void read(ModelReader in) {
    for (Parameter parameter : byName.values()) {
      float[] values = in.floats(parameter.name(), parameter.rows(), parameter.columns());
      int at = unsound(values);
      if (at >= 0) {
        throw in.damaged(parameter.name() + " holds " + values[at] + " at " + at);
      }
      System.arraycopy(values, 0, parameter.values(), 0, values.length);
    }
  }
}
