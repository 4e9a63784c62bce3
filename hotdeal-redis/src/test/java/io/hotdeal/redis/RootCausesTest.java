package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.testkit.FreePorts;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

@Timeout(60)
@DisplayName("If Redis cannot be reached, the error says that nothing happened, and why:")
class RootCausesTest {

  private final List<Order> orders = List.of(Order.of("a", "deal", "x", 1));

  @ParameterizedTest
  @EnumSource
  @DisplayName("the password is wrong")
  void wrongPassword(Client client) {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        Client.Connected connected = client.connect(redis.uri("app", "s3cr3t-word"))) {
      assertReason(
          connected.counter(), "WRONGPASS", "Connection closed prematurely"); // Lettuce's race
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("no server listens")
  void deadServer(Client client) throws IOException {
    URI closedPort = URI.create("redis://app:s3cr3t-word@127.0.0.1:" + FreePorts.next());
    try (Client.Connected connected = client.connect(closedPort)) {
      assertReason(connected.counter(), "Connection refused");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the host is unknown")
  void unknownHost(Client client) {
    URI unresolvable = URI.create("redis://app:s3cr3t-word@redis.invalid:6379");
    try (Client.Connected connected = client.connect(unresolvable)) {
      assertReason(connected.counter(), "unknown host ");
      assertReason(connected.counter(), "redis.invalid");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the certificate is of an unknown authority")
  void unknownAuthority(Client client, @TempDir Path dir) {
    try (TlsServer server = new TlsServer(dir, "localhost");
        Client.Connected connected = client.connect(server.uri())) {
      assertReason(connected.counter(), "unable to find valid certification path");
    }
  }

  @Test
  @DisplayName("the certificate is of another host, over Jedis")
  @SuppressWarnings("deprecation") // as JedisClients configures it
  void anotherHostOverJedis(@TempDir Path dir) throws GeneralSecurityException {
    try (TlsServer server = new TlsServer(dir, "other.example")) {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, server.trust().getTrustManagers(), null);
      SSLParameters verified = new SSLParameters();
      verified.setEndpointIdentificationAlgorithm("HTTPS");
      try (var jedis =
          Jedises.standalone(
              new HostAndPort(server.uri().getHost(), server.uri().getPort()),
              DefaultJedisClientConfig.builder()
                  .ssl(true)
                  .sslSocketFactory(context.getSocketFactory())
                  .sslParameters(verified)
                  .build())) {
        assertReason(JedisCounters.on(jedis), "No subject alternative names");
      }
    }
  }

  @Test
  @DisplayName("the certificate is of another host, over Lettuce")
  void anotherHostOverLettuce(@TempDir Path dir) {
    try (TlsServer server = new TlsServer(dir, "other.example");
        RedisClient lettuce = RedisClient.create(RedisURI.create(server.uri()))) {
      lettuce.setOptions(
          ClientOptions.builder()
              .sslOptions(SslOptions.builder().trustManager(server.trust()).build())
              .build());
      assertReason(LettuceCounters.on(lettuce), "No subject alternative names");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the server does not support TLS")
  void plainServer(Client client) {
    try (FakeRedis server = FakeRedis.greeting("-ERR plain text here");
        Client.Connected connected = client.connect(server.tlsUri())) {
      assertReason(connected.counter(), "SSL");
    }
  }

  @Test
  @DisplayName("the Lettuce client was shut down, before its first call or after")
  void closedLettuce() {
    try (EmbeddedRedis redis = new EmbeddedRedis()) {
      RedisClient unused = LettuceClients.standalone(redis.uri());
      RedisClient used = LettuceClients.standalone(redis.uri());
      RedisStockCounter counter = LettuceCounters.on(used);
      counter.stock("deal");
      unused.shutdown();
      used.shutdown();
      assertReason(LettuceCounters.on(unused), "shut");
      assertReason(counter, "Lettuce did not send it");
      assertReason(counter, "cannot connect");
    }
  }

  @Test
  @DisplayName("the Jedis client was closed")
  void closedJedis() {
    try (EmbeddedRedis redis = new EmbeddedRedis()) {
      var jedis = Jedises.standalone(redis.uri());
      RedisStockCounter counter = JedisCounters.on(jedis);
      counter.stock("deal");
      jedis.close();
      assertReason(counter, "Pool not open");
    }
  }

  @Test
  @DisplayName("the given Lettuce connection was closed")
  void closedConnection() {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        RedisClient lettuce = LettuceClients.standalone(redis.uri())) {
      var connection = lettuce.connect();
      RedisStockCounter counter = LettuceCounters.on(connection);
      counter.stock("deal");
      connection.close();
      assertReason(counter, "closed");
    }
  }

  private void assertReason(RedisStockCounter counter, String... oneOf) {
    assertThatThrownBy(() -> counter.claim(orders))
        .isInstanceOf(NothingHappenedException.class)
        .satisfies(
            thrown ->
                assertThat(thrown.getMessage()).containsAnyOf(oneOf).doesNotContain("s3cr3t"));
  }
}
