package io.hotdeal.faults;

import io.hotdeal.redis.JedisCounters;
import io.hotdeal.redis.LettuceCounters;
import io.hotdeal.spi.StockCounter;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import java.time.Duration;
import java.util.function.Consumer;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClusterClient;

/** The Redis clients, configured as by the library, but with time-outs for the harness. */
enum Client {
  JEDIS {
    @Override
    StockCounter open(int port, int timeoutMillis, Consumer<AutoCloseable> closing) {
      var client =
          redis.clients.jedis.RedisClient.builder()
              .hostAndPort(new HostAndPort("127.0.0.1", port))
              .clientConfig(jedis(timeoutMillis))
              .build();
      closing.accept(client);
      return JedisCounters.on(client);
    }
  },
  /** Repeats commands by itself. Connects when it is created, so it is created on first use. */
  JEDIS_CLUSTER {
    @Override
    StockCounter open(int port, int timeoutMillis, Consumer<AutoCloseable> closing) {
      return JedisCounters.lazily(
          () -> {
            var client =
                RedisClusterClient.builder()
                    .nodes(java.util.Set.of(new HostAndPort("127.0.0.1", port)))
                    .clientConfig(jedis(timeoutMillis))
                    .build();
            closing.accept(client);
            return client;
          });
    }
  },
  LETTUCE {
    @Override
    StockCounter open(int port, int timeoutMillis, Consumer<AutoCloseable> closing) {
      Duration timeout = Duration.ofMillis(timeoutMillis);
      RedisURI uri = RedisURI.create("127.0.0.1", port);
      uri.setTimeout(timeout);
      RedisClient client = RedisClient.create(uri);
      client.setOptions(
          ClientOptions.builder()
              .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
              .timeoutOptions(TimeoutOptions.enabled(timeout))
              .requestQueueSize(1_000)
              .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
              .build());
      closing.accept(() -> client.shutdown(Duration.ZERO, Duration.ofSeconds(5)));
      return LettuceCounters.on(client);
    }
  };

  /** A counter over a client of its own, which is handed over to be closed. */
  abstract StockCounter open(int port, int timeoutMillis, Consumer<AutoCloseable> closing);

  private static JedisClientConfig jedis(int timeoutMillis) {
    return DefaultJedisClientConfig.builder()
        .connectionTimeoutMillis(timeoutMillis)
        .socketTimeoutMillis(timeoutMillis)
        .build();
  }
}
