package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.testkit.WithoutLibrary;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A container can introspect every class but the factories of a missing client")
class MissingClientTest {

  @Test
  @DisplayName("without Jedis")
  void withoutJedis() {
    assertUnusable("redis.clients.", "JedisClients", "JedisCounters");
  }

  @Test
  @DisplayName("with a Jedis before 7.2, which has no RedisClient")
  void withOldJedis() {
    assertUnusable("redis.clients.jedis.RedisClient", "JedisClients");
  }

  @Test
  @DisplayName("without Lettuce")
  void withoutLettuce() {
    assertUnusable("io.lettuce.", "LettuceClients", "LettuceCounters");
  }

  private static void assertUnusable(String missing, String... factories) {
    Set<String> expected = new TreeSet<>(unusable("nothing.")); // none, but with an old Jedis
    expected.addAll(List.of(factories));
    assertThat(unusable(missing)).isEqualTo(expected);
  }

  private static Set<String> unusable(String missing) {
    return WithoutLibrary.unusable(RedisStockCounter.class, missing);
  }
}
