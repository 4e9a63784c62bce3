package io.hotdeal.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Refusal;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Every benchmark of one call or of HotDeal alone runs, and its stores add up:")
final class SmallBenchmarksTest {

  private static final Database DATABASE = new Database();
  private static final Redis REDIS = new Redis();

  private final Sales sales = new Sales();
  private final Buyer buyer = new Buyer();
  private final Company company = new Company();
  private final Count count = new Count();

  SmallBenchmarksTest() {
    sales.deals = 1;
    sales.name();
    buyer.arrive(sales);
  }

  @BeforeAll
  static void start() throws IOException, SQLException {
    DATABASE.database = "h2";
    DATABASE.connections = 2;
    DATABASE.start();
    REDIS.redis = "embedded";
    REDIS.start();
  }

  @AfterAll
  static void stop() {
    DATABASE.stop();
    REDIS.stop();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 512})
  void append(int batch) {
    company.batch = batch;
    Shops.ConditionalUpdate log = new Shops.ConditionalUpdate();
    log.open(DATABASE, sales);

    new AppendBenchmark().append(log, buyer, company, count);

    log.close();
    assertThat(count.orders).isEqualTo(batch);
  }

  @ParameterizedTest
  @CsvSource({"jedis,1", "jedis,512", "lettuce,1", "lettuce,512"})
  void claimTogether(String client, int batch) {
    company.batch = batch;
    Shops.Claims gate = new Shops.Claims();
    gate.client = client;
    gate.open(REDIS, sales);

    new ClaimBenchmark().claimTogether(gate, buyer, company, count);

    gate.close();
    assertThat(count.orders).isEqualTo(batch);
  }

  @ParameterizedTest
  @CsvSource({"jedis,1", "jedis,512", "lettuce,1", "lettuce,512"})
  void claimAsync(String client, int batch) {
    company.batch = batch;
    Shops.AsyncClaims gate = new Shops.AsyncClaims();
    gate.client = client;
    gate.open(REDIS, sales);

    new ClaimBenchmark().claimAsync(gate, buyer, company, count);

    gate.close();
    assertThat(count.orders).isEqualTo(batch);
  }

  @Test
  void hotDeal() {
    HotDealBenchmark benchmark = new HotDealBenchmark();
    Shops.MemoryDesk hotDeal = new Shops.MemoryDesk();
    hotDeal.open(sales);

    benchmark.oneCaller(hotDeal, buyer);
    benchmark.crowd(hotDeal, buyer);
    benchmark.async(hotDeal, buyer);

    hotDeal.close();
  }

  @Test
  void logAlone() {
    Shops.MemoryLog log = new Shops.MemoryLog();
    log.open(sales);

    new HotDealBenchmark().logAlone(log, buyer);

    log.close();
  }

  @Test
  void soldOut() {
    SoldOutBenchmark benchmark = new SoldOutBenchmark();
    SoldOut deal = new SoldOut();
    deal.memoryMillis = 60_000;
    deal.sellOut();

    assertThat(benchmark.refuse(deal)).isInstanceOf(Refusal.SoldOut.class);
    assertThat(benchmark.refuseAsync(deal))
        .isCompletedWithValueMatching(Refusal.SoldOut.class::isInstance);
    assertThat(benchmark.refuseRetry(deal)).isInstanceOf(Refusal.SoldOut.class);

    deal.close();
  }
}
