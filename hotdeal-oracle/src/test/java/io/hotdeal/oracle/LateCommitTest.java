package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.ReserveResult.Already;
import io.hotdeal.contract.Crowd;
import io.hotdeal.oracle.internal.store.JdbcStore;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A commit whose answer is late, as with a standby that hangs: the read time-out ends the call, the
 * database carries the commit out afterwards, and meanwhile the window of the deal has ended.
 */
@DisplayName("After a commit without an answer that takes effect once the window has ended")
@ParameterizedClass
@EnumSource(Database.class)
class LateCommitTest {

  private static final Set<String> END_OF_TRANSACTION =
      Set.of("rollback", "close", "abort", "setAutoCommit");

  private final Database database;
  private final String dealId = Crowd.freshDealId();
  private final Instant opens = Instant.parse("2026-01-01T00:00:00Z");
  private final Instant closes = opens.plusSeconds(60);
  private final AtomicReference<Instant> now = new AtomicReference<>(opens);
  private final Deal deal = Deal.of(dealId, 5).withWindow(opens, closes);
  private final List<Order> order = List.of(Order.of("order", dealId, "buyer", 1).asFirstAttempt());
  private final Deal another = Deal.of(dealId + "-b", 3).withWindow(opens, closes);
  private final List<Order> ordersOfBoth =
      List.of(order.get(0), Order.of("order", another.id(), "buyer", 1).asFirstAttempt());
  private boolean delays;
  private @Nullable Connection late;

  LateCommitTest(Database database) {
    this.database = database;
  }

  @Test
  @DisplayName("a first attempt is answered with its reservation, not with Closed")
  void reserve() {
    OrderLog log =
        new OracleOrderLog(
            JdbcStore.orderLog(dataSource(), OracleSchema::howToCreate).withClock(now::get));
    log.open(deal);
    delays = true;
    assertThat(log.reserve(order, RESERVED)).containsExactly(new Already(RESERVED, 4));
    assertThat(log.tally(dealId).orElseThrow().left()).isEqualTo(4);
  }

  @Test
  @DisplayName("a first attempt is answered with its claim, not with Closed")
  void claim() {
    StockCounter counter =
        new OracleStockCounter(
            JdbcStore.stockCounter(dataSource(), OracleSchema::howToCreate).withClock(now::get));
    counter.open(deal);
    delays = true;
    assertThat(counter.claim(order)).containsExactly(new Claimed(4, true));
    assertThat(counter.stock(dealId).orElseThrow().remaining()).isEqualTo(4);
  }

  @Test
  @DisplayName("first attempts of several deals are answered with their reservations")
  void reserveOfSeveralDeals() {
    OrderLog log =
        new OracleOrderLog(
            JdbcStore.orderLog(dataSource(), OracleSchema::howToCreate).withClock(now::get));
    log.open(deal);
    log.open(another);
    delays = true;
    assertThat(log.reserve(ordersOfBoth, RESERVED))
        .containsExactly(new Already(RESERVED, 4), new Already(RESERVED, 2));
    assertThat(log.tally(dealId).orElseThrow().left()).isEqualTo(4);
    assertThat(log.tally(another.id()).orElseThrow().left()).isEqualTo(2);
  }

  @Test
  @DisplayName("first attempts of several deals are answered with their claims")
  void claimOfSeveralDeals() {
    StockCounter counter =
        new OracleStockCounter(
            JdbcStore.stockCounter(dataSource(), OracleSchema::howToCreate).withClock(now::get));
    counter.open(deal);
    counter.open(another);
    delays = true;
    assertThat(counter.claim(ordersOfBoth))
        .containsExactly(new Claimed(4, true), new Claimed(2, true));
    assertThat(counter.stock(another.id()).orElseThrow().remaining()).isEqualTo(2);
  }

  private DataSource dataSource() {
    return proxy(
        DataSource.class,
        (method, args) -> {
          Object result = call(database.pool(), method, args);
          return result instanceof Connection real ? delaying(real) : result;
        });
  }

  private Connection delaying(Connection real) {
    return proxy(
        Connection.class,
        (method, args) -> {
          if (real == late && END_OF_TRANSACTION.contains(method.getName())) {
            return null; // the client has given the connection up, the database has not
          }
          if (delays && method.getName().equals("commit")) {
            delays = false;
            late = real;
            now.set(closes);
            throw new SQLException("no answer", "08006");
          }
          if (method.getName().equals("prepareStatement")
              && args[0].toString().contains("INSERT")) {
            carryOut();
          }
          return call(real, method, args);
        });
  }

  /** Carries out the late commit before another transaction inserts a row. */
  private void carryOut() throws SQLException {
    Connection pending = late;
    late = null;
    if (pending != null) {
      pending.commit();
      pending.close();
    }
  }

  private interface Handler {
    @Nullable Object handle(Method method, Object[] args) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> handler.handle(method, args)));
  }

  private static @Nullable Object call(Object target, Method method, Object[] args)
      throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
