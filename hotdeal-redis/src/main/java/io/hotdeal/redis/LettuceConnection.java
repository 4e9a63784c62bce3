package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisScriptingCommands;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of a Lettuce client, made when it is first wanted and the store is there, and
 * left for a new one when it fails.
 *
 * <p>By itself Lettuce stays with a connection that went silent, and comes back late to a store
 * that was down for long: its pauses grow.
 */
final class LettuceConnection implements LettuceLine {

  private final RedisClient client;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile @Nullable StatefulRedisConnection<String, String> current;

  LettuceConnection(RedisClient client) {
    this.client = client;
  }

  @Override
  public RedisScriptingCommands<String, String> commands() {
    StatefulRedisConnection<String, String> connected = current;
    return (connected != null ? connected : connect()).sync();
  }

  private StatefulRedisConnection<String, String> connect() {
    changing.lock();
    try {
      StatefulRedisConnection<String, String> connected = current;
      if (connected == null) {
        connected = client.connect();
        current = connected;
      }
      return connected;
    } catch (RedisException e) {
      throw new NothingHappenedException("cannot connect to Redis: " + e.getMessage(), e);
    } finally {
      changing.unlock();
    }
  }

  /** The other calls that wait on it fail with it; they are as lost as this one. */
  @Override
  public void failed(RedisScriptingCommands<String, String> commands) {
    changing.lock();
    try {
      StatefulRedisConnection<String, String> connected = current;
      if (connected != null && connected.sync() == commands) {
        current = null;
        var unused = connected.closeAsync();
      }
    } finally {
      changing.unlock();
    }
  }
}
