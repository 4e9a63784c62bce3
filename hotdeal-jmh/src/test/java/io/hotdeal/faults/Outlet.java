package io.hotdeal.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealBuilder;
import io.hotdeal.PaymentGateway;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.oracle.OraclePools;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** A HotDeal over the stores of a shop, with the clients that it needs. */
final class Outlet implements AutoCloseable {

  private final Deque<AutoCloseable> clients = new ConcurrentLinkedDeque<>();
  private final HikariDataSource pool;
  private final StockCounter counter;
  private final HotDeal hotDeal;

  private Outlet(Shop shop, UnaryOperator<OrderLog> log, UnaryOperator<StockCounter> wrapper) {
    pool = pool(shop);
    clients.push(pool);
    BankClient bank = new BankClient(shop.bankPort());
    clients.push(bank);
    HotDealBuilder settings =
        HotDeal.builder()
            .log(log.apply(log(shop, bank)))
            .payments(bank)
            .consumer(HeardEvents.NAME, new HeardEvents(pool))
            .eventLease(HeardEvents.LEASE)
            .breakerOpenFor(Duration.ofMillis(50))
            .soldOutCacheTtl(Duration.ofMillis(50))
            .chargeAttempts(3, Duration.ofMillis(5))
            .shutdownTimeout(Duration.ofSeconds(20));
    counter = shop.client() == null ? null : wrapper.apply(counter(shop));
    if (counter != null) {
      settings.counter(counter);
    }
    hotDeal = settings.build();
  }

  static Outlet open(Shop shop) {
    return open(shop, log -> log, counter -> counter);
  }

  /** Opens one whose calls to the stores pass through wrappers. */
  static Outlet open(Shop shop, UnaryOperator<OrderLog> log, UnaryOperator<StockCounter> counter) {
    return new Outlet(shop, log, counter);
  }

  private static HikariDataSource pool(Shop shop) {
    HikariConfig config = OraclePools.config(shop.jdbcUrl(), shop.user(), "");
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(2_000);
    config.setValidationTimeout(1_000);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  private OrderLog log(Shop shop, PaymentGateway bank) {
    OrderLog plain = OracleOrderLog.conditionalUpdate(source(shop));
    OrderLog log = shop.isOff(Red.UNITS_KEPT) ? new UnitsKeptLog(plain, pool) : plain;
    return shop.isOff(Red.EARLY_REFUND) ? new EarlyRefundLog(log, bank) : log;
  }

  private DataSource source(Shop shop) {
    return shop.isOff(Red.NO_QUANTITY_CHECK) ? Unchecked.over(pool) : pool;
  }

  private StockCounter counter(Shop shop) {
    StockCounter plain = shop.client().open(shop.redisPort(), shop.timeoutMillis(), clients::push);
    if (shop.isOff(Red.PLAIN_DECR)) {
      return new PlainDecrCounter();
    }
    if (shop.isOff(Red.SETTLED_FORGOTTEN)) {
      return new ForgetfulCounter(plain, shop.redisPort());
    }
    if (shop.isOff(Red.LYING)) {
      return new LyingCounter(plain);
    }
    return shop.isOff(Red.NO_RECONCILING) ? new UnmendedCounter(plain) : plain;
  }

  HotDeal hotDeal() {
    return hotDeal;
  }

  DataSource pool() {
    return pool;
  }

  /** Null if there is none. */
  StockCounter counter() {
    return counter;
  }

  @Override
  public void close() {
    hotDeal.close();
    while (!clients.isEmpty()) {
      try {
        clients.pop().close();
      } catch (Exception e) {
        // its server may have been killed
      }
    }
  }
}
