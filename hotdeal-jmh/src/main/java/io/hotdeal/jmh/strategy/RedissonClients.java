package io.hotdeal.jmh.strategy;

import java.net.URI;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.SingleServerConfig;

/**
 * Redisson with a connection for every caller, where its default is 64 for all: a connection
 * carries one blocked caller's command at a time. Scripts are kept in the server and netty has 32
 * threads, both by default; the codec is for values that are objects, and none is.
 */
final class RedissonClients {

  private static final int DEFAULT_PORT = 6379;
  private static final int FEWEST_CONNECTIONS = 64;

  private RedissonClients() {}

  static RedissonClient of(Stores stores) {
    URI uri = stores.redis();
    int connections = Math.max(stores.callers(), FEWEST_CONNECTIONS);
    Config config = new Config().setCodec(StringCodec.INSTANCE);
    authenticate(config, uri);
    SingleServerConfig server =
        config
            .useSingleServer()
            .setAddress(address(uri))
            .setConnectionPoolSize(connections)
            .setConnectionMinimumIdleSize(connections);
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
