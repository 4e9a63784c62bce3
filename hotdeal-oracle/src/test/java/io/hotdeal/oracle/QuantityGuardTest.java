package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.contract.Crowd;
import io.hotdeal.contract.Race;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Without the table's CHECK constraint on the quantity,")
@ParameterizedClass
@EnumSource(Database.class)
class QuantityGuardTest {

  private static final int STOCK = 200;

  private final HikariDataSource pool;
  private final String dealId = Crowd.freshDealId();

  QuantityGuardTest(Database database) throws SQLException {
    this.pool = database.tablesOfItsOwn();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE HOTDEAL_LIST DROP CONSTRAINT HOTDEAL_LIST_LEFT");
    }
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  @DisplayName("the conditional update alone sells exactly the stock, in single orders and batches")
  void conditionalUpdate() {
    OrderLog log = OracleOrderLog.conditionalUpdate(pool);
    log.open(Deal.of(dealId, STOCK));
    List<List<Order>> calls =
        Crowd.callsWithDuplicates(Crowd.orders(dealId, 4 * STOCK), 5 * STOCK, 20_261_126);
    List<List<ReserveResult>> answers =
        Race.run(Crowd.THREADS, calls, orders -> log.reserve(orders, OrderState.PAID));
    long reserved =
        answers.stream()
            .flatMap(List::stream)
            .filter(ReserveResult.Reserved.class::isInstance)
            .count();
    Tally tally = log.tally(dealId).orElseThrow();
    assertThat(reserved).isEqualTo(STOCK);
    assertThat(tally.paid().units()).isEqualTo(STOCK);
    assertThat(tally.left()).isZero();
    assertThat(log.reserve(List.of(Order.of("late", dealId, "x", 1)), OrderState.PAID))
        .containsExactly(new Refusal.SoldOut(0));
  }
}
