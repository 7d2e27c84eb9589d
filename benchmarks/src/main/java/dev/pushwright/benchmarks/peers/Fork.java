// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A library that can be started.
 *
 * @param name what it is called on command lines
 * @param launch class path, options of the JVM and main class, as {@code java} takes them
 */
public record Fork(String name, List<String> launch) {

  private static final String ARGUMENTS = "peer.args";
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final Path CLASS_PATH = Path.of("target", "class-path");

  /** Keeps a copy of the list. */
  public Fork {
    launch = List.copyOf(launch);
  }

  /**
   * This library.
   *
   * @return how it is started: on the class path of this very process, and with the module that
   *     multiplies matrices fast where this process has it
   */
  public static Fork ours() {
    List<String> launch = new ArrayList<>();
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()) {
      launch.addAll(List.of("--add-modules", VECTOR_MODULE));
    }
    launch.addAll(
        List.of("-cp", System.getProperty("java.class.path"), PushwrightPeer.class.getName()));
    return new Fork("pushwright", launch);
  }

  /**
   * The other libraries.
   *
   * @param folder the folder that has one for each
   * @return those that were built, by name
   * @throws IOException when the folder cannot be read
   * @throws IllegalArgumentException when none was; the message says how they are
   */
  public static List<Fork> peers(Path folder) throws IOException {
    List<Path> described = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        entries
            .filter(entry -> Files.exists(entry.resolve(ARGUMENTS)))
            .sorted()
            .forEach(described::add);
      }
    }
    List<Fork> peers = new ArrayList<>();
    for (Path peer : described) {
      Path classPath = peer.resolve(CLASS_PATH);
      if (Files.exists(classPath)) {
        peers.add(
            new Fork(
                peer.getFileName().toString(),
                List.of(
                    "-cp",
                    peer.resolve(Path.of("target", "classes"))
                        + File.pathSeparator
                        + Files.readString(classPath).strip(),
                    "@" + peer.resolve(ARGUMENTS))));
      }
    }
    if (peers.isEmpty()) {
      throw new IllegalArgumentException(
          "no library is ready to run in "
              + folder.toAbsolutePath()
              + (described.isEmpty()
                  ? ", which has none; say with --peers where benchmarks/peers is"
                  : "; build them: mvn -q -Ppeers -pl benchmarks/peers -am -amd package"
                      + " -DskipTests"));
    }
    return peers;
  }

  /**
   * Runs a piece of work in a process of its own and waits for its end, or for the time to be up.
   *
   * @param arguments those of {@link PeerMain}
   * @param options more options of the JVM
   * @param log where its standard output and error are kept, in files that begin like this
   * @param timeoutSeconds when it is ended
   * @return what it told
   * @throws IOException when it cannot be started
   * @throws InterruptedException when this thread is interrupted; the process is ended
   */
  public Measurement run(
      List<String> arguments, List<String> options, Path log, double timeoutSeconds)
      throws IOException, InterruptedException {
    Path out = log.resolveSibling(log.getFileName() + ".out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(launch);
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(log.resolveSibling(log.getFileName() + ".err").toFile())
            .start();
    Thread end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
    boolean ended;
    try {
      ended = process.waitFor((long) (timeoutSeconds * 1000), TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly().waitFor();
      Runtime.getRuntime().removeShutdownHook(end);
    }
    Measurement told = Measurement.parse(Files.readAllLines(out));
    if (!ended) {
      return told.withTrouble(String.format(Locale.ROOT, "> %.0f s", timeoutSeconds));
    }
    if (process.exitValue() != 0 && told.trouble().isEmpty()) {
      return told.withTrouble("the process ended with " + process.exitValue());
    }
    return told;
  }
}
