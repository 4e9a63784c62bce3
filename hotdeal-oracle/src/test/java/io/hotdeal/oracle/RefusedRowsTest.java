package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.ABSENT;
import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static io.hotdeal.spi.OrderState.RETURNED;
import static io.hotdeal.spi.OrderState.RETURNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.ReserveResult.Rejected;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import io.hotdeal.spi.Tally.Count;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A row that a constraint of the database rejects fails alone")
@ParameterizedClass
@EnumSource(Database.class)
@Timeout(60)
class RefusedRowsTest {

  /** Of a hundred orders, those whose rows the database rejects. */
  private static final Set<Integer> BAD = Set.of(0, 7, 8, 50, 99);

  private final Database database;
  private final HikariDataSource pool;
  private final OrderLog log;
  private final String dealId = Crowd.freshDealId();

  RefusedRowsTest(Database database) {
    this.database = database;
    this.pool = database.tablesOfItsOwn();
    this.log = OracleOrderLog.conditionalUpdate(pool);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  @DisplayName("in reserve: foreign key on the buyers, with and without a limit per buyer")
  void reserve() throws SQLException {
    addForeignKey();
    for (long limit : new long[] {0, 3}) {
      String deal = dealId + "-" + limit;
      log.open(Deal.of(deal, 1000).withLimitPerBuyer(limit));
      log.reserve(List.of(Order.of("first", deal, "buyer-1", 1)), RESERVED); // now optimistic
      List<ReserveResult> results = log.reserve(hundredOrders(deal), PAID);
      for (int i = 0; i < 100; i++) {
        assertThat(results.get(i)).isInstanceOf(BAD.contains(i) ? Rejected.class : Reserved.class);
      }
      assertTally(deal, 1000 - 96, new Count(1, 1), new Count(95, 95), Count.NONE);
    }
  }

  @Test
  @DisplayName(
      "in cancel: the tombstone violates a foreign key on the buyers, and the order stays ABSENT")
  void tombstones() throws SQLException {
    addForeignKey();
    log.open(Deal.of(dealId, 1000));
    List<Order> orders = hundredOrders(dealId);
    log.reserve(good(orders).subList(0, 40), RESERVED);
    assertCancelled(log.cancel(orders));
    assertCancelled(log.cancel(orders));
    assertTally(dealId, 1000, Count.NONE, Count.NONE, new Count(95, 95));
    assertThat(log.unresolved(dealId, Duration.ZERO, 10)).isEmpty();
  }

  private static void assertCancelled(List<OrderState> states) {
    for (int i = 0; i < 100; i++) {
      assertThat(states.get(i)).isEqualTo(BAD.contains(i) ? ABSENT : CANCELLED);
    }
  }

  @Test
  @DisplayName("in reserve, cancel and confirm: unique index on deal and buyer")
  void oneOrderEach() throws SQLException {
    execute("CREATE UNIQUE INDEX ONE_EACH ON ORDER_HISTORY (PROD_ID, USER_ID)");
    log.open(Deal.of(dealId, 1000));
    List<Order> orders = hundredOrders(dealId); // the bad ones have one buyer
    List<ReserveResult> results = log.reserve(orders, RESERVED);
    for (int i = 0; i < 100; i++) {
      boolean refused = i > 0 && BAD.contains(i);
      assertThat(results.get(i)).isInstanceOf(refused ? Rejected.class : Reserved.class);
    }
    List<OrderState> states = log.cancel(orders.subList(1, 100));
    for (int i = 1; i < 100; i++) {
      assertThat(states.get(i - 1)).isEqualTo(BAD.contains(i) ? ABSENT : CANCELLED);
    }
    assertThat(log.confirm(orders.subList(0, 10)).subList(0, 1)).containsExactly(PAID);
    assertTally(dealId, 999, Count.NONE, new Count(1, 1), new Count(95, 95));
  }

  @Test
  @DisplayName("in confirm: the order stays RESERVED, and can still be cancelled")
  void confirm() throws SQLException {
    execute(
        "ALTER TABLE ORDER_HISTORY ADD CONSTRAINT NO_SALE"
            + " CHECK (USER_ID <> 'bad' OR STATUS <> 'PAID')");
    log.open(Deal.of(dealId, 1000));
    List<Order> orders = hundredOrders(dealId);
    log.reserve(orders, RESERVED);
    List<OrderState> states = log.confirm(orders);
    for (int i = 0; i < 100; i++) {
      assertThat(states.get(i)).isEqualTo(BAD.contains(i) ? RESERVED : PAID);
    }
    assertTally(dealId, 900, new Count(5, 5), new Count(95, 95), Count.NONE);
    assertThat(log.cancel(bad(orders))).containsOnly(CANCELLED).hasSize(5);
    assertTally(dealId, 905, Count.NONE, new Count(95, 95), new Count(5, 5));
  }

  @Test
  @DisplayName("in cancel: the order stays RESERVED, and can still be confirmed")
  void cancelReserved() throws SQLException {
    execute(
        "ALTER TABLE ORDER_HISTORY ADD CONSTRAINT NO_WAY_BACK"
            + " CHECK (USER_ID <> 'bad' OR STATUS <> 'CANCELLED')");
    log.open(Deal.of(dealId, 1000).withLimitPerBuyer(5));
    List<Order> orders = hundredOrders(dealId);
    log.reserve(orders, RESERVED);
    List<OrderState> states = log.cancel(orders);
    for (int i = 0; i < 100; i++) {
      assertThat(states.get(i)).isEqualTo(BAD.contains(i) ? RESERVED : CANCELLED);
    }
    assertTally(dealId, 995, new Count(5, 5), Count.NONE, new Count(95, 95));
    assertThat(log.confirm(bad(orders))).containsOnly(PAID);
  }

  @Test
  @DisplayName("in giveBack: the order stays PAID, without an event, and the others are returned")
  void giveBack() throws SQLException {
    execute(
        "ALTER TABLE ORDER_HISTORY ADD CONSTRAINT NO_RETURN"
            + " CHECK (USER_ID <> 'bad' OR STATUS NOT IN ('RETURNING', 'RETURNED'))");
    log.open(Deal.of(dealId, 1000).withLimitPerBuyer(5).withEvents());
    log.outbox().register(List.of("shop"), dealId);
    List<Order> orders = hundredOrders(dealId);
    log.reserve(orders, PAID);
    List<OrderReturn> returns =
        orders.stream().map(it -> new OrderReturn(dealId, it.id(), true, true)).toList();
    List<Optional<OrderSnapshot>> results = log.giveBack(returns);
    for (int i = 0; i < 100; i++) {
      assertThat(results.get(i).orElseThrow().row().state())
          .isEqualTo(BAD.contains(i) ? PAID : RETURNING);
    }
    assertTally(dealId, 995, Count.NONE, new Count(5, 5), Count.NONE);
    assertThat(log.outbox().lag("shop", dealId).orElseThrow().events()).isEqualTo(100 + 95);
    assertThat(log.reserve(List.of(Order.of("more", dealId, "bad", 1)), PAID))
        .containsExactly(new Refusal.LimitReached(5));
  }

  @Test
  @DisplayName("in finishReturns: the order stays RETURNING, and the others are RETURNED")
  void finishReturns() throws SQLException {
    execute(
        "ALTER TABLE ORDER_HISTORY ADD CONSTRAINT NO_END"
            + " CHECK (USER_ID <> 'bad' OR STATUS <> 'RETURNED')");
    log.open(Deal.of(dealId, 1000));
    List<Order> orders = hundredOrders(dealId);
    log.reserve(orders, PAID);
    log.giveBack(orders.stream().map(it -> new OrderReturn(dealId, it.id(), false, true)).toList());
    List<OrderState> states = log.finishReturns(orders);
    for (int i = 0; i < 100; i++) {
      assertThat(states.get(i)).isEqualTo(BAD.contains(i) ? RETURNING : RETURNED);
    }
    assertThat(log.returning(dealId, 100)).hasSize(5);
    Tally tally = log.tally(dealId).orElseThrow();
    assertThat(tally.isBalanced()).isTrue();
    assertThat(tally.writtenOff()).isEqualTo(100);
  }

  @Test
  @DisplayName("in cancel: a deferred foreign key rejects the tombstone only at the commit")
  void deferred() throws SQLException {
    assumeThat(database).as("the database can defer a constraint").isEqualTo(Database.POSTGRESQL);
    addForeignKey();
    execute("ALTER TABLE ORDER_HISTORY ALTER CONSTRAINT KNOWN DEFERRABLE INITIALLY DEFERRED");
    log.open(Deal.of(dealId, 1000));
    List<Order> orders = hundredOrders(dealId);
    log.reserve(good(orders).subList(0, 40), RESERVED);
    assertCancelled(log.cancel(orders));
  }

  @Test
  @DisplayName("in claim, settle and release of OracleStockCounter: foreign key on the buyers")
  void counter() throws SQLException {
    execute("CREATE TABLE USERS (ID VARCHAR(64) PRIMARY KEY)");
    execute(
        "ALTER TABLE HOTDEAL_CLAIM ADD CONSTRAINT KNOWN FOREIGN KEY (USER_ID) REFERENCES USERS");
    addUsers();
    StockCounter counter = OracleStockCounter.conditionalUpdate(pool);
    counter.open(Deal.of(dealId, 1000));
    List<Order> orders = hundredOrders(dealId);
    List<ClaimResult> results = counter.claim(orders);
    for (int i = 0; i < 100; i++) {
      assertThat(results.get(i))
          .isInstanceOf(BAD.contains(i) ? Refusal.Conflict.class : ClaimResult.Claimed.class);
    }
    counter.settle(orders.subList(0, 60));
    counter.release(orders);
    Stock stock = counter.stock(dealId).orElseThrow();
    assertThat(stock.claimed()).isZero();
    assertThat(stock.settled()).isEqualTo(56);
    assertThat(stock.remaining()).isEqualTo(1000 - 56);
  }

  private void assertTally(String deal, long left, Count reserved, Count paid, Count cancelled) {
    Tally tally = log.tally(deal).orElseThrow();
    assertThat(tally.isBalanced()).isTrue();
    assertThat(tally.left()).isEqualTo(left);
    assertThat(tally.reserved()).isEqualTo(reserved);
    assertThat(tally.paid()).isEqualTo(paid);
    assertThat(tally.cancelled()).isEqualTo(cancelled);
  }

  private static List<Order> hundredOrders(String deal) {
    List<Order> orders = new ArrayList<>(Crowd.orders(deal, 100));
    BAD.forEach(i -> orders.set(i, Order.of("bad-" + i, deal, "bad", 1)));
    return orders;
  }

  private static List<Order> bad(List<Order> orders) {
    return orders.stream().filter(order -> order.buyerId().equals("bad")).toList();
  }

  private static List<Order> good(List<Order> orders) {
    return orders.stream().filter(order -> !order.buyerId().equals("bad")).toList();
  }

  private void addForeignKey() throws SQLException {
    execute("CREATE TABLE USERS (ID VARCHAR(64) PRIMARY KEY)");
    execute(
        "ALTER TABLE ORDER_HISTORY ADD CONSTRAINT KNOWN FOREIGN KEY (USER_ID) REFERENCES USERS");
    addUsers();
  }

  private void addUsers() throws SQLException {
    for (int i = 0; i < 100; i++) {
      execute("INSERT INTO USERS (ID) VALUES ('buyer-" + i + "')");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
