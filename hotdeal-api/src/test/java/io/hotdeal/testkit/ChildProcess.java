package io.hotdeal.testkit;

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
 * A child process that ends when its standard input closes, so that it does not outlive this JVM,
 * however this JVM ends.
 */
public final class ChildProcess implements AutoCloseable {

  /** Starts a command, prints its pid, and kills it when the standard input closes. */
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

  private ChildProcess(Process process, BufferedReader output, ProcessHandle itself) {
    this.process = process;
    this.output = output;
    this.itself = itself;
  }

  /** Another JVM with the class path of this one, small and quick to start. */
  public static ChildProcess java(Class<?> main, List<String> args) {
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
      return new ChildProcess(process, reader(process), process.toHandle());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that does not read its standard input; its output goes to the file. */
  public static ChildProcess server(Path directory, Path log, List<String> serverCommand) {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", KEEPER, "keeper", log.toString()));
    command.addAll(serverCommand);
    try {
      Process keeper = new ProcessBuilder(command).directory(directory.toFile()).start();
      BufferedReader output = reader(keeper);
      long pid = Long.parseLong(output.readLine().strip());
      return new ChildProcess(
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

  /** Its standard input. */
  public OutputStream input() {
    return process.getOutputStream();
  }

  /** Its standard output. */
  public BufferedReader output() {
    return output;
  }

  public ProcessHandle handle() {
    return itself;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGKILL and waits for its end. */
  public void kill() {
    itself.destroyForcibly();
    awaitEnd();
  }

  /** Sends SIGSTOP. */
  public void freeze() {
    signal("STOP");
  }

  /** Sends SIGCONT. */
  public void wake() {
    signal("CONT");
  }

  /** Whether it was ended by SIGKILL. */
  public boolean wasKilled() {
    return !process.isAlive() && process.exitValue() == SIGKILLED;
  }

  public void awaitEnd() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + itself.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends SIGQUIT. */
  public void quit() {
    signal("QUIT");
  }

  private void signal(String name) {
    signal(name, itself);
  }

  public static void signal(String name, ProcessHandle process) {
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
