package io.hotdeal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A temporary directory")
@Timeout(60)
class ScratchTest {

  @Test
  @DisplayName("is deleted on close, with its content and the program that runs in it")
  void closed() throws IOException {
    Path directory = Scratch.newDirectory();
    Files.createDirectories(directory.resolve("a/b c"));
    Scratch scratch =
        Scratch.guard(directory, List.of("/bin/sh", "-c", "while :; do sleep 1; done"));
    ProcessHandle program = scratch.program().orElseThrow();
    assertThat(scratch.isRunning()).isTrue();

    scratch.close();

    assertThat(program.isAlive()).isFalse();
    assertThat(directory).doesNotExist();
  }

  @Test
  @DisplayName("reports that its program ended, and is deleted on close")
  void ended() throws IOException {
    Path directory = Scratch.newDirectory();
    try (Scratch scratch = Scratch.guard(directory, List.of("/nowhere/redis-server"))) {
      while (scratch.isRunning()) {
        Thread.onSpinWait();
      }
    }
    assertThat(directory).doesNotExist();
  }

  @Test
  @DisplayName("is deleted by the next start only if its JVM has ended")
  void reclaimed() throws IOException, InterruptedException {
    Process gone = new ProcessBuilder("/bin/sh", "-c", ":").start();
    gone.waitFor();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Path stale = Files.createTempDirectory(temporary, "hotdeal-demo-" + gone.pid() + "-1-");
    Files.writeString(stale.resolve("shop.mv.db"), "rows");
    Path foreign = Files.createTempDirectory(temporary, "hotdeal-demo-other");
    try (Scratch mine = Scratch.guard(Scratch.newDirectory(), List.of())) {
      assertThat(stale).doesNotExist();
      Files.delete(Scratch.newDirectory());
      assertThat(mine.directory()).exists();
      assertThat(foreign).exists();
    } finally {
      Files.delete(foreign);
    }
  }

  @Test
  @DisplayName("with this JVM's process id is stale if it has another start time")
  void sameProcessId() {
    long me = ProcessHandle.current().pid();
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    assertThat(StaleDirectories.isStale(StaleDirectories.prefix() + "x")).isFalse();
    assertThat(StaleDirectories.isStale("hotdeal-demo-" + me + "-1-x")).isTrue();
    assertThat(StaleDirectories.isStale("hotdeal-demo-" + parent + "-1-x")).isFalse();
  }
}
