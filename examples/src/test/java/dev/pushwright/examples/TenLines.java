// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.api.PushItem;
import dev.pushwright.api.Reason;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.engine.Push;
import dev.pushwright.engine.PushDecision;
import dev.pushwright.engine.PushEngine;
import dev.pushwright.engine.Withheld;
import dev.pushwright.spi.Options;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sample that the README opens with; {@link ReadmeTest} runs it and holds the two equal. */
final class TenLines {

  private static final Logger log = LoggerFactory.getLogger(TenLines.class);

  private final List<String> sent = new ArrayList<>();

  PushEngine run(Path folder) {
    Dataset data = Dataset.fromCsv(folder.resolve("items.csv"), folder.resolve("events.csv"));

    PushEngine engine =
        PushEngine.builder(data)
            .profiler("tfidf")
            .recommender("item-knn", Options.of("neighbours", 50))
            .generator("template")
            .build();

    PushDecision decision = engine.push("u42");
    if (decision instanceof Push push) {
      send(push.title(), push.body(), push.items(), push.reasons());
    } else if (decision instanceof Withheld withheld) {
      log.info("nothing sent: {}", withheld.reason());
    }
    engine.observe(Interaction.view("u42", "sku-9", Instant.now())); // the next push already knows
    return engine;
  }

  private void send(String title, String body, List<PushItem> items, List<Reason> reasons) {
    sent.add(title + "|" + body + "|" + items.size() + "|" + reasons.size());
  }

  List<String> sent() {
    return sent;
  }
}
