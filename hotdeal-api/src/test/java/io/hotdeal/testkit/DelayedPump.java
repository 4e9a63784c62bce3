package io.hotdeal.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One direction of a connection with a delay. What is read gets the time at which it is to be
 * forwarded and waits in a queue, so that the delay of one read does not add to the next one's.
 */
final class DelayedPump {

  private static final int BUFFER = 64 * 1024;
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private final Socket from;
  private final Socket to;
  private final long delayNanos;
  private final BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>();

  private record Chunk(long dueAt, ByteBuffer bytes) {}

  DelayedPump(Socket from, Socket to, long delayNanos) {
    this.from = from;
    this.to = to;
    this.delayNanos = delayNanos;
  }

  /** Starts its two threads; {@code afterEnd} runs when everything is forwarded. */
  void start(Runnable afterEnd) {
    DaemonThreads.start("proxy-read", this::read);
    DaemonThreads.start(
        "proxy-write",
        () -> {
          write();
          afterEnd.run();
        });
  }

  private void read() {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        put(ByteBuffer.wrap(Arrays.copyOf(buffer, size)));
      }
    } catch (IOException e) {
      // a reset is an end too
    }
    put(END);
  }

  private void put(ByteBuffer bytes) {
    queue.add(new Chunk(System.nanoTime() + delayNanos, bytes));
  }

  private void write() throws IOException {
    try {
      OutputStream out = to.getOutputStream();
      for (Chunk next = queue.take(); next.bytes().hasRemaining(); next = queue.take()) {
        waitUntil(next.dueAt());
        out.write(next.bytes().array());
      }
      to.shutdownOutput();
    } catch (IOException e) {
      from.close(); // the sender has to see that its receiver is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      from.close();
    }
  }

  private static void waitUntil(long at) {
    for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
