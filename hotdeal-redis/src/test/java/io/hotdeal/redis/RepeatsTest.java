package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hotdeal.redis.ScriptOutcome.Failed;
import io.hotdeal.testkit.TcpProxy;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.UnifiedJedis;

/**
 * How often each client executes a command whose reply was lost, counted in Redis; docs/drivers.md
 * quotes it.
 */
@Timeout(60)
@DisplayName("When a reply is lost with its connection,")
class RepeatsTest {

  private static final String COUNT = "return {redis.call('INCR', KEYS[1])}";
  private static final List<String> KEYS = List.of("{a}-quantity");
  private static final List<String> KEYS_OF_PIPELINE = List.of("{a}-1", "{a}-2", "{a}-3");

  @Test
  @DisplayName("Jedis' standalone client executes the command once")
  void jedis() throws IOException {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        UnifiedJedis client = Jedises.standalone(proxy.uri("redis"))) {
      assertThat(executions(new JedisScriptRunner(client), redis.admin(), proxy)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("Lettuce as LettuceClients configures it executes the command once")
  void lettuce() throws IOException {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        RedisClient client = LettuceClients.standalone(proxy.uri("redis"))) {
      assertThat(executions(runner(client), redis.admin(), proxy)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName(
      "Lettuce with REJECT_COMMANDS executes it once, or twice and then reports that it repeats")
  void lettuceRejecting() throws IOException {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        RedisClient client = RedisClient.create(proxy.uri("redis").toString())) {
      client.setOptions(
          ClientOptions.builder()
              .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
              .build());
      assertThat(executions(runner(client), redis.admin(), proxy)).isBetween(1L, 2L);
    }
  }

  @Test
  @DisplayName("Lettuce in its default configuration executes it twice")
  void lettuceDefaults() throws IOException {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        RedisClient client = RedisClient.create(proxy.uri("redis").toString())) {
      assertThat(executions(runner(client), redis.admin(), proxy)).isEqualTo(2);
    }
  }

  @Test
  @DisplayName("Jedis' cluster client executes it twice")
  void jedisCluster() throws IOException {
    try (EmbeddedCluster cluster = new EmbeddedCluster()) {
      URI node = cluster.nodeOf(KEYS.get(0));
      try (TcpProxy proxy = new TcpProxy(node.getPort());
          UnifiedJedis admin = Jedises.standalone(node)) {
        URI other = cluster.announce(node, proxy.port());
        try (UnifiedJedis client = Jedises.cluster(other)) {
          assertThat(executions(new JedisScriptRunner(client), admin, proxy)).isEqualTo(2);
        }
      }
    }
  }

  @Test
  @DisplayName("Jedis' standalone client executes each command of a pipeline once")
  void jedisPipeline() throws IOException {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        UnifiedJedis client = Jedises.standalone(proxy.uri("redis"))) {
      assertPipelineExecutesOnce(new JedisScriptRunner(client), redis.admin(), proxy);
    }
  }

  @Test
  @DisplayName("Lettuce as LettuceClients configures it executes none of a pipeline twice")
  void lettucePipeline() throws IOException {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        RedisClient client = LettuceClients.standalone(proxy.uri("redis"))) {
      ScriptRunner runner = runner(client);
      assertThat(failures(loseReplyOfPipeline(runner, proxy))).isPositive();
      assertThat(KEYS_OF_PIPELINE).allMatch(key -> executions(redis.admin(), key) <= 1);
    }
  }

  @Test
  @DisplayName("Jedis' cluster client executes each command of a pipeline once")
  void jedisClusterPipeline() throws IOException {
    try (EmbeddedCluster cluster = new EmbeddedCluster()) {
      URI node = cluster.nodeOf(KEYS.get(0));
      try (TcpProxy proxy = new TcpProxy(node.getPort());
          UnifiedJedis admin = Jedises.standalone(node)) {
        URI other = cluster.announce(node, proxy.port());
        try (UnifiedJedis client = Jedises.cluster(other)) {
          assertPipelineExecutesOnce(new JedisScriptRunner(client), admin, proxy);
        }
      }
    }
  }

  private static void assertPipelineExecutesOnce(
      ScriptRunner runner, UnifiedJedis admin, TcpProxy proxy) {
    assertThat(loseReplyOfPipeline(runner, proxy)).hasOnlyElementsOfType(Failed.class);
    assertThat(KEYS_OF_PIPELINE).allMatch(key -> executions(admin, key) == 1);
  }

  private static List<ScriptOutcome> loseReplyOfPipeline(ScriptRunner runner, TcpProxy proxy) {
    runner.eval(COUNT, List.of("{a}-held"), List.of()); // connects
    proxy.loseNextReply();
    return runner.evalAll(
        COUNT,
        KEYS_OF_PIPELINE.stream().map(key -> new ScriptCall(List.of(key), List.of())).toList());
  }

  private static long failures(List<ScriptOutcome> outcomes) {
    return outcomes.stream().filter(Failed.class::isInstance).count();
  }

  private static long executions(UnifiedJedis admin, String key) {
    String count = admin.get(key);
    return count == null ? 0 : Long.parseLong(count);
  }

  private static ScriptRunner runner(RedisClient client) {
    return new LettuceScriptRunner(
        new RenewableLettuceConnection(
            () -> LettuceConnection.of(client.connect()), client.getOptions()));
  }

  /** How often a call takes effect if its first reply is lost. */
  private static long executions(ScriptRunner runner, UnifiedJedis admin, TcpProxy proxy) {
    runner.eval(COUNT, List.of("{a}-held"), List.of()); // connects
    proxy.loseNextReply();
    Throwable failure = catchThrowable(() -> runner.eval(COUNT, KEYS, List.of()));
    long executions = executions(admin, KEYS.get(0));
    assertThat(runner.repeats()).as("reports that it repeats").isEqualTo(executions > 1);
    assertThat(failure == null).as("gets an answer").isEqualTo(executions > 1);
    return executions;
  }
}
