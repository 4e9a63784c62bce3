package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.HELD;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static io.hotdeal.spi.OrderState.RETURNED;
import static io.hotdeal.spi.OrderState.RETURNING;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.ReserveResult.Rejected;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.contract.Crowd;
import io.hotdeal.contract.MixedCalls;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A row of one deal, in a call of several, that the database rejects fails alone")
@ParameterizedClass
@EnumSource(Database.class)
@Timeout(60)
class RefusedRowsOfOneDealTest {

  /** The position of the order whose row is rejected: the second of the third deal. */
  private static final int BAD = 7;

  private static final int DEALS = 5;
  private static final long UNITS = 10;

  private final HikariDataSource pool;
  private final OrderLog log;
  private final String prefix = Crowd.freshDealId();

  /** Of one unit each; three of each deal, in turn. */
  private final List<Order> orders = new ArrayList<>();

  RefusedRowsOfOneDealTest(Database database) {
    this.pool = database.tablesOfItsOwn();
    this.log = OracleOrderLog.conditionalUpdate(pool);
    for (int i = 0; i < 3 * DEALS; i++) {
      orders.add(Order.of("order-" + i, dealOf(i), i == BAD ? "bad" : "buyer-" + i, 1));
    }
  }

  private String dealOf(int position) {
    return prefix + "-" + position % DEALS;
  }

  /** Without a limit, with one, and with events, which is what the rejected row's deal has. */
  private Deal deal(int i) {
    Deal deal = Deal.of(dealOf(i), UNITS);
    return switch (i) {
      case 1 -> deal.withLimitPerBuyer(2);
      case BAD % DEALS -> deal.withLimitPerBuyer(2).withEvents();
      default -> deal;
    };
  }

