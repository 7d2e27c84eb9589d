// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.blas;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs a main class in a JVM of its own. */
final class ForkedJvm {

  private final Path folder;
  private final List<String> flags = new ArrayList<>();
  private String classPath = System.getProperty("java.class.path");

  /** What a JVM left behind. */
  record Result(int exit, List<String> out, String err) {}

  ForkedJvm(Path folder) {
    this.folder = folder;
  }

  ForkedJvm flags(String... more) {
    flags.addAll(List.of(more));
    return this;
  }

  ForkedJvm without(Predicate<String> jars) {
    classPath =
        Arrays.stream(classPath.split(File.pathSeparator, -1))
            .filter(jars.negate())
            .collect(Collectors.joining(File.pathSeparator));
    return this;
  }

  Result run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      // A JVM from 24 on warns of natives itself where it was not told that they are wanted.
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException(command + " did not end");
    }
    return new Result(process.exitValue(), Files.readAllLines(out), Files.readString(err));
  }
}
