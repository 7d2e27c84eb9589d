// SPDX-License-Identifier: Apache-2.0
/**
 * How a plug-in is written, registered, tested and used.
 *
 * <p>A plug-in fills one of the roles: it provides a {@link dev.pushwright.api.Profiler} (who is
 * the user?), a {@link dev.pushwright.api.Recommender} (what to show?) or a {@link
 * dev.pushwright.api.ContentGenerator} (what to write?). In each, the <em>provider</em> says what
 * can be set and makes an <em>algorithm</em>, the algorithm is fitted to data, and the fit gives an
 * immutable, thread-safe <em>model</em> that answers. A fourth, smaller role provides a {@link
 * dev.pushwright.api.TextAnalyzer} (which words is this text made of?), which has no model; all
 * else here holds for it too.
 *
 * <h2>1. Write it</h2>
 *
 * <p>Implement {@link dev.pushwright.spi.ProfilerProvider}, {@link
 * dev.pushwright.spi.RecommenderProvider} or {@link dev.pushwright.spi.ContentGeneratorProvider} in
 * a public class with a public constructor without arguments. Each option is an {@link
 * dev.pushwright.spi.OptionSpec}, where its default stands once; {@link
 * dev.pushwright.spi.OptionSet#resolve} checks what users give. The model of a recommender extends
 * {@link dev.pushwright.spi.ScoringModel}: you write the scores, and filters, limit, order, ties,
 * fallbacks and shortfall are done for you. Long work goes through {@link
 * dev.pushwright.api.FitContext#forBlocks}, which brings threads, progress and cancellation; short
 * work calls {@link dev.pushwright.api.FitContext#checkCancelled()}. A whole plug-in:
 *
 * <pre>{@code
 * package com.example;
 *
 * import dev.pushwright.api.Capability;
 * import dev.pushwright.api.Provenance;
 * import dev.pushwright.api.Reason;
 * import dev.pushwright.api.Recommender;
 * import dev.pushwright.api.RecommenderModel;
 * import dev.pushwright.data.Item;
 * import dev.pushwright.data.UserItems;
 * import dev.pushwright.io.ModelReader;
 * import dev.pushwright.io.ModelWriter;
 * import dev.pushwright.spi.CommonOptions;
 * import dev.pushwright.spi.OptionSet;
 * import dev.pushwright.spi.OptionSpec;
 * import dev.pushwright.spi.Options;
 * import dev.pushwright.spi.RecommenderProvider;
 * import dev.pushwright.spi.ScoringModel;
 * import dev.pushwright.spi.Settings;
 * import dev.pushwright.spi.TrainedUsers;
 * import java.util.Collection;
 * import java.util.List;
 * import java.util.OptionalInt;
 * import java.util.Set;
 * import java.util.TreeSet;
 *
 * // Recommends what shares tags with the user's own items.
 * public final class SharedTags implements RecommenderProvider {
 *
 *   private static final OptionSpec<Integer> MIN_TAGS =
 *       OptionSpec.integer("minTags", 1, 1, 100, "How many tags two items have to share.");
 *
 *   @Override
 *   public String name() {
 *     return "shared-tags";
 *   }
 *
 *   @Override
 *   public String description() {
 *     return "Recommends what shares tags with the user's own items.";
 *   }
 *
 *   @Override
 *   public OptionSet options() {
 *     return OptionSet.of(
 *         MIN_TAGS,
 *         CommonOptions.WEIGHTS,
 *         CommonOptions.HALF_LIFE_DAYS,
 *         CommonOptions.COMBINE,
 *         CommonOptions.SEGMENT_BY);
 *   }
 *
 *   @Override
 *   public Set<Capability> capabilities() {
 *     return Set.of(Capability.PERSONALIZED, Capability.FOLD_IN, Capability.EXPLAIN);
 *   }
 *
 *   @Override
 *   public Recommender create(Options options) {
 *     Settings settings = options().resolve(options);
 *     return (data, context) -> {
 *       context.checkCancelled();
 *       return new Model(
 *           Provenance.of(name(), settings.asText(), data.fingerprint()),
 *           TrainedUsers.of(data, settings),
 *           data.catalogue().stream().map(Item::tags).toList(),
 *           this);
 *     };
 *   }
 *
 *   @Override
 *   public RecommenderModel read(ModelReader in, Provenance provenance) {
 *     TrainedUsers trained = TrainedUsers.read(in);
 *     List<List<String>> tags = in.textLists("tags", trained.items().size());
 *     return new Model(provenance, trained, tags, this);
 *   }
 *
 *   private static final class Model extends ScoringModel {
 *     private final List<Set<String>> tags;
 *     private final int minTags;
 *
 *     Model(
 *         Provenance provenance,
 *         TrainedUsers trained,
 *         List<? extends Collection<String>> tags,
 *         SharedTags provider) {
 *       super(provenance, provider.capabilities(), trained);
 *       this.tags = tags.stream().map(Set::copyOf).toList();
 *       this.minTags = provider.options().resolve(provenance).get(MIN_TAGS);
 *     }
 *
 *     @Override
 *     public void save(ModelWriter out) {
 *       super.save(out);
 *       out.textLists("tags", tags.stream().map(TreeSet::new).toList());
 *     }
 *
 *     @Override
 *     protected boolean score(OptionalInt user, UserItems items, float[] scores) {
 *       boolean found = false;
 *       for (int item = 0; item < scores.length; item++) {
 *         double sum = 0;
 *         for (int p = 0; p < items.size(); p++) {
 *           sum += contribution(items, p, item);
 *         }
 *         if (sum > 0) {
 *           scores[item] = (float) sum;
 *           found = true;
 *         }
 *       }
 *       return found;
 *     }
 *
 *     @Override
 *     protected List<Reason> reasons(OptionalInt user, UserItems items, int item) {
 *       return ownItems(items, p -> contribution(items, p, item));
 *     }
 *
 *     private double contribution(UserItems items, int p, int item) {
 *       int own = items.item(p);
 *       long shared = tags.get(own).stream().filter(tags.get(item)::contains).count();
 *       return own == item || shared < minTags ? 0 : items.weight(p) * shared;
 *     }
 *   }
 * }
 * }</pre>
 *
 * <h2>2. Register it</h2>
 *
 * <p>Write the class name, one a line, into the resource {@code
 * META-INF/services/dev.pushwright.spi.RecommenderProvider} (the other roles by the names of their
 * interfaces):
 *
 * <pre>{@code
 * com.example.SharedTags
 * }</pre>
 *
 * <p>Then {@link dev.pushwright.spi.Plugins#load()} finds it, and {@link
 * dev.pushwright.spi.Plugins#describe()} tells what was found, from where, and what was left out
 * and why. Where there is nothing to find, as in a fat jar that lost its services files, {@link
 * dev.pushwright.spi.Plugins#of} and {@link dev.pushwright.spi.Plugins#with} take the provider
 * itself.
 *
 * <h2>3. Test it</h2>
 *
 * <p>Depend on {@code dev.pushwright:pushwright-testkit} in the test scope. The contract is there
 * as tests to extend, {@code ProfilerConformance}, {@code RecommenderConformance}, {@code
 * ContentGeneratorConformance} and {@code TextAnalyzerConformance}; override one method. What the
 * provider declares among its {@link dev.pushwright.api.Capability capabilities} is tried, the rest
 * is reported as skipped:
 *
 * <pre>{@code
 * package com.example;
 *
 * import dev.pushwright.spi.RecommenderProvider;
 * import dev.pushwright.testkit.RecommenderConformance;
 *
 * class SharedTagsTest extends RecommenderConformance {
 *   @Override
 *   protected RecommenderProvider provider() {
 *     return new SharedTags();
 *   }
 * }
 * }</pre>
 *
 * <h2>4. Use it</h2>
 *
 * <p>By name, as any other: {@code Plugins.load().recommender("shared-tags", Options.of("minTags",
 * 2)).fit(data)}.
 */
@NullMarked
package dev.pushwright.spi;

import org.jspecify.annotations.NullMarked;
