package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.DealEvent;
import io.hotdeal.DealEvent.Kind;
import io.hotdeal.Order;
import io.hotdeal.Sale;
import io.hotdeal.contract.Crowd;
import io.hotdeal.contract.Race;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.Outbox;
import io.hotdeal.spi.Outbox.Lag;
import io.hotdeal.spi.Outbox.Reader;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The outbox of OracleOrderLog")
@ParameterizedClass
@EnumSource(Database.class)
@Timeout(120)
class OracleOutboxTest {

  private static final int ORDERS = 240;
  private static final int UNITS = 60;

  private final Database database;
  private final OrderLog log;
  private final Outbox outbox;
  private final String dealId = Crowd.freshDealId();

  OracleOutboxTest(Database database) {
    this.database = database;
    this.log = OracleOrderLog.conditionalUpdate(database.pool());
    this.outbox = log.outbox();
  }

  @Test
  @DisplayName(
      "has no gap and no event of a refused order, whichever of two pools and three kinds of log"
          + " sold it")
  void twoPools() {
    log.open(Deal.of(dealId, UNITS).withEvents());
    outbox.register("shop", dealId);
    try (HikariDataSource one = database.anotherPool(true);
        HikariDataSource other = database.anotherPool(false)) {
      List<OrderLog> logs =
          List.of(
              OracleOrderLog.conditionalUpdate(one),
              OracleOrderLog.conditionalUpdate(other).alongside(OracleOutboxTest::refuseBad),
              RowLockOrderLog.selectForUpdate(other, order -> {}));
      List<Integer> lives = IntStream.range(0, ORDERS / 4).boxed().toList();
      List<Integer> done = Race.run(8, lives, i -> fourOrders(logs.get(i % 3), i));
      assertThat(done).hasSize(ORDERS / 4);
    }
    assertOutboxMatchesTheLog(outbox.next(reader("shop"), dealId, 10_000));
  }

  /** The lives of four orders: the third of them is refused by the log with rows alongside. */
  private int fourOrders(OrderLog by, int i) {
    Order sold = order("sold-" + i);
    Order returned = order("returned-" + i);
    Order bad = order("bad-" + i);
    Order confirmed = order("confirmed-" + i);
    by.reserve(List.of(sold, returned, bad), PAID);
    by.reserve(List.of(confirmed), RESERVED);
    if (i % 2 == 0) {
      by.confirm(List.of(confirmed));
    } else {
      by.cancel(List.of(confirmed));
    }
    by.giveBack(List.of(new OrderReturn(dealId, returned.id(), i % 5 != 0, i % 4 == 0)));
    return i;
  }

  private static void refuseBad(Connection connection, List<Sale> sold) {
    if (sold.stream().anyMatch(it -> it.order().id().startsWith("bad"))) {
      throw new IllegalStateException("refused by the test");
    }
  }

  private void assertOutboxMatchesTheLog(List<DealEvent> events) {
    assertThat(events)
        .extracting(DealEvent::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(outbox.lag("shop", dealId).orElseThrow().events()).isEqualTo(events.size());
    assertThat(ids(events, Kind.SOLD))
        .as("SOLD, each once")
        .containsExactlyInAnyOrderElementsOf(
            rows()
                .filter(it -> it.state() == PAID || it.state().isReturn())
                .map(this::id)
                .toList());
    assertThat(ids(events, Kind.RETURNED))
        .as("RETURNED, each once")
        .containsExactlyInAnyOrderElementsOf(
            rows().filter(it -> it.state().isReturn()).map(this::id).toList());
    boolean soldOut = false;
    for (DealEvent event : events) {
      if (event.order() == null) {
        assertThat(event.kind()).isEqualTo(soldOut ? Kind.REOPENED : Kind.SOLD_OUT);
        soldOut = !soldOut;
      }
    }
    assertThat(soldOut).isEqualTo(log.tally(dealId).orElseThrow().left() == 0);
    assertThat(log.tally(dealId).orElseThrow().isBalanced()).isTrue();
  }

  private Stream<OrderRecord> rows() {
    List<String> ids =
        Stream.of("sold", "returned", "bad", "confirmed")
            .flatMap(kind -> IntStream.range(0, ORDERS / 4).mapToObj(i -> kind + "-" + i))
            .toList();
    return log.find(dealId, ids).stream().flatMap(Optional::stream);
  }

  private String id(OrderRecord row) {
    return row.order().id();
  }

  private static List<String> ids(List<DealEvent> events, Kind kind) {
    return events.stream()
        .filter(it -> it.kind() == kind)
        .map(DealEvent::order)
        .flatMap(Stream::ofNullable)
        .map(Order::id)
        .toList();
  }

  @Test
  @DisplayName(
      "registers a consumer before the oldest event that is kept, also while another takes the last")
  void registeredWhileTheLastIsTaken() {
    log.open(Deal.of(dealId, 9).withEvents());
    outbox.register("first", dealId);
    log.reserve(Crowd.orders(dealId, 3), PAID);
    outbox.next(reader("first"), dealId, 9);
    Registration second = new Registration("second");
    assertThat(second.during().acknowledge(reader("first"), dealId, 3, true)).isTrue();
    second.await();
    assertThat(outbox.lag("second", dealId)).contains(new Lag(0, Optional.empty()));
    assertThat(outbox.pending("second", List.of(dealId))).isEmpty();
    log.close(dealId);
    assertThat(log.purge(dealId)).isZero();
  }

  @Test
  @DisplayName("registers a consumer for the events to come, also while the deal is purged")
  void registeredWhilePurged() {
    log.open(Deal.of(dealId, 9).withEvents());
    log.reserve(Crowd.orders(dealId, 3), PAID);
    log.close(dealId);
    Registration late = new Registration("late");
    assertThat(late.log().purge(dealId)).isZero();
    late.await();
    assertThat(outbox.lag("late", dealId)).contains(new Lag(0, Optional.empty()));
    assertThat(log.purge(dealId)).isZero();
  }

  /** A consumer that is registered just before another transaction commits. */
  private final class Registration {

    private static final long PATIENCE_MILLIS = 300;

    private final String consumer;
    private final AtomicReference<@Nullable CompletableFuture<Void>> running =
        new AtomicReference<>();

    Registration(String consumer) {
      this.consumer = consumer;
    }

    /** A log whose first commit comes after the registration, unless that waits for it. */
    OrderLog log() {
      Watched watched =
          new Watched(
              database.pool(),
              real -> {
                register();
                real.commit();
              });
      return OracleOrderLog.conditionalUpdate(watched.dataSource());
    }

    Outbox during() {
      return log().outbox();
    }

    private void register() {
      CompletableFuture<Void> started =
          CompletableFuture.runAsync(() -> outbox.register(consumer, dealId));
      running.set(started);
      try {
        started.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // it waits for the transaction that is about to commit
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    void await() {
      CompletableFuture<Void> started = running.get();
      assertThat(started).isNotNull();
      started.join();
    }
  }

  private static Reader reader(String consumer) {
    return new Reader(consumer, "process", Duration.ofMinutes(5));
  }

  private Order order(String id) {
    return Order.of(id, dealId, "buyer-" + id, 1);
  }
}
