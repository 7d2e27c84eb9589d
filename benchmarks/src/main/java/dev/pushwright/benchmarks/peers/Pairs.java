// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who rated what: the data that every library gets, by number.
 *
 * @param users how many users; their numbers are from 0
 * @param items how many items; their numbers are from 0
 * @param user of each rating, ascending
 * @param item of each rating, each user's ascending and different
 * @param rating of each rating, from 1 to 5; work on binary data does not look at it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Pairs(int users, int items, int[] user, int[] item, float[] rating) {

  /** Checks what {@link Probe} and the libraries rely on. */
  public Pairs {
    if (user.length != item.length || user.length != rating.length) {
      throw new IllegalArgumentException(
          user.length + " users, " + item.length + " items, " + rating.length + " ratings");
    }
    for (int p = 0; p < user.length; p++) {
      if (user[p] < 0 || user[p] >= users || item[p] < 0 || item[p] >= items) {
        throw new IllegalArgumentException(
            "row " + p + ": user " + user[p] + " of " + users + ", item " + item[p] + " of "
                + items);
      }
      if (p > 0 && (user[p] < user[p - 1] || (user[p] == user[p - 1] && item[p] <= item[p - 1]))) {
        throw new IllegalArgumentException("row " + p + " does not come after the one before it");
      }
    }
  }

  /**
   * How many ratings there are.
   *
   * @return the number
   */
  public int size() {
    return user.length;
  }

  /**
   * Where each user's ratings begin.
   *
   * @return {@code users} + 1 positions: user u has those from {@code [u]} to before {@code [u +
   *     1]}
   */
  public int[] starts() {
    int[] starts = new int[users + 1];
    for (int u : user) {
      starts[u + 1]++;
    }
    for (int u = 0; u < users; u++) {
      starts[u + 1] += starts[u];
    }
    return starts;
  }

  /**
   * Writes a file that {@link #read} reads.
   *
   * @param file the file
   * @throws IOException when it cannot be written
   */
  public void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(users + "\t" + items + "\t" + size() + "\n");
      for (int p = 0; p < size(); p++) {
        out.write(user[p] + "\t" + item[p] + "\t" + rating[p] + "\n");
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param file the file
   * @return the ratings
   * @throws IOException when it cannot be read
   */
  public static Pairs read(Path file) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      String[] sizes = fields(file, in.readLine());
      int size = Integer.parseInt(sizes[2]);
      int[] user = new int[size];
      int[] item = new int[size];
      float[] rating = new float[size];
      for (int p = 0; p < size; p++) {
        String[] row = fields(file, in.readLine());
        user[p] = Integer.parseInt(row[0]);
        item[p] = Integer.parseInt(row[1]);
        rating[p] = Float.parseFloat(row[2]);
      }
      return new Pairs(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), user, item, rating);
    }
  }

  private static String[] fields(Path file, @Nullable String line) throws IOException {
    String[] fields = line == null ? new String[0] : line.split("\t", -1);
    if (fields.length != 3) {
      throw new IOException(file + ": three columns are expected, there is " + line);
    }
    return fields;
  }
}
