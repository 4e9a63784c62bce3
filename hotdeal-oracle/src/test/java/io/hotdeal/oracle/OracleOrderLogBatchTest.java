package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.ReserveResult;
import io.hotdeal.ReserveResult.Already;
import io.hotdeal.ReserveResult.Rejected;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.contract.Crowd;
import io.hotdeal.contract.Race;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A batch in OracleOrderLog")
@ParameterizedClass
@EnumSource(Database.class)
class OracleOrderLogBatchTest {

  private final Database database;
  private final Watched watched;
  private final OrderLog log;
  private final String dealId = Crowd.freshDealId();

  OracleOrderLogBatchTest(Database database) {
    this.database = database;
    this.watched = new Watched(database.pool(), Connection::commit);
    this.log = OracleOrderLog.conditionalUpdate(watched.dataSource());
  }

  @Test
  @DisplayName(
      "of a hundred orders is one commit with two statements: insert the rows, take the units")
  void oneCommit() {
    log.open(Deal.of(dealId, 1000));
    log.reserve(List.of(order("first", 1)), RESERVED);
    int commits = watched.commits.get();
    int statements = watched.statements.get();
    log.reserve(Crowd.orders(dealId, 100), RESERVED);
    assertThat(watched.commits.get() - commits).isEqualTo(1);
    assertThat(watched.statements.get() - statements).isEqualTo(2);
    assertThat(left()).isEqualTo(899);
  }

  @Test
  @DisplayName("of a deal without events has no statement for them, whatever it does")
  void noEvents() {
    log.open(Deal.of(dealId, 1000).withLimitPerBuyer(9));
    List<Order> orders = Crowd.orders(dealId, 60);
    assertThat(statements(() -> log.reserve(orders, RESERVED)))
        .as("once: read the deal; then: read the buyers, rows, buyers, units")
        .isEqualTo(5);
    assertThat(statements(() -> log.confirm(orders.subList(0, 30)))).as("rows").isEqualTo(1);
    assertThat(statements(() -> log.cancel(orders.subList(30, 60))))
        .as("read the deal, rows, read them, buyers, units")
        .isEqualTo(5);
    List<Order> holds =
        orders.stream()
            .map(it -> Order.of("hold-" + it.id(), dealId, it.buyerId(), 1))
            .map(it -> it.withPayWithin(Duration.ofMinutes(5)))
            .toList();
    assertThat(statements(() -> log.reserve(holds, RESERVED)))
        .as("read the buyers, rows, buyers, units")
        .isEqualTo(4);
    assertThat(statements(() -> log.endHolds(holds, OrderState.CANCELLED)))
        .as("rows, read them, read the deal, buyers, units")
        .isEqualTo(5);
  }

  private int statements(Runnable call) {
    int before = watched.statements.get();
    call.run();
    return watched.statements.get() - before;
  }

  @Test
  @DisplayName("of a deal with events is one commit too, with one statement more; so is a confirm")
  void eventsInOneCommit() {
    log.open(Deal.of(dealId, 1000).withEvents());
    log.reserve(List.of(order("first", 1)), RESERVED);
    int commits = watched.commits.get();
    int statements = watched.statements.get();
    List<Order> orders = Crowd.orders(dealId, 100);
    log.reserve(orders.subList(0, 50), OrderState.PAID);
    assertThat(watched.statements.get() - statements)
        .as("statements: rows, units, events")
        .isEqualTo(3);
    log.reserve(orders.subList(50, 100), RESERVED);
    statements = watched.statements.get();
    log.confirm(orders.subList(50, 100));
    assertThat(watched.statements.get() - statements)
        .as("statements: rows, count the events, events")
        .isEqualTo(3);
    assertThat(watched.commits.get() - commits).isEqualTo(3);
  }

