package io.hotdeal.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import java.net.URI;
import java.time.Duration;

/**
 * A factory of Lettuce clients with short time-outs, which queue a bounded number of commands and
 * send each once.
 *
 * <p>By default Lettuce queues any number of commands during an outage and sends them, stale, when
 * it is over. Before 6.7 Lettuce resends unanswered commands after a reconnect with any options, so
 * there these clients do not reconnect by themselves: {@link LettuceCounters#on(RedisClient)} opens
 * a new connection when one is lost.
 */
public final class LettuceClients {

  /** The default time-out, 2 s: for a connection and for an answer, each. */
  public static final Duration TIMEOUT = Duration.ofSeconds(2);

  /**
   * The most commands under way. Each may be a whole batch of orders of one deal; a batch of many
   * deals is as many small ones.
   */
  public static final int REQUEST_QUEUE_SIZE = 10_000;

  private LettuceClients() {}

  /**
   * Creates a client for one server, with {@link #TIMEOUT}. It does not connect yet; the caller
   * shuts it down.
   *
   * @param uri {@code redis[s]://[[user]:password@]host[:port][/database]}; the port is 6379 by
   *     default
   * @throws IllegalArgumentException if it is not of that form; the message does not contain it
   */
  public static RedisClient standalone(URI uri) {
    return standalone(uri, TIMEOUT);
  }

  /**
   * The same with a given time-out.
   *
   * @param timeout how long to wait, each, for a connection and for an answer; 1 ms or more
   */
  public static RedisClient standalone(URI uri, Duration timeout) {
    RedisUris.check(uri);
    TimeoutCheck.millis(timeout);
    RedisURI target = RedisURI.create(uri);
    target.setTimeout(timeout);
    RedisClient client = RedisClient.create(target);
    client.setOptions(options(timeout));
    return client;
  }

  private static ClientOptions options(Duration timeout) {
    return ClientOptions.builder()
        .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
        .timeoutOptions(TimeoutOptions.enabled(timeout))
        .requestQueueSize(REQUEST_QUEUE_SIZE)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .autoReconnect(!LettuceVersions.repeatsUnanswered())
        .build();
  }
}
