package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Order;
import io.hotdeal.OrderResult.Placed;
import io.hotdeal.demo.StoresForExamples;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.oracle.OraclePools;
import io.hotdeal.oracle.OracleSchema;
import io.hotdeal.spi.OrderState;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The README's example")
class ReadmeExampleTest {

  /** A provider that charges every order. */
  private static final class AlwaysPaid implements Shop.Provider {
    final List<String> charged = new ArrayList<>();

    @Override
    public boolean charge(String key, String buyer, long units) {
      return charged.add(key + " " + buyer + " " + units);
    }

    @Override
    public boolean voidUnlessCharged(String key) {
      return false;
    }

    @Override
    public void refund(String key) {
      throw new IllegalStateException("nothing was to be refunded");
    }
  }

  @Test
  @DisplayName("sells one item on real stores, and charges for it once")
  void sells() throws SQLException {
    AlwaysPaid provider = new AlwaysPaid();
    try (StoresForExamples stores = StoresForExamples.start();
        HikariDataSource pool = OraclePools.open(stores.jdbcUrl(), stores.user(), "")) {
      OracleSchema.H2.applyTo(pool);
      assertThat(Shop.sellOne(stores.jdbcUrl(), stores.user(), "", stores.redisUri(), provider))
          .isEqualTo(new Placed(Order.of("order-4711", "prod-001", "buyer-42", 1), 999, false));
      OracleOrderLog log = OracleOrderLog.conditionalUpdate(pool);
      assertThat(log.find("prod-001", "order-4711").orElseThrow().state())
          .isEqualTo(OrderState.PAID);
      assertThat(provider.charged).containsExactly("prod-001/order-4711 buyer-42 1");
    }
  }

  @ParameterizedTest(name = "in {0}")
  @DisplayName("equals the class Shop, which this module compiles")
  @ValueSource(strings = {"README.md", "README.ko.md"})
  void isThisCode(String readme) throws IOException {
    assertThat(DocumentedCode.shownIn(readme)).isEqualTo(DocumentedCode.compiled("Shop.java"));
  }
}
