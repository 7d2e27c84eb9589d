// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.pushwright.eval.EvaluationResult.Comparison;
import dev.pushwright.eval.EvaluationResult.Cost;
import dev.pushwright.eval.EvaluationResult.Entry;
import dev.pushwright.eval.EvaluationResult.Score;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Writes an {@link EvaluationResult} for programs. */
final class JsonReport {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  private JsonReport(JsonGenerator json) {
    this.json = json;
  }

  static String of(EvaluationResult result) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      new JsonReport(json).write(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void write(EvaluationResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("protocol", result.protocol());
    split(result.split());
    json.writeNumberField("users", result.users());
    counts("skipped", result.skipped());
    json.writeArrayFieldStart("notes");
    for (String note : result.notes()) {
      json.writeString(note);
    }
    json.writeEndArray();
    number("confidence", result.confidence());
    json.writeNumberField("resamples", result.resamples());
    json.writeNumberField("seed", result.seed());
    json.writeStringField("baseline", result.baseline());
    json.writeArrayFieldStart("recommenders");
    for (Entry entry : result.entries()) {
      entry(entry);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("comparisons");
    for (Comparison comparison : result.comparisons()) {
      comparison(comparison);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void split(SplitReport split) throws IOException {
    json.writeObjectFieldStart("split");
    json.writeStringField("name", split.name());
    json.writeNumberField("trainEvents", split.trainEvents());
    json.writeNumberField("testEvents", split.testEvents());
    json.writeNumberField("trainUsers", split.trainUsers());
    json.writeNumberField("testUsers", split.testUsers());
    json.writeNumberField("usersOnlyInTest", split.usersOnlyInTest());
    json.writeNumberField("trainItems", split.trainItems());
    json.writeNumberField("testItems", split.testItems());
    json.writeNumberField("itemsOnlyInTest", split.itemsOnlyInTest());
    json.writeNumberField("catalogueItems", split.catalogueItems());
    json.writeStringField("timeLeak", split.timeLeak().name());
    json.writeNumberField("laterTrainEvents", split.laterTrainEvents());
    json.writeStringField("warning", split.warning());
    json.writeEndObject();
  }

  private void entry(Entry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", entry.name());
    json.writeStringField("algorithm", entry.provenance().algorithm());
    json.writeObjectFieldStart("options");
    for (Map.Entry<String, String> option : entry.provenance().options().entrySet()) {
      json.writeStringField(option.getKey(), option.getValue());
    }
    json.writeEndObject();
    json.writeStringField("data", entry.provenance().data());
    json.writeStringField("version", entry.provenance().version());
    json.writeNumberField("fallbacks", entry.fallbacks());
    json.writeObjectFieldStart("metrics");
    scores(entry.scores());
    json.writeEndObject();
    json.writeObjectFieldStart("ratingErrors");
    scores(entry.ratingErrors());
    json.writeEndObject();
    json.writeArrayFieldStart("beyondAccuracy");
    for (BeyondAccuracy beyond : entry.beyond()) {
      beyond(beyond);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("segments");
    for (SegmentGap gap : entry.segments()) {
      segment(gap);
    }
    json.writeEndArray();
    Cost cost = entry.cost();
    json.writeObjectFieldStart("cost");
    number("fitSeconds", cost.fitSeconds());
    number("recommendMillisP50", cost.recommendMillisP50());
    number("recommendMillisP95", cost.recommendMillisP95());
    number("recommendMillisP99", cost.recommendMillisP99());
    json.writeNumberField("modelHeapBytes", cost.modelHeapBytes());
    json.writeNumberField("peakHeapBytes", cost.peakHeapBytes());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void scores(List<Score> scores) throws IOException {
    for (Score score : scores) {
      json.writeObjectFieldStart(score.metric());
      number("mean", score.mean());
      number("low", score.low());
      number("high", score.high());
      json.writeEndObject();
    }
  }

  private void beyond(BeyondAccuracy beyond) throws IOException {
    json.writeStartObject();
    json.writeNumberField("k", beyond.k());
    json.writeNumberField("lists", beyond.lists());
    json.writeNumberField("emptyLists", beyond.emptyLists());
    json.writeNumberField("places", beyond.places());
    number("coverage", beyond.coverage());
    number("gini", beyond.gini());
    number("topShare", beyond.topShare());
    number("novelty", beyond.novelty());
    number("diversity", beyond.diversity());
    json.writeNumberField("listsWithPairs", beyond.listsWithPairs());
    json.writeEndObject();
  }

  private void segment(SegmentGap gap) throws IOException {
    json.writeStartObject();
    json.writeStringField("metric", gap.metric());
    json.writeStringField("attribute", gap.attribute());
    number("gap", gap.gap());
    json.writeNumberField("unknown", gap.unknown());
    json.writeObjectFieldStart("segments");
    for (Map.Entry<String, SegmentGap.Segment> segment : gap.segments().entrySet()) {
      json.writeObjectFieldStart(segment.getKey());
      json.writeNumberField("users", segment.getValue().users());
      number("mean", segment.getValue().mean());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void comparison(Comparison comparison) throws IOException {
    json.writeStartObject();
    json.writeStringField("recommender", comparison.recommender());
    json.writeStringField("metric", comparison.metric());
    number("difference", comparison.difference());
    number("low", comparison.low());
    number("high", comparison.high());
    number("tTestP", comparison.tTestP());
    number("tTestHolm", comparison.tTestHolm());
    number("wilcoxonP", comparison.wilcoxonP());
    number("wilcoxonHolm", comparison.wilcoxonHolm());
    json.writeEndObject();
  }

  private void counts(String name, Map<String, Integer> counts) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  // JSON has no word for NaN or infinity.
  private void number(String name, double value) throws IOException {
    if (!Double.isFinite(value)) {
      throw new IllegalStateException(name + " is " + value + "; a finite number is needed");
    }
    json.writeNumberField(name, value);
  }
}
