package io.hotdeal.redis;

import com.redis.testcontainers.RedisContainer;
import io.hotdeal.contract.StockCounterContract;
import io.hotdeal.spi.StockCounter;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.DisabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

@DisabledIf(value = "isSkipped", disabledReason = "no Docker")
@Testcontainers
@DisplayName("A stock counter on Redis 8 in Docker")
class RedisInDockerTest extends StockCounterContract {

  @Container
  private static final RedisContainer REDIS =
      new RedisContainer(DockerImageName.parse("redis:8-alpine"));

  private static Client.Connected client;

  /** With HOTDEAL_REQUIRE_DOCKER=true it fails instead of being skipped. */
  static boolean isSkipped() {
    return !"true".equals(System.getenv("HOTDEAL_REQUIRE_DOCKER"))
        && !DockerClientFactory.instance().isDockerAvailable();
  }

  @BeforeAll
  static void connect() {
    client = Client.JEDIS.connect(URI.create(REDIS.getRedisURI()));
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @Override
  protected StockCounter counter() {
    return client.counter();
  }
}
