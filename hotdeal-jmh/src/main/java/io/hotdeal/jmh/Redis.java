package io.hotdeal.jmh;

import io.hotdeal.jmh.load.Cleanup;
import io.hotdeal.jmh.load.RedisServers;
import io.hotdeal.redis.JedisClients;
import io.hotdeal.redis.JedisCounters;
import io.hotdeal.redis.LettuceClients;
import io.hotdeal.redis.LettuceCounters;
import io.hotdeal.spi.StockCounter;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The Redis of one trial: a real server, embedded, which keeps nothing on disk.
 *
 * <p>{@code configured} is where the environment variable {@code HOTDEAL_REDIS_URI} says, of the
 * form {@code redis[s]://[[user]:password@]host[:port][/database]}. The deals' keys stay there: use
 * one that may be thrown away.
 */
@State(Scope.Benchmark)
public class Redis {

  /** {@code embedded} or {@code configured}. */
  @Param("embedded")
  String redis;

  private final Cleanup cleanup = new Cleanup();
  private URI uri;

  /** Starts it, if it is embedded. */
  @Setup
  public void start() throws IOException {
    uri = RedisServers.start(redis, cleanup);
  }

  StockCounter counter(String client) {
    return switch (client) {
      case "jedis" -> jedis();
      case "lettuce" -> lettuce();
      default ->
          throw new IllegalArgumentException("client " + client + " is not jedis or lettuce");
    };
  }

  StockCounter jedis() {
    redis.clients.jedis.RedisClient client = JedisClients.standalone(uri);
    cleanup.add(client::close);
    return JedisCounters.on(client);
  }

  StockCounter lettuce() {
    RedisClient client = LettuceClients.standalone(uri);
    cleanup.add(() -> client.shutdown(Duration.ZERO, Duration.ofSeconds(5)));
    return LettuceCounters.on(client);
  }

  /** Ends the clients, and the server if it is embedded. */
  @TearDown
  public void stop() {
    cleanup.run();
  }
}
