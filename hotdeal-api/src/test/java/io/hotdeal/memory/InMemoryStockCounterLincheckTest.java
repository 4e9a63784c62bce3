package io.hotdeal.memory;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.spi.Stock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("The in-memory counter is linearizable,")
class InMemoryStockCounterLincheckTest {

  private static final int MODEL_CHECKED = 8;
  private static final int MODEL_CHECKED_AT_LENGTH = 12;
  private static final int STRESSED = 15;
  private static final int STRESSED_AT_LENGTH = 100;

  @Test
  @DisplayName("as checked by Lincheck's model checker")
  void modelChecked() {
    modelCheck(MODEL_CHECKED);
  }

  @Test
  @Tag("proof")
  @DisplayName("as checked by Lincheck's model checker in more scenarios")
  void modelCheckedAtLength() {
    modelCheck(MODEL_CHECKED_AT_LENGTH);
  }

  @Test
  @DisplayName("as checked by Lincheck's stress test")
  void stressed() {
    stress(STRESSED);
  }

  @Test
  @Tag("proof")
  @DisplayName("as checked by Lincheck's stress test in more scenarios")
  void stressedAtLength() {
    stress(STRESSED_AT_LENGTH);
  }

  private static void modelCheck(int scenarios) {
    new ModelCheckingOptions()
        .iterations(scenarios)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(0)
        .actorsAfter(2)
        .check(Calls.class);
  }

  private static void stress(int scenarios) {
    new StressOptions()
        .iterations(scenarios)
        .invocationsPerIteration(3_000)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(2)
        .check(Calls.class);
  }

  /** One deal of three units, few ids and one buyer, so that most calls collide. */
  @Param(name = "order", gen = IntGen.class, conf = "0:2")
  @Param(name = "units", gen = IntGen.class, conf = "1:2")
  public static class Calls {

    private static final Deal DEAL = Deal.of("deal", 3);

    /** Created in advance, because the checker would look for races in their construction. */
    private static final List<List<Order>> ORDERS =
        IntStream.range(0, 6)
            .mapToObj(i -> Order.of("order-" + i / 2, DEAL.id(), "buyer", 1 + i % 2))
            .map(List::of)
            .toList();

    private final InMemoryStockCounter counter =
        new InMemoryStockCounter(Clock.fixed(Instant.EPOCH.plusSeconds(1), ZoneOffset.UTC));

    private final long firstVersion;

    public Calls() {
      counter.open(DEAL);
      firstVersion = stock().version();
    }

    @Operation
    public ClaimResult claim(@Param(name = "order") int order, @Param(name = "units") int units) {
      return counter.claim(orders(order, units)).get(0);
    }

    @Operation
    public void settle(@Param(name = "order") int order, @Param(name = "units") int units) {
      counter.settle(orders(order, units));
    }

    @Operation
    public void release(@Param(name = "order") int order, @Param(name = "units") int units) {
      counter.release(orders(order, units));
    }

    @Operation
    public Stock stock() {
      return counter.stock(DEAL.id()).orElseThrow();
    }

    /** Restores with the version that the counter had at first. */
    @Operation
    public boolean restore(@Param(name = "units") int remaining) {
      return counter.restore(DEAL, remaining, firstVersion);
    }

    private static List<Order> orders(int order, int units) {
      return ORDERS.get(2 * order + units - 1);
    }
  }
}
