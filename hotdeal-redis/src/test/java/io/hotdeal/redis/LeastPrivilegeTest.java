package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.contract.Crowd;
import io.hotdeal.contract.StockCounterContract;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A stock counter on Redis, as a user with the documented ACL,")
class LeastPrivilegeTest {

  private static EmbeddedRedis redis;

  @BeforeAll
  static void start() {
    redis = new EmbeddedRedis();
    redis.admin().executeCommand(AclRule.standalone());
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Nested
  @DisplayName("over Jedis")
  class OverJedis extends Standalone {
    OverJedis() {
      super(Client.JEDIS);
    }
  }

  @Nested
  @DisplayName("over Lettuce")
  class OverLettuce extends Standalone {
    OverLettuce() {
      super(Client.LETTUCE);
    }
  }

  abstract static class Standalone extends StockCounterContract {

    private static Client.Connected connected;
    private final Client client;

    Standalone(Client client) {
      this.client = client;
    }

    @AfterAll
    static void disconnect() {
      connected.close();
      connected = null;
    }

    @Override
    protected StockCounter counter() {
      if (connected == null) {
        connected = client.connect(redis.uri(AclRule.USER, AclRule.PASSWORD));
      }
      return connected.counter();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is denied no command but INFO, which checks the memory policy")
  void nothingDenied(Client client) {
    try (EmbeddedRedis fresh = new EmbeddedRedis()) {
      fresh.admin().executeCommand(AclRule.standalone());
      try (Client.Connected connected = client.connect(fresh.uri(AclRule.USER, AclRule.PASSWORD))) {
        connected.counter().open(Deal.of(Crowd.freshDealId(), 1));
      }
      assertThat(AclRule.denied(fresh.uri())).containsOnly("lua info");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evalsha", "time", "type", "hmget", "hset"})
  @DisplayName(
      "reports that nothing happened if a command before the first write or that write is denied")
  void lacksCommand(String command) {
    String dealId = Crowd.freshDealId();
    RedisStockCounter admin = JedisCounters.on(redis.admin());
    admin.open(Deal.of(dealId, 5));
    redis.admin().executeCommand(AclRule.standalone("-" + command));
    try (Client.Connected connected =
        Client.JEDIS.connect(redis.uri(AclRule.USER, AclRule.PASSWORD))) {
      assertThatThrownBy(() -> connected.counter().claim(List.of(Order.of("a", dealId, "x", 1))))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("RedisStockCounter");
      assertThat(admin.held(dealId, 1)).isEmpty();
    } finally {
      redis.admin().executeCommand(AclRule.standalone());
    }
  }

  @Test
  @DisplayName("reports an unknown outcome if a write after the first one is denied")
  void lacksLaterCommand() {
    String dealId = Crowd.freshDealId();
    RedisStockCounter admin = JedisCounters.on(redis.admin());
    admin.open(Deal.of(dealId, 5));
    redis.admin().executeCommand(AclRule.standalone("-set"));
    try (Client.Connected connected =
        Client.JEDIS.connect(redis.uri(AclRule.USER, AclRule.PASSWORD))) {
      assertThatThrownBy(() -> connected.counter().claim(List.of(Order.of("a", dealId, "x", 1))))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("half written")
          .hasMessageContaining("RedisStockCounter");
    } finally {
      redis.admin().executeCommand(AclRule.standalone());
    }
  }
}
