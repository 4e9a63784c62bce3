package io.hotdeal.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of this harness, which ends when its standard input closes, so that it never outlives
 * the JVM that started it, however that ends.
 */
final class Child implements AutoCloseable {

  /** Runs what follows, says its pid, and kills it once nobody holds the standard input. */
  private static final String KEEPER =
      """
      exec 3<&0
      log=$1
      shift
      "$@" </dev/null >"$log" 2>&1 3<&- &
      child=$!
      echo $child
      (cat <&3; kill -9 $child) >/dev/null 2>&1 &
      exec 3<&-
      wait $child
      """;

  private static final int SIGKILLED = 137;

  private final Process process;
  private final BufferedReader output;
  private final ProcessHandle itself;

  private Child(Process process, BufferedReader output, ProcessHandle itself) {
    this.process = process;
    this.output = output;
    this.itself = itself;
  }

  /** Another JVM with the classes of this one, small and quick to start. */
  static Child java(Class<?> main, List<String> args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
    command.addAll(args);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new Child(process, reader(process), process.toHandle());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that knows nothing of standard input; its output goes to the file. */
  static Child server(Path directory, Path log, List<String> serverCommand) {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", KEEPER, "keeper", log.toString()));
    command.addAll(serverCommand);
    try {
      Process keeper = new ProcessBuilder(command).directory(directory.toFile()).start();
      BufferedReader output = reader(keeper);
      long pid = Long.parseLong(output.readLine().strip());
      return new Child(
          keeper, output, ProcessHandle.of(pid).orElseThrow(() -> ended(serverCommand, log)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException ended(List<String> command, Path log) {
    return new IllegalStateException(command.get(0) + " ended at once, see " + log);
  }

  private static BufferedReader reader(Process process) {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  /** What it reads on its standard input. */
  OutputStream input() {
    return process.getOutputStream();
  }

  /** What it says on its standard output. */
  BufferedReader output() {
    return output;
  }

  ProcessHandle handle() {
    return itself;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, and waits until it is gone. */
  void kill() {
    itself.destroyForcibly();
    awaitEnd();
  }

  /** SIGSTOP: it does nothing more, and does not know. */
  void freeze() {
    signal("STOP");
  }

  /** SIGCONT: it goes on as if nothing had been. */
  void wake() {
    signal("CONT");
  }

  /** Whether it ended by a SIGKILL, not by itself. */
  boolean wasKilled() {
    return !process.isAlive() && process.exitValue() == SIGKILLED;
  }

  void awaitEnd() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + itself.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGQUIT: what it means is its own. */
  void quit() {
    signal("QUIT");
  }

  private void signal(String name) {
    signal(name, itself);
  }

  static void signal(String name, ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
    try {
      process.getOutputStream().close();
      output.close();
    } catch (IOException e) {
      // it has ended, and its pipes with it
    }
  }
}
