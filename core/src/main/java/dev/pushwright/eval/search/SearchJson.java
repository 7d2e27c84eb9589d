// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pushwright.eval.search.SearchResult.Trial;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a {@link SearchResult} for programs, and the lines of a {@link StateFile}. */
final class SearchJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private SearchJson() {}

  static String of(SearchResult result) {
    return object(
        json -> {
          json.writeStringField("provider", result.provider());
          json.writeStringField("data", result.data());
          json.writeStringField("split", result.split().name());
          json.writeStringField("timeLeak", result.split().timeLeak().name());
          json.writeStringField("protocol", result.protocol());
          json.writeObjectFieldStart("skipped");
          for (Map.Entry<String, Integer> skipped : result.skipped().entrySet()) {
            json.writeNumberField(skipped.getKey(), skipped.getValue());
          }
          json.writeEndObject();
          json.writeArrayFieldStart("notes");
          for (String note : result.notes()) {
            json.writeString(note);
          }
          json.writeEndArray();
          json.writeStringField("metric", result.metric());
          json.writeStringField("space", result.space());
          json.writeStringField("strategy", result.strategy());
          json.writeNumberField("seed", result.seed());
          json.writeNumberField("best", result.best().number());
          json.writeArrayFieldStart("trials");
          for (Trial trial : result.trials()) {
            json.writeStartObject();
            fields(json, trial);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  static String of(Trial trial) {
    return object(json -> fields(json, trial));
  }

  static String of(Map<String, String> texts) {
    return object(json -> texts(json, texts));
  }

  private static String object(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void fields(JsonGenerator json, Trial trial) throws IOException {
    json.writeNumberField("trial", trial.number());
    json.writeNumberField("combination", trial.combination());
    json.writeObjectFieldStart("options");
    texts(json, trial.options());
    json.writeEndObject();
    json.writeObjectFieldStart("settings");
    texts(json, trial.settings());
    json.writeEndObject();
    json.writeNumberField("rung", trial.rung());
    json.writeNumberField("share", trial.share());
    json.writeNumberField("users", trial.users());
    json.writeNumberField("score", trial.score());
    json.writeNumberField("fitSeconds", trial.fitSeconds());
    json.writeStringField("failure", trial.failure());
  }

  private static void texts(JsonGenerator json, Map<String, String> texts) throws IOException {
    for (Map.Entry<String, String> text : texts.entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
  }

  /** Reads what {@link #of(Map)} wrote. */
  static Map<String, String> readTexts(String text) throws IOException {
    try (JsonParser json = FACTORY.createParser(text)) {
      json.nextToken();
      return texts(json);
    }
  }

  private static Map<String, String> texts(JsonParser json) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      texts.put(name, json.getText());
    }
    return texts;
  }

  /** Reads what {@link #of(Trial)} wrote. */
  static Trial readTrial(String text) throws IOException {
    int number = 0;
    int combination = 0;
    int rung = 0;
    int users = 0;
    double share = 0;
    double score = 0;
    double fitSeconds = 0;
    String failure = "";
    Map<String, String> options = Map.of();
    Map<String, String> settings = Map.of();
    try (JsonParser json = FACTORY.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "trial" -> number = json.getIntValue();
          case "combination" -> combination = json.getIntValue();
          case "options" -> options = texts(json);
          case "settings" -> settings = texts(json);
          case "rung" -> rung = json.getIntValue();
          case "share" -> share = json.getDoubleValue();
          case "users" -> users = json.getIntValue();
          case "score" -> score = json.getDoubleValue();
          case "fitSeconds" -> fitSeconds = json.getDoubleValue();
          case "failure" -> failure = json.getText();
          default -> throw new IOException("field " + name + " is unknown");
        }
      }
    }
    return new Trial(
        number, combination, options, settings, rung, share, users, score, fitSeconds, failure);
  }
}
