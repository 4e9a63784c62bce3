package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.Order;
import io.hotdeal.contract.Crowd;
import io.hotdeal.contract.Race;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderReturn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("OracleOrderLog, while the limit per buyer comes and goes,")
@ParameterizedClass
@EnumSource(Database.class)
@Timeout(120)
class OracleTermsTest {

  private static final int LIVES = 300;
  private static final int BUYERS = 7;
  private static final long HIGH_LIMIT = 100_000;

  /** An odd number, so that the deal has a limit in the end. */
  private static final int CHANGES = 31;

  private final Database database;
  private final OrderLog log;
  private final String dealId = Crowd.freshDealId();
  private final AtomicInteger changes = new AtomicInteger();

  OracleTermsTest(Database database) {
    this.database = database;
    this.log = OracleOrderLog.conditionalUpdate(database.pool());
  }

  @Test
  @DisplayName(
      "counts exactly what each buyer has, whatever two processes reserve, cancel and give back")
  void countsExactly() throws SQLException {
    for (boolean events : new boolean[] {false, true}) {
      String deal = dealId + "-" + events;
      changes.set(0);
      log.open(events ? Deal.of(deal, 100_000).withEvents() : Deal.of(deal, 100_000));
      try (HikariDataSource one = database.anotherPool(true);
          HikariDataSource other = database.anotherPool(false)) {
        List<OrderLog> logs =
            List.of(OracleOrderLog.conditionalUpdate(one), OracleOrderLog.conditionalUpdate(other));
        Race.run(
            8,
            IntStream.range(0, LIVES).boxed().toList(),
            i -> {
              if (i % (LIVES / CHANGES) == 0) {
                changeLimit(logs.get(i % 2), deal);
              }
              live(logs.get(i % 2), deal, i);
              return i;
            });
      }
      assertThat(log.tally(deal).orElseThrow().terms().version()).isEqualTo(1 + CHANGES);
      assertThat(log.tally(deal).orElseThrow().isBalanced()).isTrue();
      assertThat(units("HOTDEAL_BUYER", "SUM(UNITS)", "UNITS > 0", deal))
          .isEqualTo(
              units(
                  "ORDER_HISTORY",
                  "SUM(QUANTITY)",
                  "STATUS IN ('RESERVED', 'HELD', 'PAID')",
                  deal));
    }
  }

  /** One after the other, so that each is a change. */
  private synchronized void changeLimit(OrderLog by, String deal) {
    if (changes.get() < CHANGES) {
      boolean first = changes.getAndIncrement() % 2 == 0;
      by.change(deal, DealChange.nothing().limitPerBuyer(first ? HIGH_LIMIT : 0));
    }
  }

  /** The life of some orders of a buyer, of which one of each kind stays. */
  private static void live(OrderLog by, String deal, int i) {
    Order reserved = order(deal, "r" + i, i);
    Order cancelled = order(deal, "c" + i, i);
    Order held = order(deal, "h" + i, i).withPayWithin(Duration.ofMinutes(5));
    Order ended = order(deal, "e" + i, i + 1).withPayWithin(Duration.ofMinutes(5));
    by.reserve(List.of(reserved, cancelled, held, ended), RESERVED);
    by.cancel(List.of(cancelled));
    by.endHolds(List.of(ended), CANCELLED);
    switch (i % 3) {
      case 0 -> by.confirmHeld(List.of(new HoldPayment(deal, held.id(), "pay-" + i)));
      case 1 -> by.confirm(List.of(reserved));
      default -> {
        Order sold = order(deal, "s" + i, i);
        by.reserve(List.of(sold), PAID);
        by.giveBack(List.of(new OrderReturn(deal, sold.id(), i % 2 == 0, false)));
      }
    }
  }

  private static Order order(String deal, String id, int buyer) {
    return Order.of(id, deal, "buyer-" + buyer % BUYERS, 1 + buyer % 3);
  }

  private Map<String, Long> units(String table, String sum, String condition, String deal)
      throws SQLException {
    Map<String, Long> units = new TreeMap<>();
    try (Connection connection = database.pool().getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT USER_ID, %s FROM %s WHERE PROD_ID = ? AND %s GROUP BY USER_ID"
                    .formatted(sum, table, condition))) {
      query.setString(1, deal);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          units.put(row.getString(1), row.getLong(2));
        }
      }
    }
    return units;
  }
}
