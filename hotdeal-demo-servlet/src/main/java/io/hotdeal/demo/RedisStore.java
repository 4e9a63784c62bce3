package io.hotdeal.demo;

import io.hotdeal.redis.JedisClients;
import io.hotdeal.redis.JedisCounters;
import io.hotdeal.spi.StockCounter;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** The demo's Redis: the one of the settings, else an embedded one. */
final class RedisStore {

  private static final Pattern VERSION = Pattern.compile("redis_version:(\\S+)");

  private final RedisClient client;
  private final StockCounter counter;
  private final boolean embedded;

  /**
   * @param closer gets the client and the embedded server to close
   */
  RedisStore(Settings settings, Closer closer) {
    client =
        JedisClients.standalone(
            settings.redisUri().map(RedisStore::uri).orElseGet(() -> embedded(closer)));
    closer.add(client::close);
    counter = JedisCounters.on(client);
    embedded = settings.redisUri().isEmpty();
  }

  StockCounter counter() {
    return counter;
  }

  /** The server's version, or null while it does not answer. Blocks. */
  @Nullable String description() {
    try {
      Matcher version = VERSION.matcher(client.info("server"));
      String name = "Redis " + (version.find() ? version.group(1) : "");
      return embedded ? name + ", embedded, in memory only (no AOF, no snapshots)" : name;
    } catch (JedisException e) {
      return null;
    }
  }

  boolean answers() {
    return description() != null;
  }

  private static URI embedded(Closer closer) {
    EmbeddedRedis redis = EmbeddedRedis.start();
    closer.add(redis::close);
    return URI.create(redis.uri());
  }

  /** Parses the URI; the exception does not contain it, because it may hold a password. */
  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("hotdeal.redis.uri is not a URI");
    }
  }
}
