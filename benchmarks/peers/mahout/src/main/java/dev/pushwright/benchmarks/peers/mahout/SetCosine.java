// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers.mahout;

import java.util.Collection;
import org.apache.mahout.cf.taste.common.Refreshable;
import org.apache.mahout.cf.taste.common.TasteException;
import org.apache.mahout.cf.taste.impl.similarity.AbstractItemSimilarity;
import org.apache.mahout.cf.taste.model.DataModel;
import org.apache.mahout.cf.taste.similarity.PreferenceInferrer;
import org.apache.mahout.cf.taste.similarity.UserSimilarity;

/**
 * The cosine of binary data, as a user of Taste would add it: its own {@code
 * UncenteredCosineSimilarity} looks at what both have only, where binary data are all alike.
 */
final class SetCosine extends AbstractItemSimilarity implements UserSimilarity {

  SetCosine(DataModel data) {
    super(data);
  }

  @Override
  public double itemSimilarity(long one, long other) throws TasteException {
    DataModel data = getDataModel();
    return cosine(
        data.getNumUsersWithPreferenceFor(one, other),
        data.getNumUsersWithPreferenceFor(one),
        data.getNumUsersWithPreferenceFor(other));
  }

  @Override
  public double[] itemSimilarities(long one, long[] others) throws TasteException {
    DataModel data = getDataModel();
    int users = data.getNumUsersWithPreferenceFor(one);
    double[] similarities = new double[others.length];
    for (int p = 0; p < others.length; p++) {
      similarities[p] =
          cosine(
              data.getNumUsersWithPreferenceFor(one, others[p]),
              users,
              data.getNumUsersWithPreferenceFor(others[p]));
    }
    return similarities;
  }

  @Override
  public double userSimilarity(long one, long other) throws TasteException {
    var ofOne = getDataModel().getItemIDsFromUser(one);
    var ofOther = getDataModel().getItemIDsFromUser(other);
    int common =
        ofOne.size() < ofOther.size()
            ? ofOther.intersectionSize(ofOne)
            : ofOne.intersectionSize(ofOther);
    return cosine(common, ofOne.size(), ofOther.size());
  }

  /** NaN, Taste's word for "not similar", where there is nothing in common. */
  private static double cosine(int common, int one, int other) {
    return common == 0 ? Double.NaN : common / Math.sqrt((double) one * other);
  }

  @Override
  public void setPreferenceInferrer(PreferenceInferrer inferrer) {
    throw new UnsupportedOperationException("nothing is inferred");
  }

  @Override
  public void refresh(Collection<Refreshable> alreadyRefreshed) {
    // The data do not change.
  }
}
