package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import java.util.NoSuchElementException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The classification of what Jedis throws.
 *
 * @param repeats whether the client may have sent the command more than once
 */
record JedisFailures(boolean repeats) {

  /** A {@link RedisErrorReply} for an error reply, else a {@link HotDealException}. */
  RuntimeException of(JedisException e) {
    return e instanceof JedisDataException data ? reply(data) : failure(e);
  }

  private HotDealException failure(JedisException e) {
    if (repeats) {
      return new OutcomeUnknownException("the last attempt failed: " + RootCauses.of(e), e);
    }
    if (isOfExhaustedPool(e)) {
      return new NothingHappenedException("no Redis connection was free in the pool", e);
    }
    if (isOfClosedPool(e)) {
      return new NothingHappenedException("Jedis did not send it: " + RootCauses.of(e), e);
    }
    return RedisErrors.ofFailure(e);
  }

  /** Whether the other connections of the pool will fail too, while a new one may not. */
  static boolean isOfAllConnections(JedisException e) {
    return e instanceof JedisDataException data
        ? reply(data).isOfNoPrimary()
        : e instanceof JedisConnectionException && !isOfExhaustedPool(e) && !isOfClosedPool(e);
  }

  private static RedisErrorReply reply(JedisDataException e) {
    return new RedisErrorReply(String.valueOf(e.getMessage()));
  }

  private static boolean isOfExhaustedPool(JedisException e) {
    return e.getCause() instanceof NoSuchElementException;
  }

  private static boolean isOfClosedPool(JedisException e) {
    return e.getCause() instanceof IllegalStateException;
  }
}
