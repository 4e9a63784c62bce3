package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.PaymentGateway;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.Housekeeping;
import io.hotdeal.spi.Housekeeping.Housekeeper;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.testkit.ManualTimer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Housekeeping by tables")
@ParameterizedClass
@EnumSource(Database.class)
class OracleHousekeepingTest {

  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final AtomicReference<Instant> now = new AtomicReference<>(start);
  private final Database database;
  private final Watched watched;
  private final OrderLog log;
  private final Housekeeping housekeeping;
  private final String dealId = Crowd.freshDealId();
  private final Housekeeper me = new Housekeeper("me-" + dealId, LEASE);

  OracleHousekeepingTest(Database database) {
    this.database = database;
    this.watched = new Watched(database.pool(), Connection::commit);
    this.log = OracleOrderLog.conditionalUpdate(watched.dataSource()).withClock(now::get);
    this.housekeeping = log.housekeeping();
  }

  @BeforeEach
  void open() {
    log.open(Deal.of(dealId, 10).withHold(Duration.ofSeconds(30)));
  }

  private void pass(Duration time) {
    now.updateAndGet(it -> it.plus(time));
  }

  private long statements(Runnable call) {
    watched.statements.set(0);
    watched.commits.set(0);
    call.run();
    return watched.statements.get();
  }

  @Test
  @DisplayName(
      "is one query for up to 256 deals, and no commit, until an eighth of the lease is over")
  void reads() {
    List<String> ids = IntStream.range(0, 256).mapToObj(i -> dealId + "-" + i).toList();
    ids.forEach(id -> log.open(Deal.of(id, 1)));
    housekeeping.take(me, ids);
    pass(LEASE.dividedBy(8).minusMillis(1));
    assertThat(statements(() -> housekeeping.take(me, ids))).isEqualTo(1);
    Housekeeper other = new Housekeeper("other-" + dealId, LEASE);
    assertThat(statements(() -> housekeeping.take(other, ids))).isEqualTo(1);
    assertThat(watched.commits).hasValue(0);
    pass(Duration.ofMillis(1));
    statements(() -> housekeeping.take(me, ids));
    assertThat(watched.commits).hasValue(1);
    assertThat(housekeeping.take(other, ids))
        .hasSize(256)
        .allSatisfy(it -> assertThat(it.keeper()).isEqualTo(me.id()))
        .allSatisfy(it -> assertThat(it.remaining()).isEqualTo(LEASE));
  }

  @Test
  @DisplayName("leaves no row of a process that ended long ago, and none of one that retired")
  void cleansUp() throws SQLException {
    housekeeping.take(me, List.of(dealId));
    assertThat(leases(me)).isOne();
    pass(LEASE.plus(Duration.ofDays(1)));
    Housekeeper next = new Housekeeper("next-" + dealId, LEASE);
    housekeeping.take(next, List.of(dealId));
    assertThat(leases(me)).isZero();
    housekeeping.retire(next.id());
    assertThat(leases(next)).isZero();
  }

  private long leases(Housekeeper housekeeper) throws SQLException {
    try (Connection connection = database.pool().getConnection();
        PreparedStatement count =
            connection.prepareStatement("SELECT COUNT(*) FROM HOTDEAL_KEEPER WHERE KEEPER = ?")) {
      count.setString(1, housekeeper.id());
      try (ResultSet rows = count.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  @Test
  @DisplayName("goes to another process after the lease of one that crashed, by the log's clock")
  void takeover() {
    try (Member first = new Member();
        Member second = new Member()) {
      first.round();
      Order left = Order.of("left", dealId, "buyer", 1);
      log.reserve(List.of(left), OrderState.RESERVED);
      for (int i = 0; i < LEASE.dividedBy(PERIOD) - 1; i++) {
        pass(PERIOD);
        second.round();
      }
      assertThat(state(left)).isEqualTo(OrderState.RESERVED);
      for (int i = 0; i < 5; i++) { // a quarter of the lease, and a period
        pass(PERIOD);
        second.round();
      }
      assertThat(state(left)).as("a free order is sold").isEqualTo(OrderState.PAID);
    }
  }

  private OrderState state(Order order) {
    return log.find(dealId, order.id()).orElseThrow().state();
  }

  /** A process whose rounds run when the test says so. */
  private final class Member implements AutoCloseable {
    private final ManualTimer timer = new ManualTimer();
    private final HotDeal hotDeal =
        HotDeal.builder()
            .log(log)
            .payments(PaymentGateway.none())
            .executor(Runnable::run)
            .timer(timer)
            .ticker(() -> Duration.between(start, now.get()).toNanos())
            .build();

    Member() {
      hotDeal.resolver().start(PERIOD, () -> List.of(dealId));
    }

    void round() {
      timer.runUpTo(PERIOD.toMillis());
    }

    @Override
    public void close() {
      hotDeal.close();
      timer.shutdownNow();
    }
  }
}
