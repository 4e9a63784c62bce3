package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotdeal.DealEvent.Kind;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Outbox;
import io.hotdeal.spi.Outbox.Reader;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.Overriding;
import io.hotdeal.testkit.ScriptedGateway;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The delivery of events")
class EventDeliveryTest {

  private static final String DEAL = "prod-001";
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final InMemoryOrderLog memory = new InMemoryOrderLog(now::get);
  private final FaultyStores faults = new FaultyStores();
  private final OrderLog log =
      Overriding.of(
          OrderLog.class, memory, "outbox", args -> faults.wrap(Outbox.class, memory.outbox()));
  private final List<DealEvent> heard = Collections.synchronizedList(new ArrayList<>());
  private final List<HotDeal> processes = new ArrayList<>();

  @AfterEach
  void close() {
    faults.heal();
    processes.forEach(HotDeal::close);
  }

  @Test
  @DisplayName("tells each consumer all that happened, in order, and keeps nothing of it")
  void inOrder() {
    List<DealEvent> second = new ArrayList<>();
    HotDeal hotDeal =
        process(settings().consumer("first", heard::addAll).consumer("second", second::addAll));
    hotDeal.open(Deal.of(DEAL, 2).withEvents());
    hotDeal.order(order("a"));
    hotDeal.hold(order("b"), Duration.ofMinutes(1));
    assertThat(hotDeal.events().lag(DEAL)).extracting(EventLag::events).containsExactly(2L, 2L);
    hotDeal.cancel(DEAL, "b", "");
    hotDeal.giveBack(DEAL, "a", true);
    assertThat(hotDeal.events().deliver(DEAL))
        .containsExactly(
            new DeliveryReport("first", DEAL, 5, null),
            new DeliveryReport("second", DEAL, 5, null));
    assertThat(heard).isEqualTo(second);
    assertThat(heard)
        .extracting(DealEvent::kind)
        .containsExactly(Kind.SOLD, Kind.SOLD_OUT, Kind.CANCELLED, Kind.REOPENED, Kind.RETURNED);
    assertThat(heard).extracting(DealEvent::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(hotDeal.events().deliver(DEAL))
        .extracting(DeliveryReport::delivered)
        .containsOnly(0L);
    assertThat(hotDeal.events().lag(DEAL))
        .contains(new EventLag("first", DEAL, 0, null), new EventLag("second", DEAL, 0, null));
  }

  @Test
  @DisplayName("repeats what a consumer did not take, and tells why")
  void failingConsumer() {
    HotDeal hotDeal =
        process(
            settings()
                .consumer(
                    "mail",
                    events -> {
                      heard.addAll(events);
                      if (heard.size() == 1) {
                        throw new IOException("the mail server is down");
                      }
                    }));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.order(order("a"));
    DeliveryReport failed = hotDeal.events().deliver(DEAL).get(0);
    assertThat(failed.failure()).hasMessage("the mail server is down");
    assertThat(failed.delivered()).isZero();
    HotDeal other = process(settings().consumer("mail", heard::addAll));
    assertThat(other.events().deliver(DEAL).get(0).delivered()).as("the lease is free").isOne();
    assertThat(heard).extracting(DealEvent::sequence).containsExactly(1L, 1L);
  }

  @Test
  @DisplayName("reads page after page until there is no more, and tells the listener how many")
  void pages() {
    Reports reports = new Reports();
    HotDeal hotDeal = process(settings().consumer("mail", heard::addAll).listener(reports));
    hotDeal.open(Deal.of(DEAL, 2_000).withEvents());
    sell(DEAL, 1_100);
    List<DeliveryReport> delivered = hotDeal.events().deliver(DEAL);
    assertThat(delivered).containsExactly(new DeliveryReport("mail", DEAL, 1_100, null));
    assertThat(reports.heard).isEqualTo(delivered);
    assertThat(faults.calls("next")).isEqualTo(3);
  }

  @Test
  @DisplayName("tells why the lease could not be given up either, after a consumer failed")
  void leaseNotGivenUp() {
    HotDeal hotDeal =
        process(
            settings()
                .consumer(
                    "mail",
                    events -> {
                      throw new IOException("the mail server is down");
                    }));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.order(order("a"));
    faults.refuse("acknowledge");
    Throwable failure = hotDeal.events().deliver(DEAL).get(0).failure();
    assertThat(failure).hasMessage("the mail server is down");
    assertThat(failure.getSuppressed())
        .singleElement()
        .isInstanceOf(NothingHappenedException.class);
  }

  @Test
  @DisplayName("leaves its caller interrupted if a consumer was interrupted")
  void interruptedConsumer() {
    HotDeal hotDeal =
        process(
            settings()
                .consumer(
                    "mail",
                    events -> {
                      throw new InterruptedException("by the test");
                    }));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.order(order("a"));
    List<DeliveryReport> reports = hotDeal.events().deliver(DEAL);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(reports.get(0).failure()).hasMessage("by the test");
  }

  @Test
  @DisplayName("goes on after an Error of a consumer")
  void error() {
    HotDeal hotDeal =
        process(
            settings()
                .consumer(
                    "mail",
                    events -> {
                      heard.addAll(events);
                      if (heard.size() == 1) {
                        throw new NoClassDefFoundError("by the test");
                      }
                    }));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.order(order("a"));
    hotDeal.events().start(Duration.ofMillis(1));
    await().until(() -> heard.size() == 2);
  }

  @Test
  @DisplayName("goes to one process at a time, and to another after the lease of one that hangs")
  void lease() {
    HotDeal other = process(settings().consumer("mail", heard::addAll));
    List<Long> meanwhile = new ArrayList<>();
    HotDeal hotDeal =
        process(
            settings()
                .consumer(
                    "mail",
                    events -> {
                      meanwhile.add(other.events().deliver(DEAL).get(0).delivered());
                      now.updateAndGet(it -> it.plus(LEASE));
                      meanwhile.add(other.events().deliver(DEAL).get(0).delivered());
                    }));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.order(order("a"));
    DeliveryReport lost = hotDeal.events().deliver(DEAL).get(0);
    assertThat(lost.delivered()).isZero();
    assertThat(lost.failure())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("mail", LEASE.toString(), DEAL);
    assertThat(meanwhile).containsExactly(0L, 1L);
    assertThat(heard).hasSize(1);
  }

  @Test
  @DisplayName("moves on where a consumer takes longer than the lease, and nobody else delivers")
  void slowConsumer() {
    HotDeal hotDeal =
        process(
            settings()
                .consumer(
                    "mail",
                    events -> {
                      now.updateAndGet(it -> it.plus(LEASE).plusMillis(1));
                      heard.addAll(events);
                    }));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.order(order("a"));
    assertThat(hotDeal.events().deliver(DEAL))
        .containsExactly(new DeliveryReport("mail", DEAL, 1, null));
    assertThat(hotDeal.events().deliver(DEAL).get(0).delivered()).isZero();
    assertThat(heard).hasSize(1);
  }

  @Test
  @DisplayName("goes on after a purge: a return is heard of, and its deal swept")
  void returnedAfterThePurge() {
    HotDeal hotDeal = process(settings().consumer("mail", heard::addAll));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.order(order("a"));
    hotDeal.change(DEAL, DealChange.to(DealState.CLOSED));
    hotDeal.events().deliver(DEAL);
    hotDeal.purge(DEAL);
    ScriptedGateway gateway = new ScriptedGateway();
    gateway.refundsFail = true;
    HotDeal other =
        process(
            settings()
                .payments(gateway)
                .chargeAttempts(1, Duration.ofMillis(1))
                .consumer("mail", heard::addAll));
    other.events().start(Duration.ofMillis(1));
    other.resolver().start(Duration.ofMillis(1));
    assertThatThrownBy(() -> other.giveBack(DEAL, "a", false))
        .isInstanceOf(OutcomeUnknownException.class);
    gateway.refundsFail = false;
    await().until(() -> heard.size() == 2 && state("a") == OrderState.RETURNED);
    assertThat(heard).extracting(DealEvent::kind).containsExactly(Kind.SOLD, Kind.RETURNED);
  }

  private OrderState state(String orderId) {
    return memory.find(DEAL, orderId).orElseThrow().state();
  }

  @Test
  @DisplayName("misses nothing where the log fails before or after it moved the cursor")
  void failingLog() {
    HotDeal hotDeal = process(settings().consumer("mail", heard::addAll));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.order(order("a"));
    faults.loseAnswers("acknowledge");
    assertThat(hotDeal.events().deliver(DEAL).get(0).failure())
        .isInstanceOf(OutcomeUnknownException.class);
    faults.heal();
    hotDeal.order(order("b"));
    faults.refuse("next");
    assertThat(hotDeal.events().deliver(DEAL).get(0).failure())
        .isInstanceOf(NothingHappenedException.class);
    faults.heal();
    assertThat(hotDeal.events().deliver(DEAL).get(0).failure()).isNull();
    assertThat(heard).extracting(DealEvent::sequence).containsExactly(1L, 2L);
  }

  @Test
  @DisplayName("runs on a schedule, page after page, until it is stopped")
  void schedule() {
    HotDeal hotDeal = process(settings().consumer("mail", heard::addAll));
    hotDeal.open(Deal.of(DEAL, 2_000).withEvents());
    for (int i = 0; i < 1_100; i++) {
      hotDeal.order(order("a-" + i));
    }
    hotDeal.events().start(Duration.ofMillis(1));
    assertThatThrownBy(() -> hotDeal.events().start(Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class);
    await().until(() -> heard.size() == 1_100);
    hotDeal.order(order("b"));
    await().until(() -> heard.size() == 1_101);
    hotDeal.events().stop();
    hotDeal.events().start(Duration.ofDays(1), () -> List.of("unknown", DEAL));
    hotDeal.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("hotdeal-events-mail") && thread.isAlive());
  }

  @Test
  @DisplayName("goes on at once while there is more, and a busy deal does not delay others")
  void busyDeal() {
    int atATime = 16 * 512;
    HotDeal hotDeal = process(settings().consumer("mail", heard::addAll));
    hotDeal.open(Deal.of("busy", 10_000).withEvents());
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    sell("busy", atATime + 1);
    sell(DEAL, 1);
    hotDeal.events().start(Duration.ofDays(1), () -> List.of("busy", DEAL));
    await().until(() -> heard.size() == atATime + 2);
    assertThat(heard.subList(0, atATime)).extracting(DealEvent::dealId).containsOnly("busy");
    assertThat(heard.subList(atATime, atATime + 2))
        .extracting(DealEvent::dealId)
        .containsExactly(DEAL, "busy");
  }

  @Test
  @DisplayName("waits for the next round while another process delivers the deal's events")
  void leasedElsewhere() {
    Reports reports = new Reports();
    HotDeal hotDeal = process(settings().consumer("mail", heard::addAll).listener(reports));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    sell(DEAL, 1);
    memory.outbox().next(new Reader("mail", "another process", LEASE), DEAL, 1);
    hotDeal.events().start(Duration.ofDays(1));
    reports.awaitEndOfRound();
    assertThat(reports.heard).containsExactly(new DeliveryReport("mail", DEAL, 0, null));
  }

  @Test
  @DisplayName("waits for the next round after a failure, even if some events were taken before")
  void failingLater() {
    Reports reports = new Reports();
    HotDeal hotDeal =
        process(
            settings()
                .listener(reports)
                .consumer(
                    "mail",
                    events -> {
                      if (events.get(0).sequence() > 1) {
                        throw new IOException("the mail server is down");
                      }
                    }));
    hotDeal.open(Deal.of(DEAL, 1_000).withEvents());
    sell(DEAL, 600);
    hotDeal.events().start(Duration.ofDays(1));
    reports.awaitEndOfRound();
    assertThat(reports.heard)
        .singleElement()
        .satisfies(it -> assertThat(it.delivered()).isEqualTo(512))
        .satisfies(it -> assertThat(it.failure()).isInstanceOf(IOException.class));
  }

  @Test
  @DisplayName("runs on a daemon thread, which ends after the deal at which it is stopped")
  void stoppedMeanwhile() throws InterruptedException {
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    AtomicReference<Runnable> stop = new AtomicReference<>();
    HotDeal hotDeal =
        process(
            settings()
                .consumer(
                    "mail",
                    events -> {
                      heard.addAll(events);
                      stop.get().run();
                      threads.add(Thread.currentThread());
                    }));
    stop.set(() -> hotDeal.events().stop());
    for (String deal : List.of(DEAL, "next")) {
      hotDeal.open(Deal.of(deal, 5).withEvents());
      sell(deal, 1);
    }
    hotDeal.events().start(Duration.ofMillis(1), () -> List.of(DEAL, "next"));
    Thread thread = threads.take();
    assertThat(thread.isDaemon()).isTrue();
    thread.join();
    assertThat(heard).extracting(DealEvent::dealId).containsExactly(DEAL);
  }

  @Test
  @DisplayName(
      "goes on after a round in which the deals could not be listed, and tells the listener")
  void failingRound() {
    Reports reports = new Reports();
    HotDeal hotDeal = process(settings().consumer("mail", heard::addAll).listener(reports));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.order(order("a"));
    faults.refuse("pending");
    hotDeal.events().start(Duration.ofMillis(1));
    await().until(() -> reports.heard.size() > 1);
    assertThat(reports.heard.get(0).failure()).isInstanceOf(NothingHappenedException.class);
    faults.heal();
    await().until(() -> heard.size() == 1);
    await().until(() -> reports.heard.contains(new DeliveryReport("mail", DEAL, 1, null)));
  }

  /** Records the reports of deliveries, and the thread of the last one. */
  private static final class Reports implements HotDealListener {

    final List<DeliveryReport> heard = new CopyOnWriteArrayList<>();
    private volatile @Nullable Thread thread;

    @Override
    public void eventsDelivered(DeliveryReport report) {
      heard.add(report);
      thread = Thread.currentThread();
    }

    /** Waits until the scheduled delivery waits for its next round, or has gone on without. */
    void awaitEndOfRound() {
      await().until(() -> heard.size() > 1 || isWaiting(thread));
    }

    private static boolean isWaiting(@Nullable Thread thread) {
      return thread != null && thread.getState() == Thread.State.TIMED_WAITING;
    }
  }

  @Test
  @DisplayName("is waited for when its HotDeal is closed: a consumer that returns is not disturbed")
  void closedMeanwhile() throws InterruptedException {
    HangingConsumer consumer = new HangingConsumer();
    HotDeal hotDeal = delivering(consumer, Duration.ofMinutes(1));
    Thread closer = new Thread(hotDeal::close);
    closer.start();
    await().until(() -> !closer.isAlive() || closer.getState() == Thread.State.TIMED_WAITING);
    consumer.goOn.countDown();
    closer.join();
    assertThat(consumer.interrupted.getCount()).as("not interrupted").isOne();
    assertThat(memory.outbox().lag("mail", DEAL).orElseThrow().events()).isZero();
  }

  @Test
  @DisplayName("interrupts a consumer that has not returned when its HotDeal has to be closed")
  void hangingConsumer() throws InterruptedException {
    HangingConsumer consumer = new HangingConsumer();
    HotDeal hotDeal = delivering(consumer, Duration.ofMillis(1));
    hotDeal.close();
    consumer.interrupted.await();
  }

  @Test
  @DisplayName("interrupts the consumer of a schedule that was stopped before, too")
  void hangingConsumerOfStoppedSchedule() throws InterruptedException {
    HangingConsumer consumer = new HangingConsumer();
    HotDeal hotDeal = delivering(consumer, Duration.ofMillis(1));
    hotDeal.events().stop();
    hotDeal.close();
    consumer.interrupted.await();
  }

  @Test
  @DisplayName(
      "interrupts the consumer at once if who closes its HotDeal is, and stays, interrupted")
  void interruptedClose() throws InterruptedException {
    HangingConsumer consumer = new HangingConsumer();
    HotDeal hotDeal = delivering(consumer, Duration.ofMinutes(1));
    Thread.currentThread().interrupt();
    hotDeal.close();
    assertThat(Thread.interrupted()).isTrue();
    consumer.interrupted.await();
  }

  /** A HotDeal whose scheduled delivery has called this consumer. */
  private HotDeal delivering(HangingConsumer consumer, Duration shutdownTimeout)
      throws InterruptedException {
    HotDeal hotDeal =
        process(settings().shutdownTimeout(shutdownTimeout).consumer("mail", consumer));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.order(order("a"));
    hotDeal.events().start(Duration.ofMillis(1));
    consumer.called.await();
    return hotDeal;
  }

  /** A consumer that does not return before the test lets it. */
  private static final class HangingConsumer implements EventConsumer {

    final CountDownLatch called = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public void accept(List<DealEvent> events) throws InterruptedException {
      called.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    }
  }

  @Test
  @DisplayName("needs a consumer, each of another valid name, and values in range")
  void settingsChecked() {
    HotDeal none = process(settings());
    assertThatThrownBy(() -> none.events().start(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("consumer");
    assertThatThrownBy(() -> none.events().start(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    HotDealBuilder builder = settings().consumer("mail", heard::addAll);
    assertThatThrownBy(() -> builder.consumer("mail", heard::addAll))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'mail'");
    assertThatThrownBy(() -> builder.consumer("e mail", heard::addAll))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.eventLease(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("keeps nothing for a consumer that was removed, nor for a deal without events")
  void unregistered() {
    HotDeal hotDeal =
        process(settings().consumer("mail", heard::addAll).consumer("gone", heard::addAll));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.open(Deal.of("silent", 5));
    hotDeal.order(order("a"));
    hotDeal.order(Order.of("b", "silent", "buyer", 1));
    hotDeal.events().unregister("gone", DEAL);
    assertThat(hotDeal.events().lag(DEAL)).extracting(EventLag::consumer).containsExactly("mail");
    assertThat(hotDeal.events().lag("silent")).isEmpty();
    assertThat(hotDeal.events().deliver("silent"))
        .extracting(DeliveryReport::delivered)
        .containsOnly(0L);
  }

  private HotDealBuilder settings() {
    return HotDeal.builder().log(log).payments(PaymentGateway.none()).eventLease(LEASE);
  }

  private HotDeal process(HotDealBuilder settings) {
    HotDeal hotDeal = settings.build();
    processes.add(hotDeal);
    return hotDeal;
  }

  private static Order order(String id) {
    return Order.of(id, DEAL, "buyer-" + id, 1);
  }

  /** Sells so many orders of one unit, in one call to the log. */
  private void sell(String deal, int orders) {
    log.reserve(
        IntStream.range(0, orders).mapToObj(i -> Order.of("o" + i, deal, "buyer", 1)).toList(),
        OrderState.PAID);
  }
}
