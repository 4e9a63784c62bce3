package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotdeal.DealEvent.Kind;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.Outbox;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.Overriding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
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
    List<String> swept = Collections.synchronizedList(new ArrayList<>());
    HotDeal other =
        process(
            settings()
                .consumer("mail", heard::addAll)
                .listener(
                    new HotDealListener() {
                      @Override
                      public void sweepCompleted(SweepReport report) {
                        swept.add(report.dealId());
                      }
                    }));
    other.events().start(Duration.ofMillis(1));
    other.resolver().start(Duration.ofMillis(1));
    other.giveBack(DEAL, "a", false);
    await().until(() -> heard.size() == 2 && swept.contains(DEAL));
    assertThat(heard).extracting(DealEvent::kind).containsExactly(Kind.SOLD, Kind.RETURNED);
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
  @DisplayName(
      "goes on after a round in which the deals could not be listed, and tells the listener")
  void failingRound() {
    List<DeliveryReport> reports = Collections.synchronizedList(new ArrayList<>());
    HotDeal hotDeal =
        process(
            settings()
                .consumer("mail", heard::addAll)
                .listener(
                    new HotDealListener() {
                      @Override
                      public void eventsDelivered(DeliveryReport report) {
                        reports.add(report);
                      }
                    }));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.order(order("a"));
    faults.refuse("pending");
    hotDeal.events().start(Duration.ofMillis(1));
    await().until(() -> reports.size() > 1);
    assertThat(reports.get(0).failure()).isInstanceOf(NothingHappenedException.class);
    faults.heal();
    await().until(() -> heard.size() == 1);
  }

  @Test
  @DisplayName("interrupts a consumer that has not returned when its HotDeal has to be closed")
  void hangingConsumer() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    HotDeal hotDeal =
        process(
            settings()
                .shutdownTimeout(Duration.ofMillis(1))
                .consumer(
                    "mail",
                    events -> {
                      called.countDown();
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                      }
                    }));
    hotDeal.open(Deal.of(DEAL, 5).withEvents());
    hotDeal.order(order("a"));
    hotDeal.events().start(Duration.ofMillis(1));
    called.await();
    hotDeal.close();
    interrupted.await();
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
}
