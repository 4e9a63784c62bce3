package io.hotdeal.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A fake server that accepts clients and answers each script call with one given line. */
final class FakeRedis implements AutoCloseable {

  /** Never replies. */
  static final String SILENCE = "silence";

  /** Closes the connection during the call. */
  static final String HANG_UP = "hang up";

  private final ServerSocket server;
  private final Function<String, String> answers;
  private volatile String greeting = "";
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  private FakeRedis(Function<String, String> answers) {
    this.answers = answers;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /**
   * Answers every script call with the next of these lines, such as {@code "-LOADING ..."}, and
   * those after the last one with that.
   */
  static FakeRedis answering(String... lines) {
    AtomicInteger next = new AtomicInteger();
    return new FakeRedis(
        command ->
            command.startsWith("EVAL")
                ? lines[Math.min(next.getAndIncrement(), lines.length - 1)]
                : handshake(command));
  }

  /** Accepts connections and never replies. */
  static FakeRedis silent() {
    return new FakeRedis(command -> SILENCE);
  }

  /** Sends this line as soon as a client connects, and nothing more. */
  static FakeRedis greeting(String line) {
    FakeRedis redis = silent();
    redis.greeting = line + "\r\n";
    return redis;
  }

  URI tlsUri() {
    return URI.create("rediss://127.0.0.1:" + server.getLocalPort());
  }

  /** Connections accepted so far. */
  int accepted() {
    return sockets.size();
  }

  URI uri() {
    return URI.create("redis://127.0.0.1:" + server.getLocalPort());
  }

  private static String handshake(String command) {
    return switch (command) {
      case "HELLO" -> "-ERR unknown command `HELLO`, with args beginning with: ";
      case "PING" -> "+PONG";
      default -> "+OK";
    };
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = server.accept();
      sockets.add(socket);
      if (server.isClosed()) { // accepted while it was being closed
        socket.close();
        return;
      }
      start(() -> serve(socket));
    }
  }

  private void serve(Socket socket) throws IOException {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      OutputStream out = socket.getOutputStream();
      out.write(greeting.getBytes(StandardCharsets.UTF_8));
      for (String header = in.readLine(); header != null; header = in.readLine()) {
        String answer = answers.apply(command(header, in));
        if (answer.equals(HANG_UP)) {
          return;
        }
        if (!answer.equals(SILENCE)) {
          out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      }
    }
  }

  /** Reads one command, {@code *n} and n times {@code $length} and text, to its end. */
  private static String command(String header, BufferedReader in) throws IOException {
    String command = "";
    for (int i = Integer.parseInt(header.substring(1)); i > 0; i--) {
      int left = Integer.parseInt(in.readLine().substring(1)) + 2;
      StringBuilder text = new StringBuilder();
      for (; left > 0; left--) {
        text.append((char) in.read());
      }
      command = command.isEmpty() ? text.toString().trim() : command;
    }
    return command.toUpperCase(Locale.ROOT);
  }

  private interface IoTask {
    void run() throws IOException;
  }

  private static void start(IoTask task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // Closed: by the client, or at the end of the test.
              }
            },
            "fake-redis");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
