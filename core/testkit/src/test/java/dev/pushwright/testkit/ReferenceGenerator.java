// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import dev.pushwright.api.Capability;
import dev.pushwright.api.ContentChecks;
import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One fixed sentence about the main item; the smallest generator that is sound. */
public class ReferenceGenerator implements ContentGeneratorProvider {

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String description() {
    return "Writes one sentence.";
  }

  @Override
  public OptionSet options() {
    return OptionSet.of();
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public ContentGenerator create(Options options) {
    options().resolve(options);
    return (data, context) -> {
      context.checkCancelled();
      return new Model(this, Provenance.of(name(), Map.of(), data.fingerprint()));
    };
  }

  @Override
  public ContentModel read(ModelReader in, Provenance provenance) {
    return new Model(this, provenance);
  }

  ContentResult answer(ContentRequest request) {
    Item item = request.mainItem().item();
    boolean dropped =
        request.oldPrice().isPresent()
            && item.price().isPresent()
            && request.oldPrice().getAsDouble() > item.price().getAsDouble();
    if (request.occasion() == Occasion.PRICE_DROP && !dropped) {
      return new Refusal(name(), "the price of " + item.id() + " did not drop", List.of());
    }
    return write(request, item.title(), "We thought you might like " + item.title() + ".");
  }

  final ContentResult write(ContentRequest request, String title, String body) {
    List<Verdict> verdicts = ContentChecks.run(request, title, body);
    if (!verdicts.stream().allMatch(Verdict::passed)) {
      return new Refusal(name(), "the only sentence fails the checks", verdicts);
    }
    return new PushContent(
        title,
        body,
        request.channel(),
        Locale.ENGLISH,
        List.of(request.mainItem().item().id()),
        name() + "/only",
        request.seed(),
        verdicts);
  }

  private record Model(ReferenceGenerator provider, Provenance provenance) implements ContentModel {
    @Override
    public ContentResult generate(ContentRequest request) {
      return provider.answer(request);
    }

    @Override
    public Set<Capability> capabilities() {
      return provider.capabilities();
    }

    @Override
    public void save(ModelWriter out) {
      // The sentence stands in the code; there is nothing else.
    }
  }
}
