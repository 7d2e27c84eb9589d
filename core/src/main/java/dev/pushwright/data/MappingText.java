// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** The text form of a {@link CsvMapping}: a Java property file whose entries keep their order. */
final class MappingText {

  private MappingText() {}

  /** The entries of a text, in its order; one that is given twice is refused. */
  static Map<String, String> read(Reader in) throws IOException {
    Map<String, String> ordered = new LinkedHashMap<>();
    // Properties forget the order, in which rules are asked; this one takes it down.
    new Properties() {
      private static final long serialVersionUID = 1L;

      @Override
      public synchronized Object put(Object key, Object value) {
        if (ordered.put((String) key, (String) value) != null) {
          throw new IllegalArgumentException("\"" + key + "\" is given twice");
        }
        return "";
      }
    }.load(in);
    return ordered;
  }

  /** One line for each entry, which {@link #read} reads back. */
  static String of(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(e -> escaped(e.getKey(), " :=#!") + " = " + escaped(e.getValue(), ""))
        .collect(Collectors.joining("\n"));
  }

  private static String escaped(String text, String special) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        out.append("\\t");
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else if (c == '\\' || special.indexOf(c) >= 0 || (c == ' ' && out.isEmpty())) {
        out.append('\\').append(c);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