  @BeforeEach
  void open() {
    for (int i = 0; i < DEALS; i++) {
      log.open(deal(i));
    }
    log.outbox().register(List.of("shop"), dealOf(BAD));
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  @DisplayName("in reserve and in cancel, where it is a tombstone")
  void reserve() throws SQLException {
    rejectBad("ORDER_HISTORY", "STATUS IS NULL");
    List<ReserveResult> results = MixedCalls.call(orders, some -> log.reserve(some, PAID));
    for (int i = 0; i < orders.size(); i++) {
      if (i == BAD) {
        assertThat(results.get(i)).isInstanceOf(Rejected.class);
      } else {
        boolean isAfterBad = i > BAD && dealOf(i).equals(dealOf(BAD));
        assertThat(results.get(i))
            .isEqualTo(new Reserved(UNITS - 1 - i / DEALS + (isAfterBad ? 1 : 0)));
      }
    }
    assertCounts(PAID);
    assertThat(events()).isEqualTo(2);
    assertStates(MixedCalls.call(orders, log::cancel), OrderState.ABSENT, PAID);
    assertThat(log.find(dealOf(BAD), orders.get(BAD).id())).isEmpty();
  }

  @Test
  @DisplayName("in confirm and in confirmHeld, where it stays RESERVED or HELD")
  void confirm() throws SQLException {
    rejectBad("ORDER_HISTORY", "STATUS <> 'PAID'");
    MixedCalls.call(orders, some -> log.reserve(some, RESERVED));
    assertStates(MixedCalls.call(orders, log::confirm), RESERVED, PAID);
    assertCounts(PAID);
    assertThat(events()).isEqualTo(2);
    log.cancel(List.of(orders.get(BAD)));
    List<Order> held = held("held");
    MixedCalls.call(held, some -> log.reserve(some, RESERVED));
    List<HoldPayment> payments =
        held.stream().map(it -> new HoldPayment(it.dealId(), it.id(), "pay")).toList();
    assertStates(states(MixedCalls.call(payments, log::confirmHeld)), HELD, PAID);
    assertThat(events()).as("and a cancel, and two more").isEqualTo(2 + 1 + 2);
  }

  @Test
  @DisplayName("in cancel and in endHolds, where it stays RESERVED or HELD")
  void cancel() throws SQLException {
    rejectBad("ORDER_HISTORY", "STATUS <> 'CANCELLED'");
    MixedCalls.call(orders, some -> log.reserve(some, RESERVED));
    assertStates(MixedCalls.call(orders, log::cancel), RESERVED, CANCELLED);
    assertCounts(CANCELLED);
    assertThat(events()).isEqualTo(2);
    log.confirm(List.of(orders.get(BAD)));
    log.giveBack(List.of(returned(orders.get(BAD))));
    List<Order> held = held("held");
    MixedCalls.call(held, some -> log.reserve(some, RESERVED));
    assertStates(MixedCalls.call(held, some -> log.endHolds(some, CANCELLED)), HELD, CANCELLED);
    assertThat(events()).as("and a sale, a return, and two more").isEqualTo(2 + 2 + 2);
  }

  @Test
  @DisplayName("in giveBack, where it stays PAID")
  void giveBack() throws SQLException {
    rejectBad("ORDER_HISTORY", "STATUS <> 'RETURNING'");
    MixedCalls.call(orders, some -> log.reserve(some, PAID));
    List<OrderReturn> returns = orders.stream().map(RefusedRowsOfOneDealTest::returned).toList();
    assertStates(states(MixedCalls.call(returns, log::giveBack)), PAID, RETURNING);
    assertCounts(RETURNING);
    assertThat(events()).isEqualTo(3 + 2);
  }

  @Test
  @DisplayName("in finishReturns, where it stays RETURNING")
  void finishReturns() throws SQLException {
    rejectBad("ORDER_HISTORY", "STATUS <> 'RETURNED'");
    MixedCalls.call(orders, some -> log.reserve(some, PAID));
    MixedCalls.call(
        orders.stream().map(RefusedRowsOfOneDealTest::returned).toList(), log::giveBack);
    assertStates(MixedCalls.call(orders, log::finishReturns), RETURNING, RETURNED);
    assertCounts(RETURNED);
  }

  @Test
  @DisplayName("in claim, settle, release and giveBack of OracleStockCounter")
  void counter() throws SQLException {
    StockCounter counter = OracleStockCounter.conditionalUpdate(pool);
    for (int i = 0; i < DEALS; i++) {
      counter.open(deal(i));
    }
    rejectBad("HOTDEAL_CLAIM", "STATUS IS NULL");
    List<ClaimResult> results = MixedCalls.call(orders, counter::claim);
    for (int i = 0; i < orders.size(); i++) {
      assertThat(results.get(i))
          .isInstanceOf(i == BAD ? Refusal.Conflict.class : ClaimResult.Claimed.class);
    }
    MixedCalls.run(orders.subList(0, 2 * DEALS), counter::settle);
    MixedCalls.run(orders, counter::release);
    MixedCalls.run(orders.subList(DEALS, 2 * DEALS), counter::giveBack);
    for (int i = 0; i < DEALS; i++) {
      Stock stock = counter.stock(dealOf(i)).orElseThrow();
      int settled = dealOf(i).equals(dealOf(BAD)) ? 1 : 2;
      assertThat(stock.remaining()).as(dealOf(i)).isEqualTo(UNITS - settled);
      assertThat(stock.claimed()).as(dealOf(i)).isZero();
      assertThat(stock.settled()).as(dealOf(i)).isEqualTo(1);
    }
  }

  /** All rows of the buyer "bad" but those of this condition. */
  private void rejectBad(String table, String unless) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "ALTER TABLE %s ADD CONSTRAINT NO_BAD CHECK (USER_ID <> 'bad' OR %s)"
              .formatted(table, unless));
    }
  }

  /** As many orders of the same buyers, of other ids, that are held. */
  private List<Order> held(String prefix) {
    return orders.stream()
        .map(it -> Order.of(prefix + it.id(), it.dealId(), it.buyerId(), 1))
        .map(it -> it.withPayWithin(Duration.ofMinutes(5)))
        .toList();
  }

  private static OrderReturn returned(Order order) {
    return new OrderReturn(order.dealId(), order.id(), true, true);
  }

  private static List<OrderState> states(List<Optional<OrderSnapshot>> snapshots) {
    return snapshots.stream().map(it -> it.orElseThrow().row().state()).toList();
  }

  private void assertStates(List<OrderState> states, OrderState bad, OrderState others) {
    assertThat(states).hasSameSizeAs(orders);
    for (int i = 0; i < orders.size(); i++) {
      assertThat(states.get(i)).as("%s", orders.get(i)).isEqualTo(i == BAD ? bad : others);
    }
  }

  /** Three orders of each deal are in this state, but for the rejected one. */
  private void assertCounts(OrderState state) {
    for (int i = 0; i < DEALS; i++) {
      Tally tally = log.tally(dealOf(i)).orElseThrow();
      assertThat(tally.isBalanced()).as("%s", tally).isTrue();
      long expected = dealOf(i).equals(dealOf(BAD)) ? 2 : 3;
      assertThat(tally.count(state)).isEqualTo(new Tally.Count(expected, expected));
    }
  }

  private long events() {
    return log.outbox().lag("shop", dealOf(BAD)).orElseThrow().events();
  }
}
