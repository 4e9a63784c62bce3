package io.hotdeal.jmh.load;

import io.hotdeal.testkit.RedisProcess;
import io.hotdeal.testkit.Resources;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Redis servers by name: {@code embedded} is a real one, which keeps nothing on disk; {@code
 * configured} is where the environment variable {@code HOTDEAL_REDIS_URI} says, of the form {@code
 * redis[s]://[[user]:password@]host[:port][/database]}.
 */
public final class RedisServers {

  private RedisServers() {}

  /**
   * The Redis of this name; an embedded one is started.
   *
   * @param resources stops it
   * @throws IllegalArgumentException if there is none
   */
  public static URI start(String name, Resources resources) {
    return switch (name) {
      case "embedded" ->
          resources.add(RedisProcess.started("--maxmemory-policy", "noeviction")).uri();
      case "configured" -> configured();
      default ->
          throw new IllegalArgumentException("redis " + name + " is not embedded or configured");
    };
  }

  /** Without the cause, which repeats the URI: it may hold a password. */
  private static URI configured() {
    try {
      return new URI(Environment.require("HOTDEAL_REDIS_URI"));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("HOTDEAL_REDIS_URI is not a URI: " + e.getReason());
    }
  }
}
