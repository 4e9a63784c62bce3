package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.PartialFailureException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;

@Timeout(60)
@DisplayName("A call of several deals over Jedis")
class JedisPipelinesTest {

  private static EmbeddedRedis redis;

  private final List<String> deals =
      List.of(Crowd.freshDealId(), Crowd.freshDealId(), Crowd.freshDealId());

  @BeforeAll
  static void start() {
    redis = new EmbeddedRedis();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  @DisplayName("is one pipeline with its Sentinel client")
  void sentinel() {
    try (EmbeddedSentinel sentinel = new EmbeddedSentinel(redis)) {
      sentinel.start();
      try (UnifiedJedis client = Jedises.sentinel(EmbeddedSentinel.MASTER, sentinel.port())) {
        assertCalls(client, true);
      }
    }
  }

  @Test
  @DisplayName("is one pipeline with a client over a pool of its owner")
  void pool() {
    try (UnifiedJedis client = retrying(new PooledConnectionProvider(address()))) {
      assertCalls(client, true);
    }
  }

  @Test
  @DisplayName("is one call after the other with a client whose connections are not known")
  void unknown() {
    try (UnifiedJedis client = retrying(new OwnConnections(address()))) {
      assertCalls(client, false);
    }
  }

  private void assertCalls(UnifiedJedis client, boolean pipelines) {
    RedisStockCounter counter = JedisCounters.on(client);
    assertThat(counter.combinesDeals()).isEqualTo(pipelines);
    deals.forEach(deal -> counter.open(Deal.of(deal, 5)));
    assertThat(counter.claim(orders())).hasSize(3).containsOnly(new Claimed(4, false));
    redis.admin().rename(key("-deal"), key("-quantity"));
    PartialFailureException partial =
        catchThrowableOfType(PartialFailureException.class, () -> counter.claim(orders()));
    assertThat(partial.results()).containsExactly(new Claimed(4, true), null, new Claimed(4, true));
    counter.settle(List.of(orders().get(0), orders().get(2)));
    assertThat(counter.stock(deals.get(2)).orElseThrow().settled()).isEqualTo(1);
  }

  private String key(String name) {
    return "{" + deals.get(1) + "}" + name;
  }

  private List<Order> orders() {
    return deals.stream().map(deal -> Order.of("x", deal, "buyer", 1)).toList();
  }

  @SuppressWarnings("deprecation") // the only way in every version of Jedis
  private static UnifiedJedis retrying(ConnectionProvider connections) {
    return new UnifiedJedis(connections, 3, Duration.ofSeconds(5));
  }

  private static HostAndPort address() {
    URI uri = redis.uri();
    return new HostAndPort(uri.getHost(), uri.getPort());
  }

  /** A new connection for each command. */
  private record OwnConnections(HostAndPort address) implements ConnectionProvider {

    @Override
    public Connection getConnection() {
      return new Connection(address);
    }

    @Override
    public Connection getConnection(CommandArguments command) {
      return getConnection();
    }

    @Override
    public void close() {}
  }
}
