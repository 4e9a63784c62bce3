package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.lettuce.core.ClientOptions;
import java.util.function.Supplier;

/**
 * The shared connection of a Lettuce client: opened at the first call, and replaced when it fails
 * or its server turns out not to be a primary.
 *
 * <p>By itself Lettuce keeps a connection whose server no longer answers or became a replica, and
 * reconnects late after a long outage, because it backs off. Thread-safe.
 */
final class RenewableLettuceConnection implements LettuceConnectionSource {

  private final LazyReference<LettuceConnection> reference;
  private volatile ClientOptions options;

  /**
   * @param options the client's, used until a connection is open
   */
  RenewableLettuceConnection(Supplier<LettuceConnection> connect, ClientOptions options) {
    this.reference = new LazyReference<>(connect);
    this.options = options;
  }

  @Override
  public LettuceConnection connection() {
    LettuceConnection connected = connected();
    options = connected.connection().getOptions();
    return connected;
  }

  private LettuceConnection connected() {
    try {
      return reference.get();
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
  public void failed(LettuceConnection connection) {
    reference.dropIf(connection::equals, RenewableLettuceConnection::close);
  }

  private static void close(LettuceConnection connection) {
    var unused = connection.connection().closeAsync();
  }
}