  @Test
  @DisplayName("of first attempts on a sold-out deal is refused by two reads, without a write")
  void tooLate() {
    log.open(Deal.of(dealId, 1));
    log.reserve(List.of(order("a", 1), order("b", 1)), RESERVED);
    int statements = watched.statements.get();
    List<Order> late = Crowd.orders(dealId, 50).stream().map(Order::asFirstAttempt).toList();
    assertThat(log.reserve(late, RESERVED)).containsOnly(new SoldOut(0)).hasSize(50);
    assertThat(watched.statements.get() - statements)
        .as("statements: read the deal, read the rows")
        .isEqualTo(2);
    log.restock(dealId, 50, "op");
    assertThat(log.reserve(late, RESERVED)).allMatch(Reserved.class::isInstance);
  }

  @Test
  @DisplayName(
      "reserves the orders that fit, in list order, also among known, conflicting or repeated ids")
  void mixed() {
    log.open(Deal.of(dealId, 10).withLimitPerBuyer(6));
    log.reserve(List.of(order("known", 2)), PAID);
    assertThat(
            log.reserve(
                List.of(
                    order("a", 3),
                    order("known", 2),
                    order("big", 6),
                    order("known", 1),
                    order("a", 3),
                    order("b", 4),
                    order("a", 2),
                    order("c", 2),
                    order("d", 1)),
                RESERVED))
        .containsExactly(
            new Reserved(5),
            new Already(PAID, 5),
            new SoldOut(5),
            new Conflict(),
            new Already(RESERVED, 5),
            new Reserved(1),
            new Conflict(),
            new SoldOut(1),
            new Reserved(0));
    assertThat(left()).isZero();
  }

  @Test
  @DisplayName("that repeats a refused id with a smaller quantity reserves the smaller order")
  void refusedThenSmaller() {
    log.open(Deal.of(dealId, 3));
    assertThat(log.reserve(List.of(order("a", 4), order("a", 2), order("a", 4)), RESERVED))
        .containsExactly(new SoldOut(3), new Reserved(1), new Conflict());
  }

  @Test
  @DisplayName("with an already reserved order in its middle reserves all others")
  void duplicateInTheMiddle() {
    log.open(Deal.of(dealId, 1000));
    List<Order> orders = Crowd.orders(dealId, 101);
    log.reserve(List.of(orders.get(50)), RESERVED);
    List<ReserveResult> results = log.reserve(orders, RESERVED);
    for (int i = 0; i < 101; i++) {
      long behind = i < 50 ? 998 - i : 999 - i;
      assertThat(results.get(i))
          .isEqualTo(i == 50 ? new Already(RESERVED, 949) : new Reserved(behind));
    }
    assertThat(left()).isEqualTo(899);
  }

  @Test
  @DisplayName("with a row that the database rejects fails for that row only")
  void poison() throws SQLException {
    execute("ALTER TABLE ORDER_HISTORY ADD CONSTRAINT POISON CHECK (USER_ID <> 'poison')");
    try {
      log.open(Deal.of(dealId, 1000));
      List<Order> orders = new ArrayList<>(Crowd.orders(dealId, 20));
      orders.set(7, Order.of("bad", dealId, "poison", 1));
      List<ReserveResult> results = log.reserve(orders, RESERVED);
      assertThat(results.get(7)).isInstanceOf(Rejected.class);
      assertThat(results).filteredOn(Reserved.class::isInstance).hasSize(19);
      assertThat(results.get(19)).isEqualTo(new Reserved(981));
      assertThat(log.find(dealId, "bad")).isEmpty();
      assertThat(left()).isEqualTo(981);
    } finally {
      execute("ALTER TABLE ORDER_HISTORY DROP CONSTRAINT POISON");
    }
  }

  @Test
  @DisplayName(
      "violating the application's unique index fails for that row only, without endless retries")
  void foreignUniqueIndex() throws SQLException {
    assumeThat(database).as("the database has partial indexes").isEqualTo(Database.POSTGRESQL);
    execute(
        "CREATE UNIQUE INDEX ONE_EACH ON ORDER_HISTORY (USER_ID) WHERE PROD_ID = '" + dealId + "'");
    try {
      log.open(Deal.of(dealId, 10));
      List<Order> orders = List.of(Order.of("a", dealId, "x", 1), Order.of("b", dealId, "x", 1));
      assertThat(log.reserve(orders, PAID))
          .satisfiesExactly(
              first -> assertThat(first).isEqualTo(new Reserved(9)),
              second -> assertThat(second).isInstanceOf(Rejected.class));
      assertThat(left()).isEqualTo(9);
    } finally {
      execute("DROP INDEX ONE_EACH");
    }
  }

