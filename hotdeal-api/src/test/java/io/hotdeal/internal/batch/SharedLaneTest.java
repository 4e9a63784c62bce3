package io.hotdeal.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.HotDealException;
import io.hotdeal.HotDealListener.Store;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.spi.DealBusyException;
import io.hotdeal.spi.PartialFailureException;
import io.hotdeal.testkit.ManualTimer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The lane of the deals that are little in demand")
class SharedLaneTest {

  /** The tasks of the executor, which the test runs on its own thread. */
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private final AtomicLong nanos = new AtomicLong();
  private final ManualTimer timer = new ManualTimer();
  private final List<List<String>> calls = new ArrayList<>();
  private final Batcher<Order, String> batcher = batcher(this::answerIds);

  private Batcher<Order, String> batcher(Function<List<Order>, List<String>> call) {
    return new BatcherFactory(
            Store.ORDER_LOG,
            new BatchPolicy(512, 2, 10_000, Duration.ZERO, Duration.ZERO),
            tasks::add,
            EventPublisher.NONE,
            Lanes.shared(nanos::get, timer))
        .create("test", call);
  }

  private List<String> answerIds(List<Order> orders) {
    calls.add(orders.stream().map(SharedLaneTest::named).toList());
    return orders.stream().map(order -> named(order) + "!").toList();
  }

  private static String named(Order order) {
    return order.dealId() + "/" + order.id();
  }

  private static Order order(String id, String dealId) {
    return Order.of(id, dealId, "buyer", 1);
  }

