package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.HELD;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.DealConflictException;
import io.hotdeal.DealState;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.Housekeeping;
import io.hotdeal.spi.Housekeeping.Housekeeper;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("OracleSchema.migrate, on tables of version 1 with orders in them,")
@ParameterizedClass
@EnumSource(Database.class)
@Timeout(60)
class OracleMigrationTest {

  private static final String DEAL = "deal";
  private static final long STOCK = 100_000;
  private static final List<String> TABLES =
      List.of(
          "HOTDEAL_LIST",
          "ORDER_HISTORY",
          "HOTDEAL_EVENT",
          "HOTDEAL_CURSOR",
          "HOTDEAL_KEPT",
          "HOTDEAL_KEEPER",
          "HOTDEAL_BUYER",
          "HOTDEAL_RESTOCK",
          "HOTDEAL_COUNTER",
          "HOTDEAL_CLAIM",
          "HOTDEAL_CLAIM_BUYER");

  private final Database database;
  private final OracleSchema schema;
  private final HikariDataSource pool;
  private final Set<String> newColumns;
  private final OldWriter old;

  OracleMigrationTest(Database database) throws SQLException {
    this.database = database;
    this.schema = OracleSchema.valueOf(database.name());
    this.pool = database.tablesOfItsOwn();
    this.newColumns = columns();
    this.old = new OldWriter(pool);
  }

