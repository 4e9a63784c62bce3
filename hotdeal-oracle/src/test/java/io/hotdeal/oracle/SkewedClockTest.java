package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.EXPIRED;
import static io.hotdeal.spi.OrderState.HELD;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal.Closed;
import io.hotdeal.Refusal.NotYetOpen;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.contract.Crowd;
import io.hotdeal.oracle.internal.store.JdbcStore;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Five minutes are far more than a test takes, and far less than the windows and holds here. */
@DisplayName("A process whose clock is five minutes off")
@ParameterizedClass
@EnumSource(Database.class)
class SkewedClockTest {

  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final Duration TO_PAY = Duration.ofMinutes(2);
  private static final InstantSource FAST = () -> Instant.now().plus(SKEW);
  private static final InstantSource SLOW = () -> Instant.now().minus(SKEW);

  private final Database database;
  private final String dealId = Crowd.freshDealId();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  SkewedClockTest(Database database) {
    this.database = database;
  }

  @Test
  @DisplayName("sells nothing before the window opens if its clock is fast")
  void notBeforeTheOpening() {
    Deal deal = Deal.of(dealId, 10).withWindow(now.plusSeconds(180), now.plusSeconds(3600));
    log(SLOW).open(deal);
    assertThat(log(FAST).reserve(orders("a"), RESERVED)).containsExactly(new NotYetOpen());
    StockCounter counter = counter(FAST);
    counter.open(deal);
    assertThat(counter.claim(orders("a"))).containsExactly(new NotYetOpen());
  }

  @Test
  @DisplayName("sells until the window ends if its clock is fast")
  void untilTheEnd() {
    Deal deal = Deal.of(dealId, 10).withWindow(now.minusSeconds(3600), now.plusSeconds(180));
    OrderLog log = log(FAST);
    log.open(deal);
    assertThat(log.reserve(orders("a"), RESERVED)).containsExactly(new Reserved(9));
    StockCounter counter = counter(FAST);
    counter.open(deal);
    assertThat(counter.claim(orders("a"))).containsExactly(new Claimed(9, false));
  }

  @Test
  @DisplayName(
      "sells once the window is open if its clock is slow, also if another process opened the deal")
  void opensOnTime() {
    log(FAST).open(Deal.of(dealId, 10).withWindow(now.minusSeconds(60), now.plusSeconds(3600)));
    assertThat(log(SLOW).reserve(orders("a"), RESERVED)).containsExactly(new Reserved(9));
    assertThat(rowLock(SLOW).reserve(orders("b"), RESERVED)).containsExactly(new Reserved(8));
  }

  @Test
  @DisplayName("sells nothing after the window ended if its clock is slow")
  void closesOnTime() {
    log(FAST).open(Deal.of(dealId, 10).withWindow(now.minusSeconds(3600), now.minusSeconds(60)));
    assertThat(log(SLOW).reserve(orders("a"), RESERVED)).containsExactly(new Closed());
  }

  @Test
  @DisplayName("does not treat a new reservation or claim as overdue if its clock is fast")
  void voidsNothingEarly() {
    Duration hold = Duration.ofMinutes(2);
    OrderLog log = log(InstantSource.system());
    log.open(Deal.of(dealId, 10).withHold(hold));
    log.reserve(orders("a"), RESERVED);
    assertThat(log(FAST).unresolved(dealId, hold, 10)).isEmpty();
    assertThat(log(FAST).unresolved(dealId, Duration.ZERO, 10)).hasSize(1);
    StockCounter counter = counter(SLOW);
    counter.open(Deal.of(dealId, 10).withHold(hold));
    counter.claim(orders("a"));
    assertThat(counter(FAST).overdue(dealId, 10)).isEmpty();
  }

  @Test
  @DisplayName("records the time of an order by the database's clock")
  void dates() {
    OrderLog log = log(FAST);
    log.open(Deal.of(dealId, 10));
    log.reserve(orders("a"), RESERVED);
    assertThat(log.find(dealId, "a").orElseThrow().recordedAt())
        .isBetween(now.minusSeconds(60), now.plusSeconds(240));
  }