  @Test
  @DisplayName(
      "neither oversells nor leaks units if two logs with separate pools reserve concurrently")
  void twoProcesses() {
    try (HikariDataSource one = database.anotherPool(true);
        HikariDataSource other = database.anotherPool(false)) {
      List<OrderLog> logs =
          List.of(OracleOrderLog.conditionalUpdate(one), OracleOrderLog.conditionalUpdate(other));
      log.open(Deal.of(dealId, 500).withLimitPerBuyer(2));
      List<Order> orders =
          IntStream.range(0, 2000)
              .mapToObj(i -> Order.of("o" + i, dealId, "buyer-" + i % 700, 1 + i % 2))
              .toList();
      List<List<Order>> batches = Crowd.callsWithDuplicates(orders, 3000, 7);
      List<List<ReserveResult>> results =
          Race.run(8, batches, batch -> logs.get(batch.hashCode() & 1).reserve(batch, RESERVED));
      long taken = 0;
      for (int i = 0; i < batches.size(); i++) {
        for (int j = 0; j < batches.get(i).size(); j++) {
          taken += results.get(i).get(j) instanceof Reserved ? batches.get(i).get(j).quantity() : 0;
        }
      }
      assertThat(taken).isEqualTo(500 - left());
      assertThat(left()).isLessThanOrEqualTo(1);
      assertThat(log.tally(dealId).orElseThrow().isBalanced()).isTrue();
    }
  }

  @Test
  @DisplayName(
      "follows the deal's row when it is deleted, created again or altered, not the cached terms")
  void staleMemory() throws SQLException {
    log.open(Deal.of(dealId, 10));
    log.reserve(List.of(order("a", 1)), RESERVED);
    execute("DELETE FROM ORDER_HISTORY WHERE PROD_ID = '" + dealId + "'");
    execute("DELETE FROM HOTDEAL_LIST WHERE PROD_ID = '" + dealId + "'");
    assertThat(log.reserve(List.of(order("a", 1)), RESERVED))
        .containsExactly(new Refusal.UnknownDeal());
    log.open(Deal.of(dealId, 10));
    log.reserve(List.of(order("a", 1)), RESERVED);
    execute("UPDATE HOTDEAL_LIST SET BUYER_LIMIT = 1 WHERE PROD_ID = '" + dealId + "'");
    assertThat(log.reserve(List.of(order("b", 2)), RESERVED))
        .containsExactly(new Refusal.LimitReached(1));
  }

  @Test
  @DisplayName("uses the given clock for the window, the recorded time and the age of an order")
  void clock() {
    Instant opens = Instant.parse("2026-03-29T01:30:00.123Z");
    Deal deal = Deal.of(dealId, 10).withWindow(opens, opens.plusSeconds(60));
    log.open(deal);
    OracleOrderLog any = OracleOrderLog.conditionalUpdate(database.pool());
    List<Order> orders = List.of(order("a", 1));
    assertThat(any.withClock(() -> opens.minusMillis(1)).reserve(orders, RESERVED))
        .containsExactly(new Refusal.NotYetOpen());
    assertThat(any.withClock(() -> opens.plusSeconds(60)).reserve(orders, RESERVED))
        .containsExactly(new Refusal.Closed());
    assertThat(any.withClock(() -> opens).reserve(orders, RESERVED))
        .containsExactly(new Reserved(9));
    assertThat(log.find(dealId, "a").orElseThrow().recordedAt()).isEqualTo(opens);
    OrderLog later = any.withClock(() -> opens.plusSeconds(5));
    assertThat(later.unresolved(dealId, Duration.ofMillis(5001), 9)).isEmpty();
    assertThat(later.unresolved(dealId, Duration.ofSeconds(5), 9)).hasSize(1);
  }

  private long left() {
    return log.tally(dealId).orElseThrow().left();
  }

  private Order order(String id, long quantity) {
    return Order.of(id, dealId, "buyer-" + id, quantity);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
