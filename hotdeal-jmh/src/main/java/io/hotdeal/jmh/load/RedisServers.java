package io.hotdeal.jmh.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import redis.embedded.RedisServer;

/**
 * Redis servers by name: {@code embedded} is a real one, which keeps nothing on disk; {@code
 * configured} is where the environment variable {@code HOTDEAL_REDIS_URI} says, of the form {@code
 * redis[s]://[[user]:password@]host[:port][/database]}.
 */
public final class RedisServers {

  private RedisServers() {}

  /**
   * Starts the one of this name, if it is embedded.
   *
   * @param cleanup ends it
   * @throws IllegalArgumentException if there is none
   */
  public static URI start(String name, Cleanup cleanup) throws IOException {
    return switch (name) {
      case "embedded" -> startServer(cleanup);
      case "configured" -> configured();
      default ->
          throw new IllegalArgumentException("redis " + name + " is not embedded or configured");
    };
  }

  private static URI startServer(Cleanup cleanup) throws IOException {
    int port = freePort();
    RedisServer server =
        RedisServer.newRedisServer()
            .port(port)
            .bind(InetAddress.getLoopbackAddress().getHostAddress())
            .setting("save \"\"")
            .setting("appendonly no")
            .setting("maxmemory-policy noeviction")
            .onShutdownForceStop(true)
            .build();
    server.start();
    cleanup.add(server::stop);
    return URI.create("redis://127.0.0.1:" + port);
  }

  /** Without the cause, which repeats the URI: it may hold a password. */
  private static URI configured() {
    try {
      return new URI(Environment.require("HOTDEAL_REDIS_URI"));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("HOTDEAL_REDIS_URI is not a URI: " + e.getReason());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
