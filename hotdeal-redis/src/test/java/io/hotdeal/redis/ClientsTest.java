package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Redis clients with short time-outs")
class ClientsTest {

  private static final URI ANYWHERE = URI.create("redis://127.0.0.1:6379");

  @BeforeEach
  void thisJedisHasThem() {
    assumeTrue(Jedises.hasBuilders());
  }

  @Test
  @DisplayName("let nobody wait for ever for a connection of the pool")
  void pool() {
    try (var usual = JedisClients.standalone(ANYWHERE);
        var impatient = JedisClients.standalone(ANYWHERE, Duration.ofMillis(300))) {
      assertThat(usual.getPool().getMaxWaitDuration()).isEqualTo(JedisClients.TIMEOUT);
      assertThat(impatient.getPool().getMaxWaitDuration()).isEqualTo(Duration.ofMillis(300));
      assertThat(usual.getPool().getMaxTotal()).isEqualTo(JedisClients.POOL_SIZE);
      assertThat(usual.getPool().getMaxIdle()).isEqualTo(JedisClients.POOL_SIZE);
    }
  }

  @Test
  @DisplayName("have a time-out of their own where one is given, and one in any case")
  void timeouts() {
    for (Duration none : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(999_999))) {
      assertThatThrownBy(() -> JedisClients.standalone(ANYWHERE, none))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(none.toString());
      assertThatThrownBy(() -> LettuceClients.standalone(ANYWHERE, none))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(none.toString());
    }
    try (var lettuce = LettuceClients.standalone(ANYWHERE, Duration.ofMillis(300))) {
      assertThat(lettuce.getOptions().getSocketOptions().getConnectTimeout())
          .isEqualTo(Duration.ofMillis(300));
    }
  }
}
