package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A script runner over Jedis: standalone, Sentinel or Cluster.
 *
 * <p>Only the plain and the Sentinel client send each command once; all others are assumed to
 * repeat it. The two are recognised by class name, since each version of Jedis has only some of
 * these classes.
 */
record JedisScriptRunner(UnifiedJedis jedis) implements ScriptRunner {

  private static final Set<String> SEND_ONCE =
      Set.of(
          "redis.clients.jedis.RedisClient",
          "redis.clients.jedis.RedisSentinelClient",
          "redis.clients.jedis.JedisPooled", // before 8.0
          "redis.clients.jedis.JedisSentineled");

  @Override
  public List<?> evalsha(String sha, List<String> keys, List<String> args) {
    return call(() -> jedis.evalsha(sha, keys, args));
  }

  @Override
  public List<?> eval(String script, List<String> keys, List<String> args) {
    return call(() -> jedis.eval(script, keys, args));
  }

  @Override
  public boolean repeats() {
    return Stream.<Class<?>>iterate(jedis.getClass(), Objects::nonNull, Class::getSuperclass)
        .noneMatch(type -> SEND_ONCE.contains(type.getName()));
  }

  private List<?> call(Supplier<Object> command) {
    try {
      return (List<?>) command.get();
    } catch (JedisDataException e) {
      RedisErrorReply reply = new RedisErrorReply(String.valueOf(e.getMessage()));
      if (reply.isOfNoPrimary()) {
        JedisConnections.clear(jedis);
      }
      throw reply;
    } catch (JedisException e) {
      throw failure(e);
    }
  }

  private HotDealException failure(JedisException e) {
    if (repeats()) {
      return new OutcomeUnknownException("the last attempt failed: " + RootCauses.of(e), e);
    }
    if (e.getCause() instanceof NoSuchElementException) {
      return new NothingHappenedException("no Redis connection was free in the pool", e);
    }
    if (e.getCause() instanceof IllegalStateException) { // thrown by a pool that is closed
      return new NothingHappenedException("Jedis did not send it: " + RootCauses.of(e), e);
    }
    if (e instanceof JedisConnectionException) {
      JedisConnections.clear(jedis);
    }
    return RedisErrors.ofFailure(e);
  }
}
