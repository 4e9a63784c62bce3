package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.sync.RedisScriptingCommands;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one connection of a Lettuce client, made when it is first wanted and the store is there, and
 * left for a new one when it fails or leads to a server that was demoted.
 *
 * <p>By itself Lettuce stays with a connection that went silent or whose server became a replica,
 * and comes back late to a store that was down for long: its pauses grow.
 */
final class LettuceConnection<C extends StatefulConnection<String, String>> implements LettuceLine {

  private final Shared<C> connection;
  private final Function<C, RedisScriptingCommands<String, String>> commandsOf;
  private volatile ClientOptions options;

  /**
   * @param options the client's, if they are known before it is connected
   */
  LettuceConnection(
      Supplier<? extends C> connect,
      Function<C, RedisScriptingCommands<String, String>> commandsOf,
      ClientOptions options) {
    this.connection = new Shared<>(connect);
    this.commandsOf = commandsOf;
    this.options = options;
  }

  @Override
  public RedisScriptingCommands<String, String> commands() {
    C connected = connected();
    options = connected.getOptions();
    return commandsOf.apply(connected);
  }

  private C connected() {
    try {
      return connection.get();
    } catch (HotDealException e) {
      throw e;
    } catch (RuntimeException e) { // of whatever kind: no script was sent
      throw new NothingHappenedException("cannot connect to Redis: " + Causes.of(e), e);
    }
  }

  @Override
  public ClientOptions options() {
    return options;
  }

  /** The other calls that wait on it fail with it; they are as lost as this one. */
  @Override
  public void failed(RedisScriptingCommands<String, String> commands) {
    connection.dropIf(
        connected -> commandsOf.apply(connected) == commands, LettuceConnection::close);
  }

  private static void close(StatefulConnection<String, String> connection) {
    var unused = connection.closeAsync();
  }
}
