package io.hotdeal.jmh.load;

import io.hotdeal.testkit.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The other side of {@link InstanceMain}. Not thread-safe. */
final class InstanceProcess implements AutoCloseable {

  private final ChildProcess process;

  private InstanceProcess(ChildProcess process) {
    this.process = process;
  }

  static InstanceProcess start() {
    return new InstanceProcess(ChildProcess.java(InstanceMain.class, List.of()));
  }

  void send(Message message) {
    try {
      process.input().write((message.line() + "\n").getBytes(StandardCharsets.UTF_8));
      process.input().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What it says next; blocks.
   *
   * @throws IllegalStateException if it failed or ended
   */
  Message receive() {
    try {
      String line = process.output().readLine();
      if (line == null) {
        throw new IllegalStateException("a process of the fleet ended");
      }
      Message message = Message.parse(line);
      if (message.has("failure")) {
        throw new IllegalStateException("a process of the fleet: " + message.text("failure"));
      }
      return message;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
