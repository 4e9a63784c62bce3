package io.hotdeal.redis;

import io.lettuce.core.RedisClient;
import java.net.URI;
import java.time.Duration;

/** The clients that every test of the adapter runs with. */
enum Client {
  JEDIS {
    @Override
    Connected connect(URI uri, Duration timeout) {
      var jedis = Jedises.standalone(uri, timeout);
      return new Connected(JedisCounters.on(jedis), jedis::close);
    }
  },
  LETTUCE {
    @Override
    Connected connect(URI uri, Duration timeout) {
      RedisClient lettuce = LettuceClients.standalone(uri, timeout);
      return new Connected(
          LettuceCounters.on(lettuce),
          () -> lettuce.shutdown(Duration.ZERO, Duration.ofSeconds(5)));
    }
  };

  abstract Connected connect(URI uri, Duration timeout);

  Connected connect(URI uri) {
    return connect(uri, LettuceClients.TIMEOUT);
  }

  record Connected(RedisStockCounter counter, Runnable closing) implements AutoCloseable {
    @Override
    public void close() {
      closing.run();
    }
  }
}
