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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
    outbox.register(List.of("shop"), dealId);
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
      "registers a consumer before the oldest event that is kept, also while the last is removed")
  void registeredWhileTheLastIsRemoved() {
    openWithThreeSold();
    outbox.register(List.of("first"), dealId);
    outbox.next(reader("first"), dealId, 9);
    Meanwhile second = new Meanwhile(2, () -> outbox.register(List.of("second"), dealId));
    assertThat(second.log().outbox().acknowledge(reader("first"), dealId, 3, true)).isTrue();
    second.await();
    assertNoEventsFor("second");
    log.close(dealId);
    assertThat(log.purge(dealId)).isZero();
  }

  @Test
  @DisplayName("removes the last events, also if two consumers take them at the same time")
  void twoAtTheSameTime() {
    openWithThreeSold();
    outbox.register(List.of("one", "other"), dealId);
    outbox.next(reader("one"), dealId, 9);
    outbox.next(reader("other"), dealId, 9);
    Meanwhile other = new Meanwhile(1, () -> assertThat(acknowledge(outbox, "other", 3)).isTrue());
    assertThat(acknowledge(other.log().outbox(), "one", 3)).isTrue();
    other.await();
    outbox.register(List.of("late"), dealId);
    assertNoEventsFor("late");
  }

  @Test
  @DisplayName("registers a consumer for the events to come, also while the deal is purged")
  void registeredWhilePurged() {
    openWithThreeSold();
    log.close(dealId);
    Meanwhile late = new Meanwhile(1, () -> outbox.register(List.of("late"), dealId));
    assertThat(late.log().purge(dealId)).isZero();
    late.await();
    assertNoEventsFor("late");
    assertThat(log.purge(dealId)).isZero();
  }

  @Test
  @DisplayName("removes at most 2,048 events in a transaction, whoever kept them, and at a purge")
  void bounded() {
    int events = 2 * 2_048 + 10;
    log.open(Deal.of(dealId, 3L * events).withEvents());
    outbox.register(List.of("shop", "gone"), dealId);
    sell(0, events);
    outbox.next(reader("shop"), dealId, 1);
    assertThat(acknowledge(outbox, "shop", events)).isTrue();
    List<Long> kept = new ArrayList<>();
    OrderLog counting = logThatCounts(kept);
    counting.outbox().unregister("gone", dealId);
    assertThat(kept).containsExactly(4_106L, 2_058L, 10L, 0L);
    outbox.unregister("shop", dealId);
    sell(events, events);
    log.close(dealId);
    kept.clear();
    assertThat(counting.purge(dealId)).isZero();
    assertThat(kept).containsExactly(2_058L, 10L, 0L);
  }

  /** A log that adds the number of events that are kept to a list with each commit. */
  private OrderLog logThatCounts(List<Long> kept) {
    Watched watched =
        new Watched(
            database.pool(),
            real -> {
              kept.add(events(real));
              real.commit();
            });
    return OracleOrderLog.conditionalUpdate(watched.dataSource());
  }

  private long events(Connection connection) throws SQLException {
    try (PreparedStatement count =
        connection.prepareStatement("SELECT COUNT(*) FROM HOTDEAL_EVENT WHERE PROD_ID = ?")) {
      count.setString(1, dealId);
      try (ResultSet rows = count.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private void sell(int from, int count) {
    for (int i = 0; i < count; i += 512) {
      log.reserve(
          IntStream.range(from + i, from + Math.min(i + 512, count))
              .mapToObj(order -> order("o-" + order))
              .toList(),
          PAID);
    }
  }

  private boolean acknowledge(Outbox by, String consumer, long sequence) {
    return by.acknowledge(reader(consumer), dealId, sequence, true);
  }

  private void openWithThreeSold() {
    log.open(Deal.of(dealId, 9).withEvents());
    log.reserve(Crowd.orders(dealId, 3), PAID);
  }

  private void assertNoEventsFor(String consumer) {
    assertThat(outbox.lag(consumer, dealId)).contains(new Lag(0, Optional.empty()));
    assertThat(outbox.pending(consumer, List.of(dealId))).isEmpty();
  }

  /**
   * An action of another thread just before a transaction commits, which it may have to wait for.
   */
  private final class Meanwhile {

    private static final long PATIENCE_MILLIS = 300;

    private final int commit;
    private final Runnable action;
    private final AtomicInteger commits = new AtomicInteger();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** The action comes before this commit, counted from 1, of {@link #log}. */
    Meanwhile(int commit, Runnable action) {
      this.commit = commit;
      this.action = action;
    }

    OrderLog log() {
      Watched watched =
          new Watched(
              database.pool(),
              real -> {
                if (commits.incrementAndGet() == commit) {
                  start();
                }
                real.commit();
              });
      return OracleOrderLog.conditionalUpdate(watched.dataSource());
    }

    private void start() {
      CompletableFuture<Void> unused =
          CompletableFuture.runAsync(action)
              .whenComplete(
                  (nothing, failure) -> {
                    if (failure == null) {
                      done.complete(null);
                    } else {
                      done.completeExceptionally(failure);
                    }
                  });
      try {
        done.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // it waits for the transaction that is about to commit
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    void await() {
      done.join();
    }
  }

  private static Reader reader(String consumer) {
    return new Reader(consumer, "process", Duration.ofMinutes(5));
  }

  private Order order(String id) {
    return Order.of(id, dealId, "buyer-" + id, 1);
  }
}
