package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.api.sync.RedisScriptingCommands;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one connection of a Lettuce client, made when it is first wanted and the store is there. */
final class LettuceConnection implements Supplier<RedisScriptingCommands<String, String>> {

  private final RedisClient client;
  private final ReentrantLock connecting = new ReentrantLock();
  private volatile @Nullable RedisCommands<String, String> commands;

  LettuceConnection(RedisClient client) {
    this.client = client;
  }

  @Override
  public RedisScriptingCommands<String, String> get() {
    RedisCommands<String, String> connected = commands;
    return connected != null ? connected : connect();
  }

  private RedisCommands<String, String> connect() {
    connecting.lock();
    try {
      RedisCommands<String, String> connected = commands;
      if (connected == null) {
        connected = client.connect().sync();
        commands = connected;
      }
      return connected;
    } catch (RedisException e) {
      throw new NothingHappenedException("cannot connect to Redis: " + e.getMessage(), e);
    } finally {
      connecting.unlock();
    }
  }
}
