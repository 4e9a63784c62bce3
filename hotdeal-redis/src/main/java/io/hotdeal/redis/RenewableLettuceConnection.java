package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.sync.RedisScriptingCommands;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The shared connection of a Lettuce client: opened at the first call, and replaced when it fails
 * or its server turns out not to be a primary.
 *
 * <p>By itself Lettuce keeps a connection whose server no longer answers or became a replica, and
 * reconnects late after a long outage, because it backs off. Thread-safe.
 */
final class RenewableLettuceConnection<C extends StatefulConnection<String, String>>
    implements LettuceConnectionSource {

  private final LazyReference<C> connection;
  private final Function<C, RedisScriptingCommands<String, String>> commandsOf;
  private volatile ClientOptions options;

  /**
   * @param options the client's, used until a connection is open
   */
  RenewableLettuceConnection(
      Supplier<? extends C> connect,
      Function<C, RedisScriptingCommands<String, String>> commandsOf,
      ClientOptions options) {
    this.connection = new LazyReference<>(connect);
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
    } catch (RuntimeException e) { // of any type: no script was sent
      throw new NothingHappenedException("cannot connect to Redis: " + RootCauses.of(e), e);
    }
  }

  @Override
  public ClientOptions options() {
    return options;
  }

  /** Closes the connection. Other calls that wait on it fail too; they would time out anyway. */
  @Override
  public void failed(RedisScriptingCommands<String, String> commands) {
    connection.dropIf(
        connected -> commandsOf.apply(connected) == commands, RenewableLettuceConnection::close);
  }

  private static void close(StatefulConnection<String, String> connection) {
    var unused = connection.closeAsync();
  }
}
