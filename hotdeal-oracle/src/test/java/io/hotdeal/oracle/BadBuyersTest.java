package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.ChargeResult;
import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.PaymentGateway;
import io.hotdeal.SweepReport;
import io.hotdeal.contract.Crowd;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.Tally;
import io.hotdeal.spi.Tally.Count;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("When a constraint of the database rejects the orders of some buyers,")
@ParameterizedClass
@EnumSource(Database.class)
@Timeout(120)
class BadBuyersTest {

  private static final int ORDERS = 400;

  /** Of this many orders one is from a buyer whom the database rejects. */
  private static final int BAD_EVERY = 10;

  private static final int GOOD = ORDERS - ORDERS / BAD_EVERY;

  private final HikariDataSource pool;
  private final OrderLog log;
  private final InMemoryStockCounter counter = new InMemoryStockCounter();
  private final Bank bank = new Bank();
  private final String dealId = Crowd.freshDealId();

  BadBuyersTest(Database database) throws SQLException {
    this.pool = database.tablesOfItsOwn();
    this.log = OracleOrderLog.conditionalUpdate(pool);
    execute("CREATE TABLE USERS (ID VARCHAR(64) PRIMARY KEY)");
    for (int i = 0; i < ORDERS; i++) {
      execute("INSERT INTO USERS (ID) VALUES ('buyer-" + i + "')");
    }
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  @DisplayName("the other orders are placed and no unit leaks: foreign key, no payment due")
  void nothingDue() throws SQLException {
    foreignKey();
    assertOthersArePlaced(PaymentGateway.none());
  }

  @Test
  @DisplayName(
      "the other orders are placed and charged, and no unit leaks: foreign key, payment due")
  void paid() throws SQLException {
    foreignKey();
    assertOthersArePlaced(bank);
    assertThat(bank.charged).hasSize(GOOD);
  }

  @Test
  @DisplayName(
      "the other orders are placed and charged, and no unit leaks: unique index on deal and buyer")
  void uniqueIndex() throws SQLException {
    execute("CREATE UNIQUE INDEX ONE_EACH ON ORDER_HISTORY (PROD_ID, USER_ID)");
    log.open(Deal.of(dealId, ORDERS).withHold(Duration.ofMillis(1)));
    log.reserve(List.of(Order.of("before", dealId, "bad", 1)), OrderState.PAID);
    assertOthersArePlaced(bank);
    assertThat(bank.charged).hasSize(GOOD);
  }

  @Test
  @DisplayName("claims left by a crashed process are released although no tombstone can be written")
  void leftClaims() throws SQLException {
    foreignKey();
    try (HotDeal hotDeal = hotDeal(bank)) {
      hotDeal.open(Deal.of(dealId, ORDERS).withHold(Duration.ofMillis(1)));
      counter.claim(orders());
      log.reserve(orders().stream().filter(BadBuyersTest::isGood).toList(), OrderState.RESERVED);
      assertClean(hotDeal);
    }
    Tally tally = log.tally(dealId).orElseThrow();
    assertThat(tally.left()).isEqualTo(ORDERS);
    assertThat(tally.cancelled()).isEqualTo(new Count(GOOD, GOOD));
  }

  private void assertOthersArePlaced(PaymentGateway payments) {
    long before = log.tally(dealId).map(Tally::sold).orElse(0L);
    try (HotDeal hotDeal = hotDeal(payments)) {
      hotDeal.open(Deal.of(dealId, ORDERS).withHold(Duration.ofMillis(1)));
      List<Order> orders = orders();
      List<CompletableFuture<OrderResult>> results = new ArrayList<>();
      for (Order order : orders) {
        results.add(hotDeal.orderAsync(order));
      }
      for (int i = 0; i < ORDERS; i++) {
        Order order = orders.get(i);
        Object result = results.get(i).handle((ok, broken) -> ok != null ? ok : broken).join();
        assertThat(result)
            .as("%s", order)
            .isInstanceOf(
                isGood(order) ? OrderResult.Placed.class : NothingHappenedException.class);
      }
      assertClean(hotDeal);
    }
    Tally tally = log.tally(dealId).orElseThrow();
    assertThat(tally.paid().orders()).isEqualTo(GOOD + before);
    assertThat(tally.left()).isEqualTo(ORDERS - GOOD - before);
  }

  /** After a few sweeps nothing is reserved or claimed, and the counter equals the log. */
  private void assertClean(HotDeal hotDeal) {
    SweepReport report = hotDeal.resolver().sweep(dealId);
    for (int i = 0; i < 8 && !report.foundNothing(); i++) {
      report = hotDeal.resolver().sweep(dealId);
    }
    assertThat(report.foundNothing()).as("%s", report).isTrue();
    Tally tally = log.tally(dealId).orElseThrow();
    assertThat(tally.isBalanced()).isTrue();
    assertThat(tally.reserved()).isEqualTo(Count.NONE);
    Stock stock = counter.stock(dealId).orElseThrow();
    assertThat(stock.claimed()).isZero();
    assertThat(stock.remaining()).isEqualTo(tally.left());
  }

  private HotDeal hotDeal(PaymentGateway payments) {
    return HotDeal.builder().counter(counter).log(log).payments(payments).maxBatch(100).build();
  }

  private List<Order> orders() {
    List<Order> orders = new ArrayList<>(Crowd.orders(dealId, ORDERS));
    for (int i = 0; i < ORDERS; i += BAD_EVERY) {
      orders.set(i, Order.of("bad-" + i, dealId, "bad", 1));
    }
    return orders;
  }

  private static boolean isGood(Order order) {
    return !order.buyerId().equals("bad");
  }

  private void foreignKey() throws SQLException {
    execute(
        "ALTER TABLE ORDER_HISTORY ADD CONSTRAINT KNOWN FOREIGN KEY (USER_ID) REFERENCES USERS");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Charges each order once, and never one that it voided. */
  private static final class Bank implements PaymentGateway {
    final Set<String> charged = ConcurrentHashMap.newKeySet();
    private final Set<String> voided = ConcurrentHashMap.newKeySet();

    @Override
    public CompletionStage<ChargeResult> charge(Order order) {
      if (voided.contains(order.id())) {
        return declined();
      }
      charged.add(order.id());
      return CompletableFuture.completedFuture(new ChargeResult.Charged());
    }

    @Override
    public CompletionStage<ChargeResult> statusOrVoid(Order order) {
      if (charged.contains(order.id())) {
        return CompletableFuture.completedFuture(new ChargeResult.Charged());
      }
      voided.add(order.id());
      return declined();
    }

    @Override
    public CompletionStage<?> refund(Order order) {
      charged.remove(order.id());
      return CompletableFuture.completedFuture(true);
    }

    private static CompletionStage<ChargeResult> declined() {
      return CompletableFuture.completedFuture(new ChargeResult.Declined("voided"));
    }
  }
}
