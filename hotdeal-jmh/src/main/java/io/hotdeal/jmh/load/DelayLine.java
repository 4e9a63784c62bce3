package io.hotdeal.jmh.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One direction of a connection. What is read is stamped with the time at which it may go on, and
 * waits beside what came before it, not behind it: the delay does not add up.
 */
final class DelayLine {

  private static final int CHUNK = 64 * 1024;
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private final Socket from;
  private final Socket to;
  private final long delayNanos;
  private final BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();

  DelayLine(Socket from, Socket to, long delayNanos) {
    this.from = from;
    this.to = to;
    this.delayNanos = delayNanos;
  }

  /** Takes in all that is sent, until it ends. */
  void read() {
    byte[] buffer = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        put(ByteBuffer.wrap(Arrays.copyOf(buffer, size)));
      }
    } catch (IOException e) {
      // Reset: it ends here too.
    }
    put(END);
  }

  private void put(ByteBuffer bytes) {
    underWay.add(new Chunk(System.nanoTime() + delayNanos, bytes));
  }

  /** Hands on what is due, until the end was. */
  void write() {
    try {
      OutputStream out = to.getOutputStream();
      for (Chunk next = underWay.take(); next.bytes().hasRemaining(); next = underWay.take()) {
        Schedule.waitUntil(next.dueAt());
        out.write(next.bytes().array());
      }
      to.shutdownOutput();
    } catch (IOException e) {
      closeQuietly(from); // who sends to somebody who is gone has to learn it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closeQuietly(from);
    }
  }

  static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone, that will do.
    }
  }

  private record Chunk(long dueAt, ByteBuffer bytes) {}
}
