package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.EXPIRED;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.contract.Crowd;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("For random calls of one thread, with holds and a clock that advances,")
@ParameterizedClass
@EnumSource(Database.class)
@Timeout(120)
class OracleHoldModelTest {

  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
  private static final int RUNS = 12;
  private static final int CALLS = 60;

  private final Database database;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final String dealId = Crowd.freshDealId();

  OracleHoldModelTest(Database database) {
    this.database = database;
  }

  @Test
  @DisplayName("OracleOrderLog has the results of the reference implementation")
  void conditionalUpdate() {
    compare(OracleOrderLog.conditionalUpdate(database.pool()).withClock(now::get));
  }

  @Test
  @DisplayName("RowLockOrderLog has the results of the reference implementation")
  void selectForUpdate() {
    compare(RowLockOrderLog.selectForUpdate(database.pool(), order -> {}).withClock(now::get));
  }

  private void compare(OrderLog tested) {
    OrderLog model = new InMemoryOrderLog(now::get);
    Random random = new Random(20_261_126);
    for (int run = 0; run < RUNS; run++) {
      now.set(START);
      String deal = dealId + "-" + run;
      Deal terms =
          Deal.of(deal, 12)
              .withLimitPerBuyer(random.nextBoolean() ? 4 : 0)
              .withWindow(START.minusSeconds(1), START.plusSeconds(200))
              .withLongestHold(Duration.ofSeconds(90));
      model.open(terms);
      tested.open(terms);
      for (int call = 0; call < CALLS; call++) {
        now.set(now.get().plusSeconds(random.nextInt(12)));
        long seed = random.nextLong();
        assertThat(new RandomCall(tested, deal, seed).results())
            .as("run %d, call %d", run, call)
            .isEqualTo(new RandomCall(model, deal, seed).results());
        assertThat(tested.tally(deal)).isEqualTo(model.tally(deal));
      }
      List<String> ids = IntStream.range(0, 20).mapToObj(i -> "o" + i).toList();
      assertThat(tested.find(deal, ids)).isEqualTo(model.find(deal, ids));
    }
  }

  /** One call, the same for the same seed. Its results are without the units left of snapshots. */
  private static final class RandomCall {

    private final OrderLog log;
    private final String deal;
    private final Random random;

    RandomCall(OrderLog log, String deal, long seed) {
      this.log = log;
      this.deal = deal;
      this.random = new Random(seed);
    }

    List<?> results() {
      List<Order> orders = random.ints(1 + random.nextInt(6), 0, 20).mapToObj(this::order).toList();
      return switch (random.nextInt(9)) {
        case 0, 1, 2 -> log.reserve(orders, RESERVED);
        case 3 -> withoutUnits(log.confirmHeld(orders.stream().map(this::payment).toList()));
        case 4 -> withoutUnits(log.extend(orders.stream().map(this::extension).toList()));
        case 5 -> log.endHolds(orders, random.nextInt(8) == 0 ? CANCELLED : EXPIRED);
        case 6 -> log.confirm(eachOnce(orders));
        case 7 -> random.nextInt(8) == 0 ? log.cancel(eachOnce(orders)) : closeSometimes();
        default -> log.overdueHolds(deal, 50).stream().sorted(RandomCall::byId).toList();
      };
    }

    /** Seldom with another content than the id's usual one. */
    private Order order(int n) {
      long units = 1L + n % 3 + (random.nextInt(30) == 0 ? 1 : 0);
      Order order = Order.of("o" + n, deal, "b" + n % 5, units);
      return random.nextInt(3) == 0
          ? order
          : order.withPayWithin(Duration.ofSeconds(10 + random.nextInt(120)));
    }

    private HoldPayment payment(Order order) {
      return new HoldPayment(
          deal, order.id(), random.nextInt(3) == 0 ? null : "p" + random.nextInt(9));
    }

    private HoldExtension extension(Order order) {
      return new HoldExtension(deal, order.id(), START.plusSeconds(random.nextInt(400)));
    }

    private List<?> closeSometimes() {
      if (random.nextInt(8) == 0) {
        log.close(deal);
      }
      return List.of();
    }

    private static int byId(OrderRecord one, OrderRecord other) {
      return one.order().id().compareTo(other.order().id());
    }

    /** Confirm and cancel may return the final state for both occurrences of an id. */
    private static List<Order> eachOnce(List<Order> orders) {
      Set<String> seen = new TreeSet<>();
      return orders.stream().filter(order -> seen.add(order.id())).toList();
    }

    private static List<String> withoutUnits(List<Optional<OrderSnapshot>> snapshots) {
      return snapshots.stream()
          .map(it -> it.map(some -> some.before() + " " + some.row()).orElse("none"))
          .toList();
    }
  }

  @Test
  @DisplayName("OracleStockCounter has the results, and overdue claims, of the reference")
  void claims() {
    StockCounter counter =
        OracleStockCounter.conditionalUpdate(database.pool()).withClock(now::get);
    StockCounter model = new InMemoryStockCounter(now::get);
    Deal deal = Deal.of(dealId, 100).withHold(Duration.ofSeconds(60));
    counter.open(deal);
    model.open(deal);
    Random random = new Random(7);
    for (int call = 0; call < 200; call++) {
      now.set(now.get().plusSeconds(random.nextInt(5)));
      List<Order> orders = claimsOf(random);
      switch (random.nextInt(8)) {
        case 0 -> List.of(counter, model).forEach(it -> it.release(orders));
        case 1 -> List.of(counter, model).forEach(it -> it.settle(orders.subList(0, 1)));
        default -> assertThat(counter.claim(orders)).isEqualTo(model.claim(orders));
      }
      assertThat(Set.copyOf(counter.overdue(dealId, 99)))
          .as("call %d", call)
          .isEqualTo(Set.copyOf(model.overdue(dealId, 99)));
    }
  }

  private List<Order> claimsOf(Random random) {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      String id = "o" + random.nextInt(12);
      Order order = Order.of(id, dealId, "buyer-" + id, 1);
      orders.add(
          random.nextBoolean()
              ? order
              : order.withPayWithin(Duration.ofSeconds(1 + random.nextInt(150))));
    }
    return orders;
  }
}