  @Test
  @DisplayName("does not read the database's time for each order")
  void noExtraRoundTrips() {
    Watched watched = new Watched(database.pool(), Connection::commit);
    OrderLog log =
        new OracleOrderLog(
            JdbcStore.orderLog(watched.dataSource(), OracleSchema::howToCreate)
                .withProcessClock(FAST));
    log.open(Deal.of(dealId, 100));
    log.reserve(orders("a"), RESERVED);
    int before = watched.statements.get();
    for (int i = 0; i < 10; i++) {
      log.reserve(orders("b" + i), RESERVED);
    }
    assertThat(watched.statements.get() - before)
        .as("statements: insert and take per order")
        .isEqualTo(20);
  }

  @Test
  @DisplayName("gives holds their deadlines by the database's clock, although its own run fast")
  void holds() {
    AtomicLong ahead = new AtomicLong();
    JdbcStore store =
        JdbcStore.orderLog(database.pool(), OracleSchema::howToCreate)
            .withProcessClock(
                () -> Instant.now().plusNanos(ahead.get()), () -> System.nanoTime() + ahead.get());
    OrderLog log = new OracleOrderLog(store);
    log.open(Deal.of(dealId, 10));
    ahead.addAndGet(SKEW.toNanos());
    log.reserve(holds("a"), RESERVED);
    assertThat(until("a")).isBetween(now.plus(TO_PAY), now.plus(TO_PAY).plusSeconds(120));
    ahead.addAndGet(SKEW.toNanos());
    assertThat(log.endHolds(holds("a"), EXPIRED)).containsExactly(HELD);
    ahead.addAndGet(SKEW.toNanos());
    Instant later = now.plus(TO_PAY.multipliedBy(2));
    log.extend(List.of(new HoldExtension(dealId, "a", later)));
    assertThat(until("a")).isEqualTo(later);
  }

  @Test
  @DisplayName("gives a hold its deadline by the database's clock with a row lock, too")
  void holdsWithRowLock() {
    AtomicLong ahead = new AtomicLong();
    OrderLog log =
        new RowLockOrderLog(
            JdbcStore.orderLog(database.pool(), OracleSchema::howToCreate)
                .withProcessClock(
                    () -> Instant.now().plusNanos(ahead.get()),
                    () -> System.nanoTime() + ahead.get()),
            order -> {});
    log.open(Deal.of(dealId, 10));
    ahead.addAndGet(SKEW.toNanos());
    log.reserve(holds("a"), RESERVED);
    assertThat(until("a")).isBetween(now.plus(TO_PAY), now.plus(TO_PAY).plusSeconds(120));
  }

  @Test
  @DisplayName("reads the database's time for holds at most once a second")
  void noExtraRoundTripsOfHolds() {
    Watched watched = new Watched(database.pool(), Connection::commit);
    AtomicLong nanos = new AtomicLong();
    OrderLog log =
        new OracleOrderLog(
            JdbcStore.orderLog(watched.dataSource(), OracleSchema::howToCreate)
                .withProcessClock(() -> now.plusNanos(nanos.get()), nanos::get));
    log.open(Deal.of(dealId, 100));
    log.reserve(holds("a"), RESERVED);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(statementsOfTenHolds(watched, log, "b"))
        .as("insert and take per order")
        .isEqualTo(20);
    nanos.addAndGet(1);
    assertThat(statementsOfTenHolds(watched, log, "c")).as("and one reading").isEqualTo(21);
  }

  private int statementsOfTenHolds(Watched watched, OrderLog log, String ids) {
    int before = watched.statements.get();
    for (int i = 0; i < 10; i++) {
      log.reserve(holds(ids + i), RESERVED);
    }
    return watched.statements.get() - before;
  }

  private List<Order> holds(String id) {
    return orders(id).stream().map(it -> it.withPayWithin(TO_PAY)).toList();
  }

  private Instant until(String id) {
    return Objects.requireNonNull(
        log(InstantSource.system()).find(dealId, id).orElseThrow().until());
  }

  private OrderLog log(InstantSource process) {
    return new OracleOrderLog(
        JdbcStore.orderLog(database.pool(), OracleSchema::howToCreate).withProcessClock(process));
  }

  private OrderLog rowLock(InstantSource process) {
    return new RowLockOrderLog(
        JdbcStore.orderLog(database.pool(), OracleSchema::howToCreate).withProcessClock(process),
        order -> {});
  }

  private StockCounter counter(InstantSource process) {
    return new OracleStockCounter(
        JdbcStore.stockCounter(database.pool(), OracleSchema::howToCreate)
            .withProcessClock(process));
  }

  private List<Order> orders(String id) {
    return List.of(Order.of(id, dealId, "buyer", 1));
  }
}
