package io.hotdeal.jmh.strategy;

import java.net.URI;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.SingleServerConfig;

/**
 * Redisson at its best here: two netty threads per core, not its 32, which made it about a third
 * slower on two cores; and its default of 64 connections, all opened at once, since neither 32 nor
 * 150 were faster. Scripts are kept in the server, by default; the codec is for values that are
 * objects, and none is.
 */
final class RedissonClients {

  private static final int DEFAULT_PORT = 6379;
  private static final int CONNECTIONS = 64;

  private RedissonClients() {}

  static RedissonClient of(Stores stores) {
    URI uri = stores.redis();
    Config config =
        new Config()
            .setCodec(StringCodec.INSTANCE)
            .setNettyThreads(2 * Runtime.getRuntime().availableProcessors());
    authenticate(config, uri);
    SingleServerConfig server =
        config
            .useSingleServer()
            .setAddress(address(uri))
            .setConnectionPoolSize(CONNECTIONS)
            .setConnectionMinimumIdleSize(CONNECTIONS);
    if (uri.getPath() != null && uri.getPath().length() > 1) {
      server.setDatabase(Integer.parseInt(uri.getPath().substring(1)));
    }
    return Redisson.create(config);
  }

  private static String address(URI uri) {
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + ":" + port;
  }

  private static void authenticate(Config config, URI uri) {
    if (uri.getUserInfo() != null) {
      String[] parts = uri.getUserInfo().split(":", 2);
      if (!parts[0].isEmpty()) {
        config.setUsername(parts[0]);
      }
      config.setPassword(parts[parts.length - 1]);
    }
  }
}
