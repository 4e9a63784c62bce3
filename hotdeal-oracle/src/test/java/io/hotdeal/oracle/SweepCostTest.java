package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.spi.Housekeeping.Housekeeper;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("On PostgreSQL, with 200,000 settled orders of a deal,")
class SweepCostTest {

  private static final int SETTLED = 200_000;
  private static final int DEALS = 300;
  private static final int FEW = 30;
  private static final String BIG = "deal-0";
  private static final List<String> IDS =
      IntStream.range(0, DEALS).mapToObj(i -> "deal-" + i).toList();

  private HikariDataSource pool;
  private Connection connection;
  private OrderLog log;
  private long rowsRead;

  @BeforeEach
  void settledOrders() throws SQLException {
    pool = Database.POSTGRESQL.tablesOfItsOwn();
    OrderLog sale = OracleOrderLog.conditionalUpdate(pool);
    IDS.forEach(id -> sale.open(Deal.of(id, 1_000_000)));
    execute(
        """
        INSERT INTO ORDER_HISTORY (PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE)
        SELECT '%s', 'o-' || I, 'b-' || I, 1,
               CASE I %% 4 WHEN 0 THEN 'CANCELLED' WHEN 1 THEN 'RETURNED' ELSE 'PAID' END,
               TIMESTAMP '2026-01-01 00:00:00'
        FROM GENERATE_SERIES(1, %d) AS I
        """
            .formatted(BIG, SETTLED));
    connection = pool.getConnection();
    onConnection("SET MAX_PARALLEL_WORKERS_PER_GATHER = 0"); // what they read is not counted here
    log = OracleOrderLog.conditionalUpdate(measured());
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    pool.close();
  }

  @ParameterizedTest(name = "statistics: {0}")
  @ValueSource(booleans = {false, true})
  @DisplayName("nothing that a sweep or a housekeeper asks the log reads more than a few rows")
  void few(boolean statistics) throws SQLException {
    if (statistics) {
      execute("ANALYZE");
    }
    assertThat(rowsRead(() -> log.tally(BIG))).as("the instrument").isGreaterThan(SETTLED - 1);
    Housekeeper me = new Housekeeper("me", Duration.ofMinutes(5));
    for (int i = 0; i < 7; i++) { // a statement is planned anew for the first five times
      assertFew("the first deals are taken", () -> log.housekeeping().take(me, IDS.subList(0, 2)));
      assertFew("many are taken", () -> log.housekeeping().take(me, IDS));
      assertFew("left", () -> log.balance(BIG));
      assertFew("holds", () -> log.overdueHolds(BIG, 128));
      assertFew("returns", () -> log.returning(BIG, 128));
      assertFew("reserved", () -> log.unresolved(BIG, Duration.ZERO, 128));
      assertFew("claims", () -> log.find(BIG, List.of("o-1", "o-17", "none")));
    }
    log.reserve(List.of(Order.of("a", BIG, "buyer", 1)), OrderState.RESERVED);
    assertFew(
        "with an unfinished order",
        () ->
            assertThat(log.housekeeping().take(me, IDS))
                .filteredOn(it -> it.unfinished())
                .singleElement()
                .satisfies(it -> assertThat(it.dealId()).isEqualTo(BIG)));
  }

  private void assertFew(String what, Runnable call) throws SQLException {
    assertThat(rowsRead(call)).as("rows of orders read: %s", what).isLessThan(FEW);
  }

  /** How many rows of orders the only connection reads during the call. */
  private long rowsRead(Runnable call) throws SQLException {
    onConnection("SELECT PG_STAT_FORCE_NEXT_FLUSH()");
    rowsRead = 0;
    call.run();
    return rowsRead;
  }

  private void measure() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT SEQ_TUP_READ + COALESCE(IDX_TUP_FETCH, 0)
                FROM PG_STAT_XACT_USER_TABLES
                WHERE RELNAME = 'order_history'
                """)) {
      row.next();
      rowsRead = Math.max(rowsRead, row.getLong(1));
    }
  }

  /** Hands out the one connection, and measures before each end of a transaction. */
  private DataSource measured() {
    Connection one =
        proxy(
            Connection.class,
            connection,
            name -> {
              if (name.equals("commit") || name.equals("rollback")) {
                measure();
              }
              return name.equals("close");
            });
    return (DataSource)
        Proxy.newProxyInstance(
            SweepCostTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, args) -> method.getName().equals("getConnection") ? one : null);
  }

  /** Called before a method; whether it is left out. */
  @FunctionalInterface
  private interface Before {
    boolean call(String method) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T real, Before before) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> {
              if (before.call(method.getName())) {
                return null;
              }
              try {
                return method.invoke(real, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private void onConnection(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection other = pool.getConnection();
        Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }
}
