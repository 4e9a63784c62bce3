package io.hotdeal.redis;

import io.hotdeal.contract.StockCounterContract;
import io.hotdeal.spi.StockCounter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A stock counter on Redis over Lettuce")
class LettuceStockCounterTest extends StockCounterContract {

  private static EmbeddedRedis redis;
  private static Client.Connected client;

  @BeforeAll
  static void start() {
    redis = new EmbeddedRedis();
    client = Client.LETTUCE.connect(redis.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    redis.close();
  }

  @Override
  protected StockCounter counter() {
    return client.counter();
  }
}
