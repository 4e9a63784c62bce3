package io.hotdeal.redis;

import com.redis.testcontainers.RedisContainer;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.contract.StockCounterContract;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

@Testcontainers(disabledWithoutDocker = true)
@DisplayName("A stock counter on the newest Redis")
class RedisInDockerTest extends StockCounterContract {

  @Container
  private static final RedisContainer REDIS =
      new RedisContainer(DockerImageName.parse("redis:8-alpine"));

  private static Client.Connected client;

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
