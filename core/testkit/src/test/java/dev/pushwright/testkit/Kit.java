// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs a conformance class as JUnit would, and tells how its cases ended. */
record Kit(Set<String> passed, Set<String> failed, Set<String> skipped) {

  static Kit run(Class<?> conformance) {
    return run(List.of(selectClass(conformance)));
  }

  /** Runs some cases only, which is faster. */
  static Kit run(Class<?> conformance, List<String> cases) {
    return run(cases.stream().map(name -> selector(conformance, name)).toList());
  }

  // A case may have parameters, such as a folder, and a method is only found with their types.
  private static DiscoverySelector selector(Class<?> conformance, String name) {
    for (Class<?> type = conformance; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name)) {
          return selectMethod(conformance, name, method.getParameterTypes());
        }
      }
    }
    throw new IllegalArgumentException(conformance + " has no case " + name);
  }

  private static Kit run(List<? extends DiscoverySelector> selectors) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectors.toArray(DiscoverySelector[]::new))
            .execute()
            .testEvents();
    tests.failed().stream().forEach(Kit::saysWhatWasTried);
    return new Kit(names(tests.succeeded()), names(tests.failed()), names(tests.aborted()));
  }

  // Without a description, "expecting code to raise" leaves an author with line numbers of the kit.
  private static void saysWhatWasTried(Event failed) {
    Throwable failure =
        failed.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
    if (failure instanceof AssertionError) {
      assertThat(failure.getMessage())
          .as("failure of %s", name(failed))
          .doesNotStartWith("\nExpecting code to raise");
    }
  }

  private static Set<String> names(Events events) {
    return events.stream().map(Kit::name).collect(toCollection(TreeSet::new));
  }

  private static String name(Event event) {
    return event
        .getTestDescriptor()
        .getSource()
        .map(source -> ((MethodSource) source).getMethodName())
        .orElseThrow();
  }
}
