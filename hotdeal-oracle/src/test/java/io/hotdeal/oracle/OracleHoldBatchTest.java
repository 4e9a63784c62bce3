package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.EXPIRED;
import static io.hotdeal.spi.OrderState.HELD;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.ReserveResult.Held;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A batch of holds in OracleOrderLog")
@ParameterizedClass
@EnumSource(Database.class)
@Timeout(120)
class OracleHoldBatchTest {

  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  private final Database database;
  private final Watched watched;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final OrderLog log;
  private final String dealId = Crowd.freshDealId();

  OracleHoldBatchTest(Database database) {
    this.database = database;
    this.watched = new Watched(database.pool(), Connection::commit);
    this.log = OracleOrderLog.conditionalUpdate(watched.dataSource()).withClock(now::get);
  }

  @Test
  @DisplayName("is reserved by two statements, and paid by two: update the rows, read them")
  void statements() {
    log.open(Deal.of(dealId, 1000));
    log.reserve(List.of(order("first")), RESERVED);
    List<Order> holds =
        Crowd.orders(dealId, 100).stream()
            .map(it -> it.withPayWithin(Duration.ofMinutes(5)))
            .toList();
    int statements = watched.statements.get();
    int commits = watched.commits.get();
    assertThat(log.reserve(holds, RESERVED).get(99))
        .isEqualTo(new Held(START.plusSeconds(300), 899));
    assertThat(watched.statements.get() - statements).isEqualTo(2);
    List<HoldPayment> payments =
        holds.stream().map(it -> new HoldPayment(dealId, it.id(), "p-" + it.id())).toList();
    assertThat(log.confirmHeld(payments))
        .allSatisfy(
            it -> {
              assertThat(it.orElseThrow().before()).isEqualTo(HELD);
              assertThat(it.orElseThrow().row().state()).isEqualTo(PAID);
            });
    assertThat(watched.statements.get() - statements).isEqualTo(4);
    assertThat(watched.commits.get() - commits).isEqualTo(2);
  }

  @Test
  @DisplayName("may be mixed with orders that are paid at once")
  void mixed() {
    log.open(Deal.of(dealId, 10).withLongestHold(Duration.ofMinutes(1)));
    assertThat(log.reserve(List.of(order("now"), hold("later", 300)), PAID))
        .containsExactly(new Reserved(9), new Held(START.plusSeconds(60), 8));
    assertThat(log.find(dealId, "now").orElseThrow().until()).isNull();
    assertThat(log.tally(dealId).orElseThrow().held().units()).isEqualTo(1);
  }

  @Test
  @DisplayName("with a row that the database refuses to sell sells the others")
  void refused() throws SQLException {
    try (HikariDataSource own = database.tablesOfItsOwn()) {
      OrderLog ownLog = OracleOrderLog.conditionalUpdate(own).withClock(now::get);
      try (Connection connection = own.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "ALTER TABLE ORDER_HISTORY ADD CONSTRAINT NO_SALE"
                + " CHECK (ORDER_ID <> 'bad' OR STATUS IN ('HELD', 'EXPIRED'))");
      }
      ownLog.open(Deal.of(dealId, 10));
      List<Order> holds = List.of(hold("a", 60), hold("bad", 60), hold("c", 60));
      ownLog.reserve(holds, RESERVED);
      List<Optional<OrderSnapshot>> paid =
          ownLog.confirmHeld(
              holds.stream().map(it -> new HoldPayment(dealId, it.id(), "payment")).toList());
      assertThat(paid)
          .extracting(it -> it.orElseThrow().row().state())
          .containsExactly(PAID, HELD, PAID);
      assertThat(ownLog.endHolds(holds, CANCELLED)).containsExactly(PAID, HELD, PAID);
      now.set(START.plusSeconds(60));
      assertThat(ownLog.endHolds(holds, EXPIRED)).containsExactly(PAID, EXPIRED, PAID);
      assertThat(ownLog.tally(dealId).orElseThrow().left()).isEqualTo(8);
    }
  }

  @Test
  @DisplayName("is confirmed after a commit without an answer, and was PAID before the second try")
  void unanswered() {
    log.open(Deal.of(dealId, 10));
    log.reserve(List.of(hold("a", 60)), RESERVED);
    AtomicReference<Boolean> fails = new AtomicReference<>(true);
    Watched unanswering =
        new Watched(
            database.pool(),
            real -> {
              real.commit();
              if (fails.getAndSet(false)) {
                throw new SQLException("no answer", "08006");
              }
            });
    OrderSnapshot snapshot =
        OracleOrderLog.conditionalUpdate(unanswering.dataSource())
            .withClock(now::get)
            .confirmHeld(List.of(new HoldPayment(dealId, "a", "payment")))
            .get(0)
            .orElseThrow();
    assertThat(snapshot.before()).isEqualTo(PAID);
    assertThat(snapshot.row().paymentId()).isEqualTo("payment");
  }

  private Order order(String id) {
    return Order.of(id, dealId, "buyer-" + id, 1);
  }

  private Order hold(String id, long seconds) {
    return order(id).withPayWithin(Duration.ofSeconds(seconds));
  }
}
