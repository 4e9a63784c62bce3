package io.hotdeal.jmh.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hotdeal.Order;
import io.hotdeal.jmh.load.MemoryShop.Mistake;
import io.hotdeal.jmh.strategy.Strategies;
import io.hotdeal.jmh.strategy.Strategy;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A slice of a round")
final class StrategyCourseTest {

  private static final Duration LEAD_IN = Duration.ofMillis(20);
  private static final Duration TIME = Duration.ofMillis(150);

  /** So many orders that every mistake of a shop shows. */
  private static final long ENOUGH = 50;

  private static Slice run(Strategy shop, Shape shape) throws InterruptedException {
    return run(shop, shape, TIME);
  }

  private static Slice run(Strategy shop, Shape shape, Duration time) throws InterruptedException {
    try (RunStores stores = new RunStores("h2", "embedded")) {
      StrategyCourse course =
          new StrategyCourse(
              name -> MemoryShop.factory(shop),
              stores,
              new Progress(new PrintStream(OutputStream.nullOutputStream())));
      return course.run(new Contestant("memory", shape), 1, LEAD_IN, time);
    }
  }

  /** A busy machine may leave its callers no time: then it runs for longer. */
  private static Slice runUntilEnoughCame(Supplier<Strategy> shop, Shape shape)
      throws InterruptedException {
    for (Duration time = TIME; ; time = time.multipliedBy(2)) {
      Slice slice = run(shop.get(), shape, time);
      if (slice.sold() + slice.soldOut() + slice.errors() >= ENOUGH) {
        return slice;
      }
    }
  }

  private static Shape shape(Drive drive) {
    Shape closed = Shape.closed(drive.isAsync() ? Drive.ASYNC : Drive.BLOCKING, 3).withDeals(2);
    return drive.isOpen() ? closed.withRate(2_000) : closed;
  }

  @Nested
  @DisplayName("counts exactly what was sold, however it is driven")
  final class Counts {

    @ParameterizedTest
    @EnumSource(Drive.class)
    void exactly(Drive drive) throws InterruptedException {
      Slice slice = runUntilEnoughCame(() -> new MemoryShop(Mistake.NONE), shape(drive));

      assertThat(slice.problems()).isEmpty();
      assertThat(slice.rows()).isEqualTo(slice.sold()).isPositive();
      assertThat(slice.counted()).isLessThanOrEqualTo(slice.sold());
      assertThat(slice.latencies().getTotalCount()).isLessThanOrEqualTo(slice.sold());
      assertThat(slice.contestant().shape().drive()).isEqualTo(drive);
    }

    @Test
    @DisplayName("and all that is due in an open loop, sold or dropped")
    void due() throws InterruptedException {
      Window window = Window.startingNow(Duration.ZERO, Duration.ofMillis(100));
      Schedule schedule = new Schedule(10_000, 5);
      Sale sale = new Sale(1, 1_000_000);
      SlowShop shop = new SlowShop();
      shop.open(sale.deals());
      List<Worker> callers =
          IntStream.range(0, 2)
              .<Worker>mapToObj(i -> new ScheduledCaller(shop, sale.newBuyer(), schedule))
              .toList();

      Sheet.Count count = Sheet.sum(Crowd.start(callers, window, 1).end(window), 1);

      assertThat(count.sold() + count.dropped()).isEqualTo(1_000);
      assertThat(count.dropped()).isPositive();
    }
  }

  @Nested
  @DisplayName("has no figure if the shop")
  final class IsVoid {

    @ParameterizedTest
    @EnumSource(value = Mistake.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void errs(Mistake mistake) throws InterruptedException {
      Shape shape = shape(Drive.BLOCKING);
      Shape scarce = mistake == Mistake.OVERSOLD ? shape.withStock(5) : shape;

      Slice slice = runUntilEnoughCame(() -> new MemoryShop(mistake), scarce);

      assertThat(slice.isVoid()).isTrue();
      assertThat(slice.problems().get(0))
          .contains(
              switch (mistake) {
                case LOST -> "acknowledged, but the stores hold";
                case OVERSOLD -> "sold, of 5";
                case FAILED -> "errors: java.lang.IllegalStateException: the tenth fails";
                default -> "refused of deals that do not sell out";
              });
    }
  }