  @BeforeEach
  void sellWithVersionOne() throws SQLException, IOException {
    for (String table : TABLES) {
      execute("DROP TABLE IF EXISTS " + table);
    }
    for (String ddl : oldScript().replaceAll("(?m)^--.*$", "").split(";", -1)) {
      if (!ddl.isBlank()) {
        execute(ddl);
      }
    }
    old.open(DEAL, STOCK);
    old.sell(DEAL, "paid");
    old.reserve(DEAL, "reserved");
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  @DisplayName("leaves every statement of version 1 valid, whichever of its own was the last")
  void stepByStep() throws SQLException {
    List<String> steps = schema.migrationStatements();
    for (int i = 0; i < steps.size(); i++) {
      execute(steps.get(i));
      old.open("deal-" + i, 1);
      old.sell(DEAL, "paid-" + i);
      for (String nonsense :
          List.of(
              "UPDATE ORDER_HISTORY SET STATUS = 'NONSENSE'",
              "UPDATE HOTDEAL_LIST SET STATE = 'NO'",
              "UPDATE HOTDEAL_LIST SET QUANTITY = TOTAL + 1",
              "UPDATE HOTDEAL_COUNTER SET STATE = 'NO'",
              "UPDATE HOTDEAL_CLAIM SET STATUS = 'NONSENSE'")) {
        assertThatThrownBy(() -> execute(nonsense)).isInstanceOf(SQLException.class);
      }
    }
    assertHoldsWork();
    assertThat(log().tally(DEAL).orElseThrow().paid().orders()).isEqualTo(1 + steps.size());
  }

  @Test
  @DisplayName("lets a process of version 1 sell on: it loses no order")
  void whileSelling() throws Exception {
    assumeThat(database)
        .as("the database adds a column without losing rows of other sessions")
        .isEqualTo(Database.POSTGRESQL);
    AtomicBoolean migrated = new AtomicBoolean();
    CountDownLatch selling = new CountDownLatch(20);
    AtomicInteger sold = new AtomicInteger();
    CompletableFuture<Void> seller =
        CompletableFuture.runAsync(
            () -> {
              while (!migrated.get() || selling.getCount() > 0) {
                sellOne("paid-" + sold.get());
                sold.incrementAndGet();
                selling.countDown();
              }
            });
    selling.await();
    schema.migrate(pool);
    migrated.set(true);
    seller.join();
    assertHoldsWork();
    assertThat(log().tally(DEAL).orElseThrow().paid().orders()).isEqualTo(1 + sold.get());
  }

  private void sellOne(String orderId) {
    try {
      old.sell(DEAL, orderId);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("finishes the work after a failure at any of its statements, and then does nothing")
  void afterFailure() throws SQLException, IOException {
    List<String> steps = schema.migrationStatements();
    for (int done = 0; done < steps.size(); done++) {
      sellWithVersionOne();
      for (String step : steps.subList(0, done)) {
        execute(step);
      }
      schema.migrate(pool);
      schema.migrate(pool);
      schema.applyTo(pool);
      assertThat(columns()).as("after a failure of %s", steps.get(done)).isEqualTo(newColumns);
      assertHoldsWork();
    }
  }

  @Test
  @DisplayName("makes the same columns as the script for new tables, in the same order")
  void sameColumns() throws SQLException {
    assertThat(columns()).isNotEqualTo(newColumns);
    schema.migrate(pool);
    assertThat(columns()).isEqualTo(newColumns);
  }

  @Test
  @DisplayName("does nothing where there are no tables, so that a program can always call it first")
  void noTables() throws SQLException {
    for (String table : TABLES) {
      execute("DROP TABLE IF EXISTS " + table);
    }
    schema.migrate(pool);
    schema.applyTo(pool);
    schema.migrate(pool);
    assertThat(columns()).isEqualTo(newColumns);
  }

  @Test
  @DisplayName("is named in the error of a log that finds a column missing")
  void named() {
    assertThatThrownBy(() -> log().find(DEAL, "paid"))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("OracleSchema.<database>.migrate(dataSource)")
        .hasMessageContaining(
            "/io/hotdeal/oracle/migration-2-oracle.sql and"
                + " /io/hotdeal/oracle/migration-3-oracle.sql");
  }

  @Test
  @DisplayName("gives deals the default longest hold, which a DBA may change")
  void longestHold() throws SQLException {
    schema.migrate(pool);
    Deal deal = Deal.of(DEAL, STOCK).withHold(Duration.ofMinutes(1));
    Deal longer = deal.withLongestHold(Duration.ofHours(2));
    log().open(deal);
    assertThatThrownBy(() -> log().open(longer)).isInstanceOf(DealConflictException.class);
    execute("UPDATE HOTDEAL_LIST SET LONGEST_MS = 7200000");
    log().open(longer);
    StockCounter counter = OracleStockCounter.conditionalUpdate(pool);
    counter.open(deal);
    counter.open(longer);
  }

  private void assertHoldsWork() {
    OrderLog log = log();
    OrderRecord before = log.find(DEAL, "paid").orElseThrow();
    assertThat(before.state()).isEqualTo(PAID);
    assertThat(before.until()).isNull();
    assertThat(log.unresolved(DEAL, Duration.ZERO, 9)).hasSize(1);
    assertThat(log.cancel(List.of(Order.of("reserved", DEAL, "old-buyer", 1))))
        .containsExactly(CANCELLED);
    Order hold = Order.of("hold", DEAL, "buyer", 1).withPayWithin(Duration.ofMinutes(5));
    assertThat(log.reserve(List.of(hold), RESERVED).get(0)).isInstanceOf(ReserveResult.Held.class);
    assertThat(log.find(DEAL, "hold").orElseThrow().state()).isEqualTo(HELD);
    OrderRecord paid =
        log.confirmHeld(List.of(new HoldPayment(DEAL, "hold", "payment")))
            .get(0)
            .orElseThrow()
            .row();
    assertThat(paid.state()).isEqualTo(PAID);
    assertThat(paid.paymentId()).isEqualTo("payment");
    Tally tally = log.tally(DEAL).orElseThrow();
    assertThat(tally.isBalanced()).isTrue();
    OracleStockCounter counter = OracleStockCounter.conditionalUpdate(pool);
    counter.claim(List.of(hold));
    assertThat(counter.overdue(DEAL, 9)).isEmpty();
    assertReturnsAndEventsWork(counter);
  }

  private void assertReturnsAndEventsWork(OracleStockCounter counter) {
    OrderLog log = log();
    log.giveBack(List.of(new OrderReturn(DEAL, "hold", true, true)));
    assertThat(log.returning(DEAL, 9)).hasSize(1);
    DealTerms paused = log.change(DEAL, DealChange.to(DealState.PAUSED));
    assertThat(paused.version()).isEqualTo(2);
    assertThat(log.tally(DEAL).orElseThrow().isBalanced()).isTrue();
    assertThatThrownBy(() -> execute("UPDATE HOTDEAL_LIST SET WRITTEN_OFF = TOTAL"))
        .isInstanceOf(SQLException.class);
    counter.change(paused);
    counter.giveBack(List.of(Order.of("hold", DEAL, "buyer", 1)));
    assertThat(counter.stock(DEAL).orElseThrow().hasTerms(paused)).isTrue();
    Deal told = Deal.of("told", 1).withEvents();
    log.open(told);
    log.outbox().register(List.of("shop"), "told");
    log.reserve(List.of(Order.of("a", "told", "buyer", 1)), PAID);
    assertThat(log.outbox().lag("shop", "told").orElseThrow().events()).isEqualTo(2);
    assertHousekeepingWorks();
  }

  private void assertHousekeepingWorks() {
    Housekeeping housekeeping = log().housekeeping();
    for (String each : List.of("a", "b")) {
      Housekeeper by = new Housekeeper(each, Duration.ofMinutes(1));
      assertThat(housekeeping.take(by, List.of(DEAL)).get(0))
          .satisfies(it -> assertThat(it.keeper()).isEqualTo("a"))
          .satisfies(it -> assertThat(it.unfinished()).isTrue());
    }
  }

  @Test
  @DisplayName("of version 2, adds the tables of housekeeping alone, and reads no order")
  void fromVersionTwo() throws SQLException {
    schema.migrate(pool);
    execute("DROP TABLE HOTDEAL_KEEPER");
    execute("DROP TABLE HOTDEAL_KEPT");
    execute("DROP INDEX ORDER_HISTORY_HELD"); // which the script of version 2 would create
    schema.migrate(pool);
    assertThat(columns()).isEqualTo(newColumns);
    execute("CREATE INDEX ORDER_HISTORY_HELD ON ORDER_HISTORY (PROD_ID, STATUS, EXPIRES)");
    assertHoldsWork();
  }

  @Test
  @DisplayName("of version 2, is named in the error of housekeeping without its tables")
  void namedByHousekeeping() throws SQLException {
    schema.migrate(pool);
    execute("DROP TABLE HOTDEAL_KEEPER");
    Housekeeper by = new Housekeeper("a", Duration.ofMinutes(1));
    assertThatThrownBy(() -> log().housekeeping().take(by, List.of(DEAL)))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("/io/hotdeal/oracle/migration-3-oracle.sql");
    assertThat(log().tally(DEAL)).isPresent();
  }

  private OrderLog log() {
    return OracleOrderLog.conditionalUpdate(pool);
  }

  /** Per column of hotdeal its table, position, name, and whether it is nullable. */
  private Set<String> columns() throws SQLException {
    Set<String> found = new TreeSet<>();
    try (Connection connection = pool.getConnection();
        ResultSet row = connection.getMetaData().getColumns(null, null, "%", "%")) {
      while (row.next()) {
        String table = row.getString("TABLE_NAME").toUpperCase(Locale.ROOT);
        if (TABLES.contains(table)) {
          found.add(
              "%s %02d %s %s"
                  .formatted(
                      table,
                      row.getInt("ORDINAL_POSITION"),
                      row.getString("COLUMN_NAME"),
                      row.getString("IS_NULLABLE")));
        }
      }
    }
    return found;
  }

  private String oldScript() throws IOException {
    String name = "schema-1-" + schema.name().toLowerCase(Locale.ROOT) + ".sql";
    try (InputStream in = OracleMigrationTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
