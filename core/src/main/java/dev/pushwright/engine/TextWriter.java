// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import dev.pushwright.api.ContentChecks;
import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.Verdict;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a text written, checks it whatever the generator says of it, and falls back to the second
 * generator.
 *
 * @param generator writes
 * @param fallback writes when the first refuses, fails, or gives a text that does not pass
 */
record TextWriter(ContentGenerator generator, Optional<ContentGenerator> fallback) {

  static final String FALLBACK = "template";

  private static final Logger LOG = LoggerFactory.getLogger(TextWriter.class);

  /** A text, or the reason why there is none. */
  record Written(@Nullable PushContent text, String reason) {}

  static Optional<ContentGenerator> installedFallback(Plugins plugins) {
    return plugins.generators().contains(FALLBACK)
        ? Optional.of(plugins.generator(FALLBACK, Options.none()))
        : Optional.empty();
  }

  Written write(EngineState now, ContentRequest request) {
    Written first = attempt(now.content, request);
    if (first.text() != null || now.fallbackContent.isEmpty()) {
      return first;
    }
    ContentModel second = now.fallbackContent.get();
    if (second.provenance().equals(now.content.provenance())) {
      return first;
    }
    LOG.debug("falling back to {}: {}", second.provenance().algorithm(), first.reason());
    Written last = attempt(second, request);
    return last.text() != null ? last : new Written(null, first.reason() + "; " + last.reason());
  }

  private static Written attempt(ContentModel model, ContentRequest request) {
    String name = model.provenance().algorithm();
    ContentResult result;
    try {
      result = model.generate(request);
    } catch (RuntimeException | LinkageError e) {
      // The contract of the engine: a generator that fails costs the text, never the push; also
      // one that meets a class or a native library that is missing.
      LOG.warn("generator {} failed for user {}", name, request.user().id(), e);
      return new Written(null, name + " failed: " + e);
    }
    if (result instanceof Refusal refusal) {
      return new Written(null, name + ": " + refusal.reason());
    }
    if (!(result instanceof PushContent text)) {
      LOG.warn("generator {} gave null, neither a text nor a refusal", name);
      return new Written(null, name + " gave null, neither a text nor a refusal");
    }
    String failed =
        ContentChecks.run(request, text.title(), text.body()).stream()
            .filter(verdict -> !verdict.passed())
            .map(TextWriter::describe)
            .collect(Collectors.joining(", "));
    if (!failed.isEmpty()) {
      LOG.warn("generator {} gave a text that does not pass: {}", name, failed);
      return new Written(null, name + " gave a text that does not pass: " + failed);
    }
    return new Written(text, "");
  }

  private static String describe(Verdict verdict) {
    return verdict.check() + " (" + verdict.detail() + ")";
  }
}
