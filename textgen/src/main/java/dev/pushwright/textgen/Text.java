// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A compiled line with slots. Immutable and thread-safe. */
final class Text {

  // Strict: the compiler has no default for a missing value, so that executing without one throws.
  private static final Mustache.Compiler COMPILER = Mustache.compiler().escapeHTML(false);

  // A value may bring its own full stop, or an ellipsis: "Heart…." reads "Heart…".
  private static final Pattern SECOND_STOP = Pattern.compile("([!?…]|(?<!\\.)\\.)\\.(?=\\s|$)");

  private final Template template;
  private final Set<String> slots;

  private Text(Template template, Set<String> slots) {
    this.template = template;
    this.slots = slots;
  }

  /**
   * Compiles a line.
   *
   * @throws IllegalArgumentException when it cannot be read, or holds more than slots
   */
  static Text compile(String line) {
    Template template;
    try {
      template = COMPILER.compile(line);
    } catch (MustacheException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IndexOutOfBoundsException e) {
      // What the compiler makes of a tag without a name.
      throw new IllegalArgumentException("a slot has no name: {{}}", e);
    }
    Set<String> slots = new LinkedHashSet<>();
    template.visit(new SlotVisitor(slots));
    return new Text(template, Collections.unmodifiableSet(slots));
  }

  /** The slots it has, in the order they stand in. */
  Set<String> slots() {
    return slots;
  }

  /**
   * Fills the slots. Values are put in as they are: template syntax in them means nothing.
   *
   * @param values a value for every slot at least
   */
  String render(Map<String, String> values) {
    return SECOND_STOP.matcher(template.execute(values)).replaceAll("$1");
  }

  private static final class SlotVisitor implements Mustache.Visitor {
    private final Set<String> slots;

    SlotVisitor(Set<String> slots) {
      this.slots = slots;
    }

    @Override
    public void visitText(String text) {
      // The compiler takes a tag that is not closed for text.
      if (text.contains("{{") || text.contains("}}")) {
        throw new IllegalArgumentException("a slot is not closed in \"" + text + "\"");
      }
    }

    @Override
    public void visitVariable(String name) {
      slots.add(name);
    }

    @Override
    public boolean visitInclude(String name) {
      throw noSuchThing(">" + name);
    }

    @Override
    public boolean visitParent(String name) {
      throw noSuchThing("<" + name);
    }

    @Override
    public boolean visitBlock(String name) {
      throw noSuchThing("$" + name);
    }

    @Override
    public boolean visitSection(String name) {
      throw noSuchThing("#" + name);
    }

    @Override
    public boolean visitInvertedSection(String name) {
      throw noSuchThing("^" + name);
    }

    private static IllegalArgumentException noSuchThing(String tag) {
      return new IllegalArgumentException(
          "{{"
              + tag
              + "}} is more than a slot; write a template of its own for each case instead, one"
              + " whose slots have no value is passed over");
    }
  }
}
