package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.DealState;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.OrderResult.Placed;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.PaymentGateway;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.ReserveResult.Already;
import io.hotdeal.ReserveResult.Rejected;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.Sale;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.DealBusyException;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.PartialFailureException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A call of several deals in tables")
@ParameterizedClass
@EnumSource(Database.class)
@Timeout(value = 120, threadMode = SEPARATE_THREAD) // a JDBC call that waits is not interrupted
class OracleMixedDealsTest {

  private static final int DEALS = 20;
  private static final long UNITS = 10;

  private final Database database;
  private final OrderLog log;
  private final String prefix = Crowd.freshDealId();

  OracleMixedDealsTest(Database database) {
    this.database = database;
    this.log = OracleOrderLog.conditionalUpdate(database.pool());
  }

  @BeforeEach
  void open() {
    for (int i = 0; i < DEALS; i++) {
      log.open(Deal.of(deal(i), UNITS).withLimitPerBuyer(i % 2 == 0 ? 3 : 0));
    }
  }

  private String deal(int i) {
    return prefix + "-" + i;
  }

  private Order order(String id, int deal) {
    return Order.of(id, deal(deal), "buyer", 1);
  }

  private List<Order> oneOfEach(String id) {
    return IntStream.range(0, DEALS).mapToObj(i -> order(id, i)).toList();
  }

  private void assertLeft(int deal, long left) {
    var tally = log.tally(deal(deal)).orElseThrow();
    assertThat(tally.left()).as(deal(deal)).isEqualTo(left);
    assertThat(tally.isBalanced()).as(deal(deal)).isTrue();
  }

  private long bought(int deal) throws SQLException {
    return count("SELECT COALESCE(SUM(UNITS), 0) FROM HOTDEAL_BUYER WHERE PROD_ID = ?", deal);
  }

