// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages, and what no library class may do. */
class HouseRulesTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.pushwright");

  private static final String[] MODULES = {
    "core", "testkit", "profile", "cf", "neural", "textgen", "examples"
  };

  @Test
  void theModulesAreAllHere() {
    assertThat(modulesByPackage().values().stream().flatMap(Set::stream).distinct())
        .hasSize(MODULES.length);
  }

  @Test
  void arrowsBetweenPackagesPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.pushwright..")
        .layer("io")
        .definedBy("dev.pushwright.io")
        .layer("math")
        .definedBy("dev.pushwright.math")
        .layer("data")
        .definedBy("dev.pushwright.data")
        .layer("api")
        .definedBy("dev.pushwright.api")
        .layer("spi")
        .definedBy("dev.pushwright.spi")
        .layer("engine")
        .definedBy("dev.pushwright.engine")
        .layer("eval")
        .definedBy("dev.pushwright.eval..")
        .layer("testkit")
        .definedBy("dev.pushwright.testkit")
        .layer("profile")
        .definedBy("dev.pushwright.profile..")
        .layer("cf")
        .definedBy("dev.pushwright.cf")
        .layer("neural")
        .definedBy("dev.pushwright.neural..")
        .layer("textgen")
        .definedBy("dev.pushwright.textgen..")
        .layer("examples")
        .definedBy("dev.pushwright.examples")
        // Not on this class path; it stands beside examples at the end of the arrows.
        .optionalLayer("benchmarks")
        .definedBy("dev.pushwright.benchmarks")
        .whereLayer("io")
        .mayNotAccessAnyLayer()
        .whereLayer("math")
        .mayOnlyAccessLayers("io")
        .whereLayer("data")
        .mayOnlyAccessLayers("io", "math")
        .whereLayer("api")
        .mayOnlyAccessLayers("io", "math", "data")
        .whereLayer("spi")
        .mayOnlyAccessLayers("io", "math", "data", "api")
        .whereLayer("engine")
        .mayOnlyAccessLayers("io", "math", "data", "api", "spi")
        .whereLayer("eval")
        .mayOnlyAccessLayers("io", "math", "data", "api", "spi")
        // cf: a hybrid learns its weights on a validation part. profile: the report of an inferred
        // attribute has its area under the curve.
        .whereLayer("eval")
        .mayOnlyBeAccessedByLayers("profile", "cf", "testkit", "examples", "benchmarks")
        .whereLayer("testkit")
        .mayOnlyAccessLayers("io", "math", "data", "api", "spi", "engine", "eval")
        .whereLayer("profile")
        .mayOnlyAccessLayers("io", "math", "data", "api", "spi", "eval")
        .whereLayer("cf")
        .mayOnlyAccessLayers("io", "math", "data", "api", "spi", "eval")
        .whereLayer("neural")
        .mayOnlyAccessLayers("io", "math", "data", "api", "spi")
        // The generators that learn are built from neural's layers; clicks are told by the pushes.
        .whereLayer("textgen")
        .mayOnlyAccessLayers("io", "math", "data", "api", "spi", "engine", "neural")
        .whereLayer("examples")
        .mayNotBeAccessedByAnyLayer()
        .ensureAllClassesAreContainedInArchitecture()
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("dev.pushwright.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void aLibraryPrintsNothing() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.pushwright.examples")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");
    rule.check(CLASSES);
  }

  @Test
  void nothingIsSerialisedTheJavaWay() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class, Externalizable.class)
        .check(CLASSES);
  }

  @Test
  void noPackageStandsInTwoModules() {
    assertThat(modulesByPackage())
        .allSatisfy((name, modules) -> assertThat(modules).as(name).hasSize(1));
  }

  private static Map<String, Set<String>> modulesByPackage() {
    Map<String, Set<String>> modules = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      String uri = type.getSource().map(source -> source.getUri()).map(URI::toString).orElseThrow();
      String inside = "/" + type.getName().replace('.', '/');
      modules
          .computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
          .add(uri.substring(0, uri.indexOf(inside)));
    }
    return modules;
  }
}
