package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.spi.Stock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A deal that Redis lost")
class LostDealWarningTest extends CounterOnRedis {

  private final Deal deal = Deal.of(dealId, 10).withLimitPerBuyer(3);

  @ParameterizedTest
  @ValueSource(strings = {"quantity", "deal", "held", "buyers", "everything"})
  @DisplayName("causes one warning per loss while it is on sale, also if only a key is lost")
  void oncePerLoss(String lost) {
    String warnings =
        warningsOf(
            () -> {
              for (int loss = 0; loss < 2; loss++) {
                counter.restore(deal, 10, Stock.ABSENT);
                claim("a");
                if (lost.equals("everything")) {
                  redis.admin().flushAll();
                } else {
                  redis.admin().del("{" + dealId + "}-" + lost);
                }
                claim("b");
                claim("c");
                counter.stock(dealId);
              }
            });
    assertThat(warnings.lines().filter(line -> line.contains("WARN")))
        .hasSize(2)
        .allMatch(line -> line.contains("Redis lost deal " + dealId));
  }

  @Test
  @DisplayName("causes no warning if it was closed, or was never opened")
  void noLoss() {
    String warnings =
        warningsOf(
            () -> {
              claim("before");
              counter.open(deal);
              claim("a");
              counter.close(dealId);
              claim("a");
              redis.admin().flushAll();
              claim("b");
              counter.stock(dealId);
            });
    assertThat(warnings).doesNotContain("WARN");
  }

  private void claim(String id) {
    assertThat(counter.claim(List.of(Order.of(id, dealId, "x", 1)))).hasSize(1);
  }

  private static String warningsOf(Runnable action) {
    PrintStream err = System.err;
    ByteArrayOutputStream caught = new ByteArrayOutputStream();
    System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(err);
    }
    return caught.toString(StandardCharsets.UTF_8);
  }
}