  private long count(String sql, int deal) throws SQLException {
    try (Connection connection = database.pool().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, deal(deal));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  @Test
  @DisplayName("is one transaction, with as many statements for 20 deals as for 2")
  void statements() {
    Watched watched = new Watched(database.pool(), Connection::commit);
    OrderLog counted = OracleOrderLog.conditionalUpdate(watched.dataSource());
    counted.reserve(oneOfEach("first"), RESERVED); // reads each deal
    List<Integer> statements = new ArrayList<>();
    for (int deals : new int[] {2, DEALS}) {
      watched.commits.set(0);
      watched.statements.set(0);
      counted.reserve(oneOfEach("of-" + deals).subList(0, deals), RESERVED);
      counted.confirm(oneOfEach("of-" + deals).subList(0, deals));
      assertThat(watched.commits.get()).isEqualTo(2);
      statements.add(watched.statements.get());
    }
    assertThat(statements.get(1)).isEqualTo(statements.get(0)).isLessThanOrEqualTo(6);
    assertLeft(0, UNITS - 3);
    assertLeft(DEALS - 1, UNITS - 2);
  }

  @Test
  @DisplayName("does not wait for a deal that somebody has locked, and leaves nothing of it")
  void lockedByHand() throws SQLException {
    log.reserve(oneOfEach("first"), PAID);
    try (Connection other = database.pool().getConnection()) {
      lock(other, 6);
      PartialFailureException partial =
          catchThrowableOfType(
              PartialFailureException.class, () -> log.reserve(oneOfEach("second"), PAID));
      assertThat(partial.failures()).containsOnlyKeys(deal(6));
      assertThat(partial.failures().get(deal(6))).isInstanceOf(DealBusyException.class);
      for (int i = 0; i < DEALS; i++) {
        assertThat(partial.results().get(i)).isEqualTo(i == 6 ? null : new Reserved(UNITS - 2));
      }
      assertThat(log.find(deal(6), "second")).isEmpty();
      assertThat(bought(6)).isEqualTo(1);
      other.rollback();
    }
    assertThat(log.reserve(List.of(order("second", 6)), PAID))
        .containsExactly(new Reserved(UNITS - 2));
    assertThat(bought(6)).isEqualTo(2);
  }

  private void lock(Connection connection, int deal) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT QUANTITY FROM HOTDEAL_LIST WHERE PROD_ID = ? FOR UPDATE")) {
      lock.setString(1, deal(deal));
      lock.executeQuery().close();
    }
  }

  @Test
  @DisplayName("of a HotDeal sells every other deal while one is locked, and that one afterwards")
  void othersAreSold() throws Exception {
    try (HotDeal hotDeal = HotDeal.builder().log(log).payments(PaymentGateway.none()).build();
        Connection other = database.pool().getConnection()) {
      for (int i = 0; i < DEALS; i++) {
        hotDeal.open(Deal.of(deal(i), UNITS).withLimitPerBuyer(i % 2 == 0 ? 3 : 0));
      }
      lock(other, 7);
      List<CompletableFuture<OrderResult>> waiting = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        List<CompletableFuture<OrderResult>> others = new ArrayList<>();
        for (Order order : oneOfEach("round-" + round)) {
          (order.dealId().equals(deal(7)) ? waiting : others).add(hotDeal.orderAsync(order));
        }
        for (CompletableFuture<OrderResult> sold : others) {
          assertThat(sold.get(30, TimeUnit.SECONDS)).isInstanceOf(Placed.class);
        }
      }
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
      other.rollback();
      for (CompletableFuture<OrderResult> sold : waiting) {
        assertThat(sold.get(30, TimeUnit.SECONDS)).isInstanceOf(Placed.class);
      }
    }
    assertLeft(7, UNITS - 3);
  }

  @Test
  @DisplayName("answers a deal that another process has sold out, closed or limited meanwhile")
  void staleDeals() throws SQLException {
    log.reserve(oneOfEach("first"), PAID); // now all are in the cache
    try (HikariDataSource pool = database.anotherPool(true)) {
      OrderLog other = OracleOrderLog.conditionalUpdate(pool);
      other.reserve(List.of(Order.of("all", deal(1), "whale", UNITS - 1)), PAID);
      other.change(deal(2), DealChange.to(DealState.CLOSED));
      other.reserve(List.of(Order.of("most", deal(4), "buyer", 2)), PAID);
      other.change(deal(5), DealChange.to(DealState.PAUSED));
    }
    List<ReserveResult> results = log.reserve(oneOfEach("second"), PAID);
    for (int i = 0; i < DEALS; i++) {
      ReserveResult expected =
          switch (i) {
            case 1 -> new Refusal.SoldOut(0);
            case 2 -> new Refusal.Closed();
            case 4 -> new Refusal.LimitReached(3);
            case 5 -> new Refusal.Paused();
            default -> new Reserved(UNITS - 2);
          };
      assertThat(results.get(i)).as(deal(i)).isEqualTo(expected);
    }
    for (int i : new int[] {1, 2, 4, 5}) {
      assertThat(log.find(deal(i), "second")).isEmpty();
    }
    assertThat(bought(2)).isEqualTo(1);
    assertThat(bought(4)).isEqualTo(3);
    assertThat(bought(6)).isEqualTo(2);
    assertLeft(1, 0);
    assertLeft(4, UNITS - 3);
  }

  @Test
  @DisplayName(
      "takes no unit twice if the answer of its commit is lost, and tells first from again")
  void commitInDoubt() {
    log.reserve(oneOfEach("first"), PAID);
    AtomicInteger commits = new AtomicInteger();
    Watched watched =
        new Watched(
            database.pool(),
            real -> {
              real.commit();
              if (commits.incrementAndGet() == 2) {
                throw new SQLException("the answer is lost", "08006");
              }
            });
    OrderLog losing = OracleOrderLog.conditionalUpdate(watched.dataSource());
    losing.reserve(List.of(order("reads", 0)), PAID);
    List<Order> orders = oneOfEach("second").subList(1, DEALS);
    losing.reserve(List.of(), PAID);
    for (Order order : orders) {
      losing.tally(order.dealId());
    }
    List<ReserveResult> results = losing.reserve(orders, PAID);
    assertThat(results).containsOnly(new Already(PAID, UNITS - 2));
    for (int i = 1; i < DEALS; i++) {
      assertLeft(i, UNITS - 2);
    }
  }

  @Test
  @DisplayName("never tells that nothing happened once it has sent a commit that got no answer")
  void unknown() {
    AtomicInteger commits = new AtomicInteger();
    Watched watched =
        new Watched(
            database.pool(),
            real -> {
              real.commit();
              if (commits.incrementAndGet() == 1) {
                throw new SQLException("the answer is lost", "08006");
              }
            });
    watched.afterCommit = () -> watched.down = commits.get() == 2; // once it knows what to ask
    OrderLog losing = OracleOrderLog.conditionalUpdate(watched.dataSource());
    PartialFailureException failure =
        catchThrowableOfType(
            PartialFailureException.class, () -> losing.reserve(oneOfEach("first"), PAID));
    assertThat(failure.results()).containsOnlyNulls().hasSize(DEALS);
    assertThat(failure.failures())
        .hasSize(DEALS)
        .allSatisfy(
            (dealId, cause) -> assertThat(cause).isInstanceOf(OutcomeUnknownException.class));
    assertThat(log.reserve(oneOfEach("first"), PAID)).containsOnly(new Already(PAID, UNITS - 1));
  }

  @Test
  @DisplayName("lets one order fail alone whose rows alongside the application refuses")
  void refusedAlongside() {
    List<List<Sale>> told = Collections.synchronizedList(new ArrayList<>());
    OrderLog alongside =
        OracleOrderLog.conditionalUpdate(database.pool())
            .alongside(
                (connection, sold) -> {
                  if (sold.stream().anyMatch(it -> it.order().dealId().equals(deal(3)))) {
                    throw new IllegalStateException("refused by the test");
                  }
                  told.add(sold);
                });
    alongside.reserve(oneOfEach("first"), RESERVED);
    List<ReserveResult> results = alongside.reserve(oneOfEach("second"), PAID);
    List<OrderState> confirmed = alongside.confirm(oneOfEach("first"));
    for (int i = 0; i < DEALS; i++) {
      assertThat(results.get(i)).isInstanceOf(i == 3 ? Rejected.class : Reserved.class);
      assertThat(confirmed.get(i)).isEqualTo(i == 3 ? RESERVED : PAID);
      assertLeft(i, i == 3 ? UNITS - 1 : UNITS - 2);
    }
    assertThat(told).as("each call of one deal").allMatch(OracleMixedDealsTest::isOfOneDeal);
  }

  private static boolean isOfOneDeal(List<Sale> sales) {
    return sales.stream().map(it -> it.order().dealId()).distinct().count() == 1;
  }
}
