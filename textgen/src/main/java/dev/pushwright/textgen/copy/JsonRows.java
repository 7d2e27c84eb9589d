// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of JSON lines: an object a line, whose values are scalars or arrays of them. */
final class JsonRows implements CopyReader.Rows {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String ATTRIBUTES = "attributes";

  private final BufferedReader in;
  private long line;

  JsonRows(BufferedReader in) {
    this.in = in;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public CopyReader.RowOrEnd next() throws IOException, CopyReader.BadRow {
    String text = in.readLine();
    line++;
    while (text != null && text.isBlank()) {
      text = in.readLine();
      line++;
    }
    if (text == null) {
      return CopyReader.RowOrEnd.END;
    }
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw bad("", text, "an object is needed on each line");
      }
      object(parser, fields, true);
      if (parser.nextToken() != null) {
        throw bad("", text, "there is more than one value on the line");
      }
    } catch (JsonProcessingException e) {
      throw bad("", text, "it is no JSON: " + e.getOriginalMessage());
    }
    return new CopyReader.RowOrEnd(fields, false);
  }

  private static void object(JsonParser parser, Map<String, String> into, boolean outer)
      throws IOException, CopyReader.BadRow {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = String.valueOf(parser.currentName());
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT && outer && name.equals(ATTRIBUTES)) {
        object(parser, into, false);
      } else if (token == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          String value = scalar(parser, name);
          if (value != null) {
            into.put(MeaningRepresentation.unused(name, into), value);
          }
        }
      } else {
        String value = scalar(parser, name);
        if (value != null && into.putIfAbsent(name, value) != null) {
          throw bad(name, value, "the name stands twice");
        }
      }
    }
  }

  private static @Nullable String scalar(JsonParser parser, String name)
      throws IOException, CopyReader.BadRow {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isScalarValue()) {
      throw bad(name, String.valueOf(token), "a text, a number or a list of them is needed");
    }
    return token == JsonToken.VALUE_NULL ? null : parser.getText();
  }

  private static CopyReader.BadRow bad(String column, String value, String reason) {
    return new CopyReader.BadRow("not JSON", column, value, reason);
  }
}
