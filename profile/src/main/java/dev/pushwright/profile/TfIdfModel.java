// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.UserProfile.Rfm;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import dev.pushwright.profile.text.SparseVector;
import dev.pushwright.profile.text.TfIdf;
import dev.pushwright.profile.text.Vocabulary;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.Settings;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link TfIdfProfiler} has learnt. Keeps the item vectors and, of each user, the tags a
 * profile lists (8 bytes each) and the purchases in short: the memory is O(terms of all items +
 * users · maxTags), however many events there were.
 */
final class TfIdfModel implements ProfileModel {

  static final Set<Capability> CAPABILITIES = Set.of(Capability.FOLD_IN);

  private final Provenance provenance;
  private final Words words;
  private final Vocabulary vocabulary;
  private final Interests interests;
  private final int maxTags;
  private final Instant trainedAt;
  private final IdIndex users;
  private final SparseRows userTags;
  private final SparseVector everybody;
  private final @Nullable Purchases[] purchases;
  private final double[] payments;

  /**
   * A model.
   *
   * @param provenance where it comes from
   * @param words how text is cut into words
   * @param vocabulary the terms
   * @param interests folds in a history
   * @param maxTags how many tags a profile lists
   * @param trainedAt the instant of the last event
   * @param users the users
   * @param userTags users × terms: the heaviest of each
   * @param everybody the heaviest of the mean user
   * @param purchases one for each user, null for one who bought nothing; not copied
   */
  TfIdfModel(
      Provenance provenance,
      Words words,
      Vocabulary vocabulary,
      Interests interests,
      int maxTags,
      Instant trainedAt,
      IdIndex users,
      SparseRows userTags,
      SparseVector everybody,
      @Nullable Purchases[] purchases) {
    this.provenance = provenance;
    this.words = words;
    this.vocabulary = vocabulary;
    this.interests = interests;
    this.maxTags = maxTags;
    this.trainedAt = trainedAt;
    this.users = users;
    this.userTags = userTags;
    this.everybody = everybody;
    this.purchases = purchases;
    double[] paid = new double[purchases.length];
    int size = 0;
    for (Purchases bought : purchases) {
      if (bought != null && bought.paid() > 0) {
        paid[size++] = bought.paid();
      }
    }
    this.payments = Arrays.copyOf(paid, size);
    Arrays.sort(payments);
  }

  @Override
  public void save(ModelWriter out) {
    words.save(out.section("words"));
    vocabulary.save(out.section("vocabulary"));
    interests.save(out);
    out.instant("at", trainedAt);
    users.save(out, "users");
    userTags.save(out.section("userTags"));
    everybody.save(out.section("everybody"));
    Purchases.save(out.section("purchases"), purchases);
  }

  /** Reads what {@link #save} wrote. */
  static TfIdfModel read(ModelReader in, Settings settings, Provenance provenance, Words words) {
    Vocabulary vocabulary = Vocabulary.read(in.section("vocabulary"), TfIdf.standard());
    Interests interests =
        Interests.read(in, vocabulary, words.analyzer(), CommonOptions.weighting(settings));
    IdIndex users = IdIndex.read(in, "users");
    SparseRows userTags = SparseRows.read(in.section("userTags"), users.size(), vocabulary.size());
    requireShares(in, "userTags", userTags);
    return new TfIdfModel(
        provenance,
        words,
        vocabulary,
        interests,
        settings.get(TfIdfProfiler.MAX_TAGS),
        in.instant("at"),
        users,
        userTags,
        SparseVector.read(in.section("everybody"), vocabulary.size()),
        Purchases.read(in.section("purchases"), users.size()));
  }

  /** Refuses values that no share and no vector of length 1 has; rounding may pass 1 a little. */
  static void requireShares(ModelReader in, String name, SparseRows rows) {
    for (int p = 0; p < rows.size(); p++) {
      if (!(rows.value(p) > 0 && rows.value(p) < 1.001f)) {
        throw in.damaged(name + " hold " + rows.value(p) + "; numbers from 0 to 1 are needed");
      }
    }
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public UserProfile profile(ProfileQuery query) {
    Instant at = query.at().orElse(trainedAt);
    if (query.history().isPresent()) {
      List<Event> history = query.history().get();
      SparseVector tags = interests.of(history, at).heaviest(maxTags);
      return profile(query.userId(), Basis.HISTORY, tags, Purchases.of(history), at);
    }
    OptionalInt user = users.find(query.userId());
    if (user.isEmpty()) {
      return profile(query.userId(), Basis.EVERYBODY, everybody, Optional.empty(), at);
    }
    int u = user.getAsInt();
    return profile(
        query.userId(), Basis.TRAINED, trainedTags(u), Optional.ofNullable(purchases[u]), at);
  }

  private SparseVector trainedTags(int user) {
    int start = userTags.start(user);
    double[] values = new double[userTags.end(user) - start];
    for (int p = 0; p < values.length; p++) {
      values[p] = userTags.value(start + p);
    }
    return new SparseVector(userTags.rowColumns(user), values, values.length);
  }

  private UserProfile profile(
      String userId, Basis basis, SparseVector own, Optional<Purchases> bought, Instant at) {
    boolean fallback = own.size() == 0;
    SparseVector tags = fallback ? everybody : own;
    UserProfile.Builder profile = UserProfile.builder(userId, fallback ? Basis.EVERYBODY : basis);
    double total = 0;
    for (int p = 0; p < tags.size(); p++) {
      total += tags.value(p);
    }
    for (int p = 0; p < tags.size(); p++) {
      profile.tag(vocabulary.label(tags.term(p)), tags.value(p) / total);
    }
    bought.ifPresent(
        b ->
            profile.rfm(
                new Rfm(
                    Math.max(0, EventWeights.days(b.last(), at)),
                    b.occasions(),
                    b.paid(),
                    b.percentile(payments))));
    return profile.build();
  }
}
