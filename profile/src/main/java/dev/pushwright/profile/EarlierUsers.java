// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import dev.pushwright.profile.text.SparseVector;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the first version of the file keeps of the users: the tags of each one's profile, and the
 * purchases in short. A model read from such a file gives the profiles it gave, and takes in no
 * events.
 */
final class EarlierUsers {

  private final SparseRows tags;
  private final @Nullable Purchases[] purchases;

  private EarlierUsers(SparseRows tags, @Nullable Purchases[] purchases) {
    this.tags = tags;
    this.purchases = purchases;
  }

  SparseVector tags(int user) {
    int start = tags.start(user);
    double[] values = new double[tags.end(user) - start];
    for (int p = 0; p < values.length; p++) {
      values[p] = tags.value(start + p);
    }
    return new SparseVector(tags.rowColumns(user), values, values.length);
  }

  Optional<Purchases> purchases(int user) {
    return Optional.ofNullable(purchases[user]);
  }

  double[] payments() {
    return Arrays.stream(purchases)
        .mapToDouble(bought -> bought == null ? 0 : bought.paid())
        .filter(paid -> paid > 0)
        .toArray();
  }

  void save(ModelWriter out) {
    tags.save(out.section("userTags"));
    Purchases.save(out.section("purchases"), purchases);
  }

  /** Reads what {@link #save} wrote. */
  static EarlierUsers read(ModelReader in, int users, int terms) {
    SparseRows tags = SparseRows.read(in.section("userTags"), users, terms);
    TfIdfModel.requireShares(in, "userTags", tags);
    return new EarlierUsers(tags, Purchases.read(in.section("purchases"), users));
  }
}
