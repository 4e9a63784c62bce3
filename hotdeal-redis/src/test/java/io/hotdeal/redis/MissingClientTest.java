package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.contract.WithoutLibrary;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
    "Where a client is not on the class path, a container can look over all but the factories")
class MissingClientTest {

  @Test
  @DisplayName("without Jedis")
  void withoutJedis() {
    assertThat(unusable("redis.clients.")).isEqualTo(Set.of("JedisClients", "JedisCounters"));
  }

  @Test
  @DisplayName("with a Jedis from before 7.2, which has no RedisClient")
  void withOldJedis() {
    assertThat(unusable("redis.clients.jedis.RedisClient")).isEqualTo(Set.of("JedisClients"));
  }

  @Test
  @DisplayName("without Lettuce")
  void withoutLettuce() {
    assertThat(unusable("io.lettuce.")).isEqualTo(Set.of("LettuceClients", "LettuceCounters"));
  }

  private static Set<String> unusable(String missing) {
    return WithoutLibrary.unusable(RedisStockCounter.class, missing);
  }
}