  @Test
  @DisplayName("ends well where units are scarce, and exactly they are sold")
  void scarce() throws InterruptedException {
    Slice slice = run(new MemoryShop(Mistake.NONE), shape(Drive.BLOCKING).withStock(50));

    assertThat(slice.problems()).isEmpty();
    assertThat(slice.sold()).isEqualTo(slice.rows()).isLessThanOrEqualTo(100);
    assertThat(slice.soldOut() == 0 || slice.sold() == 100).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"BLOCKING", "ASYNC"})
  @DisplayName("counts refusals of what is sold out, and no store call")
  void soldOut(Drive drive) throws InterruptedException {
    Slice slice = run(new MemoryShop(Mistake.NONE), shape(drive).withStock(Shape.SOLD_OUT));

    assertThat(slice.problems()).isEmpty();
    assertThat(slice.sold()).isZero();
    assertThat(slice.rows()).isEqualTo(2);
    assertThat(slice.soldOut()).isPositive();
    assertThat(slice.counted()).isLessThanOrEqualTo(slice.soldOut());
    assertThat(slice.storeCalls()).isZero();
  }

  @Test
  @DisplayName("is late in an open loop from when an order was due, not from when it began")
  void lateFromWhenItWasDue() throws InterruptedException {
    Slice slice = run(new SlowShop(), Shape.closed(Drive.BLOCKING, 1).withRate(1_000));

    long served = TIME.toMillis() / SlowShop.MILLIS;
    assertThat(slice.counted()).isLessThanOrEqualTo(served + 1);
    assertThat(slice.latency(100)).isGreaterThan((double) TIME.toNanos());
  }

  @Test
  @DisplayName("takes no round-trip time where there is no network")
  void noNetwork() {
    try (RunStores stores = new RunStores("h2", "embedded")) {
      SliceStores far = stores.slice(shape(Drive.BLOCKING).withRoundTripMillis(0.5));

      assertThatIllegalArgumentException()
          .isThrownBy(far::unpooled)
          .withMessage(
              "a round-trip time of 0.5 ms cannot be added: the JDBC URL names no //host:port");
    }
  }

  @Test
  @DisplayName("is exact for every strategy of hotdeal's own, over real stores")
  void hotdeal() throws InterruptedException {
    try (RunStores stores = new RunStores("h2", "embedded")) {
      StrategyCourse course =
          new StrategyCourse(
              Strategies::named,
              stores,
              new Progress(new PrintStream(OutputStream.nullOutputStream())));
      for (String text :
          List.of(
              "hotdeal-log",
              "hotdeal-log/async",
              "hotdeal-log-1m/sold-out",
              "hotdeal-log-direct",
              "hotdeal-gated-jedis/async",
              "hotdeal-gated-lettuce/stock=20",
              "hotdeal-claims-jedis/async",
              "hotdeal-claims-lettuce")) {
        Contestant contestant = Contestants.parse(text, Shape.closed(Drive.BLOCKING, 8));

        Slice slice = course.run(contestant, 1, Duration.ZERO, TIME);

        assertThat(slice.problems()).as(text).isEmpty();
        assertThat(slice.rows()).as(text).isPositive();
        assertThat(slice.storeCalls() > 0 && contestant.shape().isSoldOut()).as(text).isFalse();
      }
    }
  }

  /** Takes its time, never less. */
  private static final class SlowShop extends MemoryShop {

    static final long MILLIS = 5;

    SlowShop() {
      super(Mistake.NONE);
    }

    @Override
    public Answer sell(Order order) {
      try {
        Schedule.waitUntil(System.nanoTime() + MILLIS * 1_000_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return super.sell(order);
    }
  }
}
