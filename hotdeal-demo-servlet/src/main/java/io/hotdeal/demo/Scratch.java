package io.hotdeal.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A temporary directory, and at most one program that runs in it. Both are removed when this JVM
 * ends, even if it is killed.
 *
 * <p>A guard process, a shell, reads from a pipe of this JVM. When the JVM ends, the pipe is
 * closed; the shell then kills the program and deletes the directory. If the shell was killed too,
 * the next start deletes the directory, see {@link StaleDirectories}. A shutdown hook is not used,
 * because it would keep a stopped web application in memory. Linux and macOS.
 */
final class Scratch implements AutoCloseable {

  private static final long KILLED_WITHIN_SECONDS = 10;

  /**
   * The shell ignores a terminal's signals, which reach it too, so that it does not end before the
   * JVM. A second line of output reports that the program ended by itself.
   */
  private static final String GUARD =
      """
      trap '' INT TERM HUP PIPE
      directory=$1
      shift
      exec 3<&0
      if [ $# -gt 0 ]; then
        "$@" </dev/null >/dev/null 2>&1 3<&- &
        program=$!
        echo "$program"
        { read -r end <&3; kill -9 "$program"; } &
        wait "$program"
        echo ended
        wait
      else
        echo
        read -r end
      fi
      rm -rf "$directory"
      """;

  private final Path directory;
  private final Process guard;
  private final BufferedReader out;
  private final Optional<ProcessHandle> program;

  private Scratch(
      Path directory, Process guard, BufferedReader out, Optional<ProcessHandle> program) {
    this.directory = directory;
    this.guard = guard;
    this.out = out;
    this.program = program;
  }

  /** Creates a directory that only this user can read. */
  static Path newDirectory() throws IOException {
    StaleDirectories.delete();
    return Files.createTempDirectory(StaleDirectories.prefix());
  }

  /**
   * Guards a directory of {@link #newDirectory}, and starts a program in it, whose output is
   * discarded.
   *
   * @param command the program and its arguments; empty for none
   */
  static Scratch guard(Path directory, List<String> command) throws IOException {
    List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "hotdeal-demo-guard"));
    line.add(directory.toString());
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
    Process guard = Detached.run(builder::start);
    BufferedReader out = guard.inputReader(StandardCharsets.US_ASCII);
    String pid = Optional.ofNullable(out.readLine()).orElse("");
    Optional<ProcessHandle> program =
        pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
    return new Scratch(directory, guard, out, program);
  }

  Path directory() {
    return directory;
  }

  /** The program's process, not the shell's. */
  Optional<ProcessHandle> program() {
    return program;
  }

  boolean isRunning() {
    try {
      return program.isPresent() && guard.isAlive() && !out.ready();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Kills the program and deletes the directory; blocks until both are gone, about 10 s at most.
   */
  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
      if (!guard.waitFor(KILLED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        program.ifPresent(ProcessHandle::destroyForcibly);
        guard.destroyForcibly();
      }
      StaleDirectories.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
