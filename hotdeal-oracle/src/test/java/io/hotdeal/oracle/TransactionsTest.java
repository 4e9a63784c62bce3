package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.ReserveResult;
import io.hotdeal.ReserveResult.Already;
import io.hotdeal.ReserveResult.Rejected;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.OrderLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A call to the order log")
@ParameterizedClass
@EnumSource(Database.class)
class TransactionsTest {

  private final Database database;
  private final String dealId = Crowd.freshDealId();

  TransactionsTest(Database database) {
    this.database = database;
  }

  @Test
  @DisplayName("returns its connection to the pool with the autocommit mode that it had")
  void autoCommit() throws SQLException {
    for (boolean autoCommit : new boolean[] {true, false}) {
      try (HikariDataSource pool = database.anotherPool(autoCommit)) {
        pool.getConnection().close();
        AtomicInteger wrong = new AtomicInteger();
        Watched watched = new Watched(pool, Connection::commit);
        OrderLog log = OracleOrderLog.conditionalUpdate(watched.dataSource());
        String deal = dealId + autoCommit;
        log.open(Deal.of(deal, 2));
        for (int i = 0; i < 4; i++) { // the last two are refused
          log.reserve(List.of(Order.of("o" + i, deal, "b", 1)), RESERVED);
          try (Connection connection = pool.getConnection()) {
            wrong.addAndGet(connection.getAutoCommit() == autoCommit ? 0 : 1);
          }
        }
        assertThat(wrong).hasValue(0);
        assertThat(log.tally(deal).orElseThrow().left()).isZero();
      }
    }
  }

  @Test
  @DisplayName("restores the autocommit mode itself, without a pool that does")
  void autoCommitWithoutPool() throws SQLException {
    try (Connection plain = database.pool().getConnection()) {
      for (boolean autoCommit : new boolean[] {true, false}) {
        plain.setAutoCommit(autoCommit);
        OrderLog log = OracleOrderLog.conditionalUpdate(Unclosed.dataSource(plain));
        log.open(Deal.of(dealId + autoCommit, 1));
        log.reserve(Crowd.orders(dealId + autoCommit, 2), RESERVED);
        assertThat(plain.getAutoCommit()).isEqualTo(autoCommit);
      }
    }
  }

  @Test
  @DisplayName("is independent of an open transaction of its caller")
  void callersTransaction() throws SQLException {
    OrderLog log = OracleOrderLog.conditionalUpdate(database.pool());
    log.open(Deal.of(dealId, 5));
    try (Connection mine = database.pool().getConnection();
        Statement statement = mine.createStatement()) {
      mine.setAutoCommit(false);
      statement.execute(
          "INSERT INTO HOTDEAL_RESTOCK (PROD_ID, OPERATION_ID, UNITS) VALUES ('mine', '"
              + dealId
              + "', 1)");
      log.reserve(Crowd.orders(dealId, 3), RESERVED);
      mine.rollback();
    }
    assertThat(log.tally(dealId).orElseThrow().left()).isEqualTo(2);
    OrderLog other = OracleOrderLog.conditionalUpdate(database.pool());
    assertThat(other.tally("mine")).isEmpty();
  }

  @Test
  @DisplayName("whose commit took effect without an answer is retried, and answers Already")
  void commitHappened() {
    OrderLog log = log(once(true));
    log.open(Deal.of(dealId, 5));
    assertThat(log.reserve(Crowd.orders(dealId, 3), RESERVED))
        .containsExactly(
            new Already(RESERVED, 2), new Already(RESERVED, 2), new Already(RESERVED, 2));
    assertTally(2, 3);
  }

  @Test
  @DisplayName("whose commit got no answer and had no effect is retried, and takes effect once")
  void commitDidNotHappen() {
    OrderLog log = log(once(false));
    log.open(Deal.of(dealId, 5));
    assertThat(log.reserve(Crowd.orders(dealId, 3), RESERVED))
        .containsExactly(new Reserved(4), new Reserved(3), new Reserved(2));
    assertTally(2, 3);
  }

