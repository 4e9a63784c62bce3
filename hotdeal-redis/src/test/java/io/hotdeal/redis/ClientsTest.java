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

@DisplayName("The clients of JedisClients and LettuceClients")
class ClientsTest {

  private static final URI ANYWHERE = URI.create("redis://127.0.0.1:6379");

  @BeforeEach
  void requireBuilders() {
    assumeTrue(Jedises.hasBuilders());
  }

  @Test
  @DisplayName("limit the wait for a connection of the Jedis pool to the time-out")
  void pool() {
    try (var byDefault = JedisClients.standalone(ANYWHERE);
        var withTimeout = JedisClients.standalone(ANYWHERE, Duration.ofMillis(300))) {
      assertThat(byDefault.getPool().getMaxWaitDuration()).isEqualTo(JedisClients.TIMEOUT);
      assertThat(withTimeout.getPool().getMaxWaitDuration()).isEqualTo(Duration.ofMillis(300));
      assertThat(byDefault.getPool().getMaxTotal()).isEqualTo(JedisClients.POOL_SIZE);
      assertThat(byDefault.getPool().getMaxIdle()).isEqualTo(JedisClients.POOL_SIZE);
    }
  }

  @Test
  @DisplayName("use the given time-out, and reject one of less than a millisecond")
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
