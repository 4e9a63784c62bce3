package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.ReserveResult;
import io.hotdeal.Sale;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderState;
import io.hotdeal.testkit.ScriptedGateway;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Rows of the application alongside a sale")
@ParameterizedClass
@EnumSource(Database.class)
@Timeout(120)
class AlongsideTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final HikariDataSource pool;
  private final List<List<Sale>> calls = new CopyOnWriteArrayList<>();
  private final String dealId = Crowd.freshDealId();

  AlongsideTest(Database database) throws SQLException {
    pool = database.tablesOfItsOwn();
    execute(
        "CREATE TABLE ITEM_GRANT (ORDER_ID VARCHAR(64) PRIMARY KEY, PLAYER VARCHAR(64) NOT NULL)");
    execute("CREATE TABLE PLAYER_BAN (PLAYER VARCHAR(64) PRIMARY KEY)");
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  @DisplayName("are committed with the orders that are PAID at once, one call per batch")
  void paidAtOnce() throws SQLException {
    OracleOrderLog log = granting();
    log.open(Deal.of(dealId, 3));
    List<ReserveResult> results =
        log.reserve(
            List.of(order("b"), order("a"), order("b"), order("c"), order("d")), OrderState.PAID);
    assertThat(results).hasSize(5);
    assertThat(grants()).containsExactly("a", "b", "c");
    assertThat(calls.get(calls.size() - 1))
        .extracting(Sale::order)
        .containsExactly(order("a"), order("b"), order("c"));
    calls.clear();
    log.reserve(List.of(order("a"), order("d")), OrderState.PAID);
    assertThat(calls).isEmpty();
  }

  @Test
  @DisplayName("are written when an order is confirmed, not when it is reserved, and once")
  void confirmed() throws SQLException {
    OracleOrderLog log = granting();
    log.open(Deal.of(dealId, 3));
    log.reserve(List.of(order("a"), order("b")), OrderState.RESERVED);
    assertThat(grants()).isEmpty();
    log.confirm(List.of(order("a"), order("a"), order("none")));
    log.confirm(List.of(order("a")));
    log.cancel(List.of(order("b")));
    assertThat(grants()).containsExactly("a");
    assertThat(calls).hasSize(1);
  }

  @Test
  @DisplayName("are written when a held order is paid, in time or late, with its payment")
  void held() throws SQLException {
    OracleOrderLog log = granting();
    log.open(Deal.of(dealId, 2));
    log.reserve(
        List.of(order("late").withPayWithin(SHORT), order("held").withPayWithin(LONG)),
        OrderState.PAID);
    while (log.overdueHolds(dealId, 1).isEmpty()) {
      Thread.onSpinWait();
    }
    log.endHolds(List.of(order("late")), OrderState.EXPIRED);
    assertThat(grants()).isEmpty();
    log.confirmHeld(List.of(payment("late", "pay-1"), payment("held", "pay-2")));
    log.confirmHeld(List.of(payment("late", "pay-3"), payment("held", "pay-2")));
    assertThat(grants()).containsExactly("held", "late");
    assertThat(calls.stream().flatMap(List::stream).map(Sale::paymentId))
        .containsExactlyInAnyOrder("pay-1", "pay-2");
  }

  @Test
  @DisplayName("fail their own order alone, which is refunded, and its units are sold to others")
  void refused() throws SQLException {
    execute("INSERT INTO PLAYER_BAN (PLAYER) VALUES ('p-7')");
    int orders = 50;
    ScriptedGateway gateway = new ScriptedGateway();
    OracleOrderLog log = granting();
    try (HotDeal hotDeal = HotDeal.builder().log(log).payments(gateway).build()) {
      hotDeal.open(Deal.of(dealId, orders));
      List<CompletableFuture<OrderResult>> results = new ArrayList<>();
      for (int i = 0; i < orders; i++) {
        results.add(hotDeal.orderAsync(Order.of("o-" + i, dealId, "p-" + i, 1)));
      }
      for (int i = 0; i < orders; i++) {
        assertThat(results.get(i).join())
            .isInstanceOf(i == 7 ? OrderResult.Declined.class : OrderResult.Placed.class);
      }
      assertThat(gateway.refunded).containsExactly("o-7");
      assertThat(grants()).hasSize(orders - 1).doesNotContain("o-7");
      assertThat(hotDeal.order(order("again"))).isInstanceOf(OrderResult.Placed.class);
    }
  }

  @Test
  @DisplayName("fail a held order alone: its payment is refunded")
  void heldAndRefused() throws SQLException {
    execute("INSERT INTO PLAYER_BAN (PLAYER) VALUES ('a')");
    ScriptedGateway gateway = new ScriptedGateway();
    OracleOrderLog log = granting();
    try (HotDeal hotDeal = HotDeal.builder().log(log).payments(gateway).build()) {
      hotDeal.open(Deal.of(dealId, 1));
      hotDeal.hold(order("a"), LONG);
      assertThat(hotDeal.confirm(dealId, "a", "pay-1"))
          .isEqualTo(
              new OrderResult.PaymentRefused(order("a"), "pay-1", OrderState.CANCELLED, true));
      assertThat(gateway.refundedPayments).containsExactly("pay-1");
      assertThat(log.tally(dealId).orElseThrow().left()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("are written by the resolver too, for what a crashed process left")
  void resolver() throws SQLException {
    ScriptedGateway gateway = new ScriptedGateway();
    OracleOrderLog log = granting();
    log.open(Deal.of(dealId, 3).withHold(SHORT));
    log.reserve(List.of(order("a"), order("b").withPayWithin(SHORT)), OrderState.RESERVED);
    gateway.paid("a", "pay-1");
    gateway.paid("b", "pay-2");
    try (HotDeal hotDeal = HotDeal.builder().log(log).payments(gateway).build()) {
      while (!grants().equals(List.of("a", "b"))) {
        hotDeal.resolver().sweep(dealId);
      }
    }
  }

  @Test
  @DisplayName("that throw an unchecked exception count as refused; a broken statement fails all")
  void broken() {
    OracleOrderLog log =
        OracleOrderLog.conditionalUpdate(pool)
            .alongside(
                (connection, sold) -> {
                  if (sold.stream().anyMatch(it -> it.order().id().equals("bad"))) {
                    throw new IllegalStateException("no such item");
                  }
                });
    log.open(Deal.of(dealId, 3));
    List<ReserveResult> results =
        log.reserve(List.of(order("a"), order("bad"), order("b")), OrderState.PAID);
    assertThat(results.get(0)).isInstanceOf(ReserveResult.Reserved.class);
    assertThat(results.get(1)).isInstanceOf(ReserveResult.Rejected.class);
    assertThat(results.get(2)).isInstanceOf(ReserveResult.Reserved.class);
    OracleOrderLog wrong =
        OracleOrderLog.conditionalUpdate(pool)
            .alongside(
                (connection, sold) -> {
                  try (Statement statement = connection.createStatement()) {
                    statement.execute("INSERT INTO NO_SUCH_TABLE VALUES (1)");
                  }
                });
    assertThatThrownBy(() -> wrong.reserve(List.of(order("c")), OrderState.PAID))
        .isInstanceOf(NothingHappenedException.class);
    assertThat(log.tally(dealId).orElseThrow().paid().orders()).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "that meet a deadlock are retried, also if a library wraps it in an unchecked exception")
  void deadlock() {
    List<Integer> batches = new ArrayList<>();
    OracleOrderLog log =
        OracleOrderLog.conditionalUpdate(pool)
            .alongside(
                (connection, sold) -> {
                  batches.add(sold.size());
                  if (batches.size() <= 2) {
                    throw new IllegalStateException(
                        "data access", new SQLException("a deadlock by the test", "40001"));
                  }
                });
    log.open(Deal.of(dealId, 2));
    assertThat(log.reserve(List.of(order("a"), order("b")), OrderState.PAID))
        .hasOnlyElementsOfType(ReserveResult.Reserved.class);
    assertThat(batches).as("one transaction, retried whole").containsExactly(2, 2, 2);
  }

  @Test
  @DisplayName("cannot end the transaction, but may use savepoints")
  void transaction() {
    List<String> refused = new ArrayList<>();
    OracleOrderLog log =
        OracleOrderLog.conditionalUpdate(pool)
            .alongside(
                (connection, sold) -> {
                  for (Ending ending :
                      List.<Ending>of(
                          Connection::commit,
                          Connection::rollback,
                          Connection::close,
                          it -> it.setAutoCommit(true))) {
                    try {
                      ending.end(connection);
                    } catch (SQLException e) {
                      refused.add(e.getMessage());
                    }
                  }
                  connection.rollback(connection.setSavepoint());
                });
    log.open(Deal.of(dealId, 1));
    assertThat(log.reserve(List.of(order("a")), OrderState.PAID))
        .containsExactly(new ReserveResult.Reserved(0));
    assertThat(refused).hasSize(4).allMatch(it -> it.contains("is refused here"));
  }

  /** A call that would end a transaction. */
  private interface Ending {
    void end(Connection connection) throws SQLException;
  }

  /** A log that grants an item per sale, but not to players who are banned. */
  private OracleOrderLog granting() {
    return OracleOrderLog.conditionalUpdate(pool)
        .alongside(
            (connection, sold) -> {
              calls.add(sold);
              grant(connection, sold);
            });
  }

  private static void grant(Connection connection, List<Sale> sold) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO ITEM_GRANT (ORDER_ID, PLAYER)
            SELECT ?, NULLIF(?, (SELECT MAX(PLAYER) FROM PLAYER_BAN)) FROM DUAL
            """)) {
      for (Sale sale : sold) {
        insert.setString(1, sale.order().id());
        insert.setString(2, sale.order().buyerId());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private List<String> grants() throws SQLException {
    List<String> ids = new ArrayList<>();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT ORDER_ID FROM ITEM_GRANT ORDER BY ORDER_ID")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  private HoldPayment payment(String orderId, String paymentId) {
    return new HoldPayment(dealId, orderId, paymentId);
  }

  private Order order(String id) {
    return Order.of(id, dealId, id, 1);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
