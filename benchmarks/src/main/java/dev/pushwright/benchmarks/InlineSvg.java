// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Makes a picture that was written as a file part of a page: without a prologue that names other
 * sites, as wide as there is room for, in the ink of the text around it, with ids of its own that
 * are the same in every run, and with words for those who do not see it.
 */
final class InlineSvg {

  /** What is drawn in this colour takes the colour of the text, be it dark on light or not. */
  static final Color INK = new Color(1, 2, 3);

  private static final Pattern RGB = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");
  private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");
  private static final Pattern REFERENCE = Pattern.compile("url\\(#([^)]+)\\)");

  private final String prefix;
  private final Map<String, String> ids = new HashMap<>();

  private InlineSvg(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Rewrites a picture.
   *
   * @param svg the file
   * @param prefix what its ids begin with, such as no other picture of the page has
   * @param label what it shows, in words
   * @return one svg element, well-formed as XML too
   */
  static String of(byte[] svg, String prefix, String label) {
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
      // The document type is named by an address; nothing is to be fetched from there.
      builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
      Element root = builder.parse(new ByteArrayInputStream(svg)).getDocumentElement();
      for (String name : new String[] {"width", "height", "x", "y", "version", "xmlns:xlink"}) {
        root.removeAttribute(name);
      }
      new InlineSvg(prefix).rewrite(root);
      root.setAttribute("role", "img");
      root.setAttribute("aria-label", label);
      return written(root);
    } catch (ParserConfigurationException | SAXException | IOException | TransformerException e) {
      throw new IllegalStateException("a chart cannot be made part of the page: " + e, e);
    }
  }

  private static String written(Element root) throws TransformerException {
    Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    StringWriter text = new StringWriter();
    transformer.transform(new DOMSource(root), new StreamResult(text));
    return text.toString();
  }

  private void rewrite(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int a = 0; a < attributes.getLength(); a++) {
      Node attribute = attributes.item(a);
      attribute.setNodeValue(rewritten(attribute.getNodeName(), attribute.getNodeValue()));
    }
    Node next = element.getFirstChild();
    while (next != null) {
      Node child = next;
      next = child.getNextSibling();
      if (child instanceof Element part && !isInvisible(part)) {
        rewrite(part);
      } else {
        // Indentation, or a background that is not to be seen.
        element.removeChild(child);
      }
    }
  }

  private static boolean isInvisible(Element part) {
    return part.getAttribute("style").startsWith("fill:rgb(0,0,0);fill-opacity:0;stroke:none");
  }

  private String rewritten(String name, String value) {
    return switch (name) {
      case "id" -> id(value);
      case "clip-path" ->
          REFERENCE.matcher(value).replaceAll(it -> "url(#" + id(it.group(1)) + ")");
      case "style" ->
          rounded(
              RGB.matcher(value)
                  .replaceAll(
                      it ->
                          new Color(number(it.group(1)), number(it.group(2)), number(it.group(3)))
                                  .equals(INK)
                              ? "currentColor"
                              : it.group()));
      case "xmlns" -> value;
      default -> rounded(value);
    };
  }

  private String id(String id) {
    return ids.computeIfAbsent(id, it -> prefix + "-" + (ids.size() + 1));
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  /** A hundredth of a pixel is finer than anybody sees; the outlines of letters are long. */
  private static String rounded(String value) {
    return FRACTION
        .matcher(value)
        .replaceAll(
            it ->
                new BigDecimal(it.group())
                    .setScale(2, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros()
                    .toPlainString());
  }
}