  @Test
  @DisplayName("whose commit gets no answer at any attempt fails as unknown")
  void unknown() {
    healthy().open(Deal.of(dealId, 5));
    OrderLog log = log(real -> fail(real, true));
    List<Order> orders = Crowd.orders(dealId, 3);
    assertThatThrownBy(() -> log.reserve(orders, RESERVED))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> log.confirm(orders)).isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> log.cancel(orders)).isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> log.close(dealId)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(healthy().cancel(orders)).containsOnly(PAID);
    assertTally(2, 0);
  }

  @Test
  @DisplayName(
      "fails as unknown if the database becomes unreachable after a commit without an answer")
  void unreachableAfterCommit() {
    healthy().open(Deal.of(dealId, 5));
    Watched watched = new Watched(database.pool(), real -> fail(real, true));
    OrderLog log = OracleOrderLog.conditionalUpdate(watched.dataSource());
    watched.afterCommit = () -> watched.down = true;
    assertThatThrownBy(() -> log.reserve(Crowd.orders(dealId, 3), RESERVED))
        .isInstanceOf(OutcomeUnknownException.class);
    assertTally(2, 3);
  }

  @Test
  @DisplayName(
      "of RowLockOrderLog does not charge again if the commit took effect without an answer")
  void rowLock() {
    AtomicInteger paid = new AtomicInteger();
    OrderLog log =
        RowLockOrderLog.selectForUpdate(
            new Watched(database.pool(), once(true)).dataSource(), order -> paid.incrementAndGet());
    log.open(Deal.of(dealId, 5));
    log.reserve(Crowd.orders(dealId, 3), PAID);
    assertThat(paid).hasValue(3);
  }

  @Test
  @DisplayName("of RowLockOrderLog rolls back only the order whose payment fails")
  void declined() {
    OrderLog log =
        RowLockOrderLog.selectForUpdate(
            database.pool(),
            order -> {
              if (order.id().equals("order-1")) {
                throw new IllegalStateException("no money");
              }
            });
    log.open(Deal.of(dealId, 5));
    List<ReserveResult> results = log.reserve(Crowd.orders(dealId, 3), PAID);
    assertThat(results.get(0)).isEqualTo(new Reserved(4));
    assertThat(results.get(1)).isInstanceOf(Rejected.class);
    assertThat(results.get(2)).isEqualTo(new Reserved(3));
    assertThat(log.find(dealId, "order-1")).isEmpty();
  }

  @Test
  @DisplayName("fails as NothingHappened if the database is unreachable")
  void down() {
    Watched watched = new Watched(database.pool(), Connection::commit);
    watched.down = true;
    OrderLog log = OracleOrderLog.conditionalUpdate(watched.dataSource());
    assertThatThrownBy(() -> log.reserve(Crowd.orders(dealId, 3), RESERVED))
        .isInstanceOf(NothingHappenedException.class);
    assertThatThrownBy(() -> log.tally(dealId)).isInstanceOf(NothingHappenedException.class);
  }

  @Test
  @DisplayName(
      "is retried after a deadlock or a lost connection, and fails if the retries fail too")
  void retriesTransientErrors() {
    Watched watched = new Watched(database.pool(), Connection::commit);
    OrderLog log = OracleOrderLog.conditionalUpdate(watched.dataSource());
    log.open(Deal.of(dealId, 5));
    for (String state : new String[] {"40P01", "08006"}) {
      watched.stateToFailWith = state;
      watched.statementsToFail.set(2);
      assertThat(log.reserve(List.of(Order.of("o-" + state, dealId, "b", 1)), RESERVED))
          .hasOnlyElementsOfType(Reserved.class);
      watched.statementsToFail.set(Integer.MAX_VALUE);
      assertThatThrownBy(() -> log.reserve(Crowd.orders(dealId, 1), RESERVED))
          .isInstanceOf(NothingHappenedException.class);
      watched.statementsToFail.set(0);
    }
    assertTally(3, 2);
  }

  @Test
  @DisplayName("that throws before its commit has no effect")
  void beforeCommit() {
    OrderLog log = healthy();
    log.open(Deal.of(dealId, 5));
    OrderLog broken =
        OracleOrderLog.conditionalUpdate(new Watched(database.pool(), real -> {}).dataSource())
            .withClock(
                () -> {
                  throw new IllegalStateException("the clock is broken");
                });
    assertThatThrownBy(() -> broken.reserve(Crowd.orders(dealId, 3), RESERVED))
        .isInstanceOf(IllegalStateException.class);
    assertTally(5, 0);
  }

  private OrderLog healthy() {
    return OracleOrderLog.conditionalUpdate(database.pool());
  }

  private OrderLog log(Watched.Commit commit) {
    return OracleOrderLog.conditionalUpdate(new Watched(database.pool(), commit).dataSource());
  }

  private void assertTally(long left, long reserved) {
    assertThat(healthy().tally(dealId).orElseThrow().left()).isEqualTo(left);
    assertThat(healthy().tally(dealId).orElseThrow().reserved().units()).isEqualTo(reserved);
  }

  /** The second commit fails; the first one opens the deal. */
  private static Watched.Commit once(boolean happens) {
    AtomicInteger commits = new AtomicInteger();
    return real -> {
      if (commits.incrementAndGet() == 2) {
        fail(real, happens);
      } else {
        real.commit();
      }
    };
  }

  private static void fail(Connection real, boolean happens) throws SQLException {
    if (happens) {
      real.commit();
    }
    throw new SQLException("cut", "08006");
  }
}
