package io.hotdeal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The TCP proxy")
@Timeout(30)
final class TcpProxyTest {

  private static final long ONE_WAY = 10_000_000;

  private ServerSocket echo;
  private CompletableFuture<Void> echoing;
  private TcpProxy proxy;

  @BeforeEach
  void open() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    echoing = CompletableFuture.runAsync(this::echoOne);
    proxy = new TcpProxy(echo.getLocalPort());
    proxy.delay(Duration.ofNanos(ONE_WAY));
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    echo.close();
  }

  private void echoOne() {
    try (Socket client = echo.accept()) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // the test is over
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  @Test
  @DisplayName("forwards a byte no sooner than after the given delay, in each direction")
  void delayed() throws IOException {
    try (Socket socket = connect()) {
      for (int ping = 1; ping <= 5; ping++) {
        long before = System.nanoTime();
        socket.getOutputStream().write(ping);

        assertThat(socket.getInputStream().read()).isEqualTo(ping);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(2 * ONE_WAY);
      }
    }
  }

  @Test
  @DisplayName("forwards all bytes in order, and the end of the stream")
  void all() throws Exception {
    byte[] sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);
    try (Socket socket = connect()) {
      CompletableFuture<byte[]> received =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      socket.getOutputStream().write(sent);
      socket.shutdownOutput();

      assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo(sent);
    }
  }

  @Test
  @DisplayName("closes the connection if no server listens")
  void noServer() throws IOException {
    echo.close();
    echoing.join(); // a thread in accept() would still get a connection, and serve it
    try (Socket socket = connect()) {
      assertThat(readOrEnd(socket)).isEqualTo(-1);
    }
  }

  private static int readOrEnd(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException e) {
      return -1; // a reset is an end, too
    }
  }
}