  private List<CompletableFuture<String>> submit(String dealId, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> batcher.submit(order("o-" + i, dealId)))
        .toList();
  }

  private void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Test
  @DisplayName("sends the orders of several deals in one call, also where they have the same id")
  void together() {
    var a = batcher.submit(order("o", "deal-a"));
    var b = batcher.submit(order("o", "deal-b"));
    var again = batcher.submit(order("o", "deal-a"));
    runAll();
    assertThat(calls).containsExactly(List.of("deal-a/o", "deal-b/o"));
    assertThat(a).isCompletedWithValue("deal-a/o!");
    assertThat(b).isCompletedWithValue("deal-b/o!");
    assertThat(again).isCompletedWithValue("deal-a/o!");
  }

  @Test
  @DisplayName("is left by a deal with many orders in a call, for a second, and by no other")
  void inDemand() {
    submit("cold", 31);
    submit("hot", Lanes.MANY_ORDERS);
    runAll();
    submit("cold", 1);
    submit("other", 1);
    submit("hot", 1);
    runAll();
    assertThat(calls).hasSize(3).endsWith(List.of("cold/o-0", "other/o-0"), List.of("hot/o-0"));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    submit("cold", 1);
    submit("hot", 1);
    runAll();
    assertThat(calls).hasSize(4).endsWith(List.of("cold/o-0", "hot/o-0"));
  }

  @Test
  @DisplayName("sends the orders of a deal that the store did not wait for again, in a call alone")
  void busy() {
    Batcher<Order, String> some =
        batcher(
            orders -> {
              List<String> answers = new ArrayList<>(answerIds(orders));
              if (answers.size() == 1) {
                return answers;
              }
              answers.set(1, null);
              throw new PartialFailureException(
                  answers, Map.of("deal-b", new DealBusyException("deal-b")));
            });
    var a = some.submit(order("o", "deal-a"));
    var b = some.submit(order("o", "deal-b"));
    runAll();
    assertThat(calls).containsExactly(List.of("deal-a/o", "deal-b/o"), List.of("deal-b/o"));
    assertThat(a).isCompletedWithValue("deal-a/o!");
    assertThat(b).isCompletedWithValue("deal-b/o!");
  }

  @Test
  @DisplayName("fails the orders of those deals alone for which the call failed")
  void partialFailure() {
    Map<String, HotDealException> failures =
        Map.of(
            "deal-a", new NothingHappenedException("down"),
            "deal-c", new OutcomeUnknownException("silent"));
    Batcher<Order, String> some =
        batcher(
            orders -> {
              List<String> answers = new ArrayList<>(answerIds(orders));
              answers.set(0, null);
              answers.set(2, null);
              throw new PartialFailureException(answers, failures);
            });
    var a = some.submit(order("o", "deal-a"));
    var b = some.submit(order("o", "deal-b"));
    var c = some.submit(order("o", "deal-c"));
    runAll();
    assertThat(failure(a)).isSameAs(failures.get("deal-a"));
    assertThat(b).isCompletedWithValue("deal-b/o!");
    assertThat(failure(c)).isSameAs(failures.get("deal-c"));
  }

  @Test
  @DisplayName("fails all orders of a call whose partial failure has another number of results")
  void wrongNumberOfResults() {
    Batcher<Order, String> some =
        batcher(
            orders -> {
              throw new PartialFailureException(
                  List.of("one"), Map.of("deal-a", new NothingHappenedException("down")));
            });
    var a = some.submit(order("o", "deal-a"));
    var b = some.submit(order("o", "deal-b"));
    runAll();
    assertThat(failure(a)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(failure(b)).isInstanceOf(OutcomeUnknownException.class);
  }

  private static Throwable failure(CompletableFuture<String> failed) {
    return failed.handle((answer, cause) -> cause).join();
  }

  @Test
  @DisplayName("sends the next call beside one of several deals that has lasted 50 ms, up to four")
  void besideALongCall() {
    List<Integer> sent = new ArrayList<>();
    AtomicReference<Batcher<Order, String>> asked = new AtomicReference<>();
    asked.set(
        batcher(
            orders -> {
              int call = calls.size();
              List<String> answers = answerIds(orders);
              if (call < 5) {
                submitTwo(asked.get(), "later-" + call);
                assertThat(tasks).as("waits").isEmpty();
                timer.runNext();
                sent.add(tasks.size());
                runAll();
              }
              return answers;
            }));
    submitTwo(asked.get(), "first");
    assertThat(timer.pauseMillis()).as("before the call").isEmpty();
    runAll();
    assertThat(sent).containsExactly(1, 1, 1, 1, 0);
    assertThat(calls).hasSize(6);
    assertThat(timer.pauseMillis()).containsOnly(50L);
    assertThat(timer.waiting()).as("cancelled with their calls").isZero();
  }

  private static void submitTwo(Batcher<Order, String> batcher, String id) {
    var unused = batcher.submit(order(id, "deal-a"));
    unused = batcher.submit(order(id, "deal-b"));
  }

  @Test
  @DisplayName(
      "does not wait for a call of one deal that has lasted 50 ms, for which that deal does")
  void besideALongCallOfOneDeal() {
    AtomicReference<Batcher<Order, String>> asked = new AtomicReference<>();
    asked.set(
        batcher(
            orders -> {
              if (calls.isEmpty() && orders.get(0).id().equals("long")) {
                var unused = asked.get().submit(order("well", "deal-b"));
                unused = asked.get().submit(order("behind", "deal-a"));
                timer.runNext();
                unused = asked.get().submit(order("waits", "deal-a"));
                nanos.addAndGet(Duration.ofSeconds(2).toNanos());
                unused = asked.get().submit(order("waits-too", "deal-a"));
                runAll();
                assertThat(calls).containsExactly(List.of("deal-b/well"));
              }
              return answerIds(orders);
            }));
    var unused = asked.get().submit(order("long", "deal-a"));
    runAll();
    assertThat(calls)
        .containsExactly(
            List.of("deal-b/well"),
            List.of("deal-a/long"),
            List.of("deal-a/behind", "deal-a/waits", "deal-a/waits-too"));
  }

  @Test
  @DisplayName("lets others overtake a call that does not end, whose deals get lanes of their own")
  void overtaken() {
    List<CompletableFuture<String>> meanwhile = new ArrayList<>();
    AtomicReference<Batcher<Order, String>> asked = new AtomicReference<>();
    asked.set(
        batcher(
            orders -> {
              if (orders.get(0).id().equals("o") && meanwhile.isEmpty()) {
                meanwhile.add(asked.get().submit(order("o", "deal-b")));
                assertThat(tasks).as("waits for the call under way").isEmpty();
                asked.get().overtakeShared();
                meanwhile.add(asked.get().submit(order("later", "deal-a")));
                runAll();
              }
              return answerIds(orders);
            }));
    var slow = asked.get().submit(order("o", "deal-a"));
    runAll();
    assertThat(calls)
        .containsExactly(List.of("deal-b/o"), List.of("deal-a/later"), List.of("deal-a/o"));
    assertThat(meanwhile).allMatch(CompletableFuture::isDone);
    assertThat(slow).isDone();
  }
}
