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
 * Creates Lettuce clients with short time-outs, which hold a bounded number of commands and never
 * send one twice.
 *
 * <p>Lettuce's own defaults keep any number of commands through an outage and send them, stale,
 * when it is over. Before 6.7 Lettuce repeats what a lost connection owes, whatever it is told, so
 * these clients do not reconnect by themselves there: {@link LettuceCounters#on(RedisClient)} makes
 * a new connection when one is lost.
 */
public final class LettuceClients {

  /** How long to wait for a connection and for an answer, unless told otherwise. */
  public static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** How many commands may be under way; each may be a whole batch of orders. */
  public static final int REQUEST_QUEUE_SIZE = 1_000;

  private LettuceClients() {}

  /**
   * A client for one server, with {@link #TIMEOUT}, to be shut down by the caller.
   *
   * @param uri {@code redis[s]://[[user]:password@]host[:port][/database]}
   * @throws IllegalArgumentException if it is not of that form; the message does not name it
   */
  public static RedisClient standalone(URI uri) {
    return standalone(uri, TIMEOUT);
  }

  /**
   * The same with a time-out of its own.
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
