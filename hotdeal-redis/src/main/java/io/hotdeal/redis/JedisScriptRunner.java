package io.hotdeal.redis;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A script runner over Jedis: standalone, Sentinel or Cluster.
 *
 * <p>Only the plain and the Sentinel client send each command once; all others are assumed to
 * repeat it. The two are recognised by class name, since each version of Jedis has only some of
 * these classes.
 */
final class JedisScriptRunner implements ScriptRunner {

  private static final Set<String> SEND_ONCE =
      Set.of(
          "redis.clients.jedis.RedisClient",
          "redis.clients.jedis.RedisSentinelClient",
          "redis.clients.jedis.JedisPooled", // before 8.0
          "redis.clients.jedis.JedisSentineled");

  private final UnifiedJedis jedis;
  private final JedisFailures failures;

  /** Null if the client's connections are not known, so that there are no pipelines. */
  private final @Nullable JedisNodes nodes;

  JedisScriptRunner(UnifiedJedis jedis) {
    this.jedis = jedis;
    this.failures = new JedisFailures(repeats(jedis.getClass()));
    this.nodes = JedisNodes.of(jedis);
  }

  private static boolean repeats(Class<?> client) {
    return Stream.<Class<?>>iterate(client, Objects::nonNull, Class::getSuperclass)
        .noneMatch(type -> SEND_ONCE.contains(type.getName()));
  }

  @Override
  public List<?> evalsha(String sha, List<String> keys, List<String> args) {
    return call(() -> jedis.evalsha(sha, keys, args));
  }

  @Override
  public List<?> eval(String script, List<String> keys, List<String> args) {
    return call(() -> jedis.eval(script, keys, args));
  }

  private List<?> call(Supplier<Object> command) {
    try {
      return (List<?>) command.get();
    } catch (JedisException e) {
      if (JedisFailures.isOfAllConnections(e)) {
        JedisConnections.clear(jedis);
      }
      throw failures.of(e);
    }
  }

  @Override
  public boolean repeats() {
    return failures.repeats();
  }

  @Override
  public boolean pipelines() {
    return nodes != null;
  }

  @Override
  public List<ScriptOutcome> evalshaAll(String sha, List<ScriptCall> calls) {
    return nodes == null || calls.size() == 1
        ? ScriptRunner.super.evalshaAll(sha, calls)
        : pipelined(
            nodes,
            calls,
            call -> nodes.commands().evalsha(sha, call.keys(), call.args()),
            redirected -> ScriptRunner.super.evalshaAll(sha, redirected));
  }

  @Override
  public List<ScriptOutcome> evalAll(String script, List<ScriptCall> calls) {
    return nodes == null || calls.size() == 1
        ? ScriptRunner.super.evalAll(script, calls)
        : pipelined(
            nodes,
            calls,
            call -> nodes.commands().eval(script, call.keys(), call.args()),
            redirected -> ScriptRunner.super.evalAll(script, redirected));
  }

  /** Jedis follows redirections only in single calls, the first of which corrects its view. */
  private List<ScriptOutcome> pipelined(
      JedisNodes known,
      List<ScriptCall> calls,
      Function<ScriptCall, CommandObject<Object>> command,
      ScriptAttempts.Attempt oneByOne) {
    return ScriptAttempts.first(calls, all -> JedisPipelines.run(known, failures, all, command))
        .again(RedisErrorReply::isRedirection, oneByOne)
        .outcomes();
  }
}
