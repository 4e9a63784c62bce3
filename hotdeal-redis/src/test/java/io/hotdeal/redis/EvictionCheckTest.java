package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The memory policy")
class EvictionCheckTest {

  @Test
  @DisplayName("is read by a script, so that it works with any client")
  void isRead() {
    try (EmbeddedRedis redis = new EmbeddedRedis()) {
      redis.admin().configSet("maxmemory-policy", "allkeys-lru");
      assertThat(policy(redis)).isEqualTo("allkeys-lru");
      redis.admin().configSet("maxmemory-policy", "noeviction");
      assertThat(policy(redis)).isEqualTo("noeviction");
    }
  }

  private static String policy(EmbeddedRedis redis) {
    JedisScriptRunner runner = new JedisScriptRunner(redis.admin());
    return Script.EVICTION.run(runner, DealKeys.of("deal"), List.of()).word(0);
  }
}
