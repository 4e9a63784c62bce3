package io.hotdeal.internal.batch;

import io.hotdeal.HotDealListener;
import io.hotdeal.Order;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.spi.CallsByDeal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("The batcher is linearizable,")
class BatcherLincheckTest {

  private static final int MOST_CALLS = 2;

  private static final int MODEL_CHECKED = 2;
  private static final int MODEL_CHECKED_AT_LENGTH = 10;
  private static final int INTERLEAVINGS = 40;
  private static final int INTERLEAVINGS_AT_LENGTH = 100;
  private static final int STRESSED = 20;
  private static final int STRESSED_AT_LENGTH = 100;

  @Test
  @DisplayName("as checked by Lincheck's model checker")
  void modelChecked() {
    modelCheck(MODEL_CHECKED, INTERLEAVINGS);
  }

  @Test
  @Tag("proof")
  @DisplayName("as checked by Lincheck's model checker in more scenarios")
  void modelCheckedAtLength() {
    modelCheck(MODEL_CHECKED_AT_LENGTH, INTERLEAVINGS_AT_LENGTH);
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

  private static void modelCheck(int scenarios, int interleavings) {
    new ModelCheckingOptions()
        .iterations(scenarios)
        .invocationsPerIteration(interleavings)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(2)
        .addGuarantee(atomic(ConcurrentLinkedQueue.class))
        .sequentialSpecification(OneThread.class)
        .check(Submitters.class);
  }

  private static void stress(int scenarios) {
    new StressOptions()
        .iterations(scenarios)
        .invocationsPerIteration(3_000)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(0)
        .actorsAfter(2)
        .minimizeFailedScenario(false) // a lost order hangs, and each try would wait for it
        .sequentialSpecification(OneThread.class)
        .check(Submitters.class);
  }

  /**
   * Treats a JDK class as correct and atomic, so that the checker spends its time on the batcher.
   * The map of the queues must not be treated so: it creates queues, and the checker would take a
   * queue for local to the thread that creates it, and ignore its lock, so that threads hang.
   */
  private static ManagedStrategyGuarantee atomic(Class<?> jdkClass) {
    return ManagedStrategyGuaranteeKt.forClasses(jdkClass.getName()).allMethods().treatAsAtomic();
  }

  /** Two deals over a batcher whose batches are small enough to overflow. */
  @Param(name = "deal", gen = IntGen.class, conf = "0:1")
  public static class Submitters {

    /** Created in advance, because the checker would look for races in their construction. */
    private static final List<Order> SALES =
        IntStream.range(0, 32)
            .mapToObj(i -> Order.of("sell-" + i, "" + i % 2, "buyer", 1))
            .toList();

    private static final List<Order> QUESTIONS =
        List.of(Order.of("sold", "0", "buyer", 1), Order.of("sold", "1", "buyer", 1));

    private final Store[] stores = {new Store(), new Store()};
    private final AtomicInteger ids = new AtomicInteger();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Batcher<Order, Integer> batcher =
        new BatcherFactory(
                HotDealListener.Store.ORDER_LOG,
                new BatchPolicy(2, MOST_CALLS, 1_000, Duration.ZERO, Duration.ZERO),
                tasks::add,
                EventPublisher.NONE)
            .create("test", this::call);

    /** Sells one unit under a fresh id; answers how many are sold. */
    @Operation
    public int sell(@Param(name = "deal") int deal) {
      return answerTo(SALES.get(2 * ids.getAndIncrement() + deal));
    }

    /** Sells nothing. It always uses the same id, so that waiting duplicates share one place. */
    @Operation
    public int sold(@Param(name = "deal") int deal) {
      return answerTo(QUESTIONS.get(deal));
    }

    private int answerTo(Order order) {
      CompletableFuture<Integer> answer = batcher.submit(order);
      helpUntilDone(answer);
      return answer.join();
    }

    /**
     * The submitting threads also run the executor's tasks, because the checker knows no other
     * threads. A task is run by the thread that takes it from the queue, never while it is being
     * added.
     */
    private void helpUntilDone(CompletableFuture<Integer> answer) {
      while (!answer.isDone()) {
        Runnable task = tasks.poll();
        if (task != null) {
          task.run();
        } else {
          Thread.onSpinWait();
        }
      }
    }

    private List<Integer> call(List<Order> orders) {
      return CallsByDeal.call(orders, this::callOfOneDeal);
    }

    private List<Integer> callOfOneDeal(List<Order> orders) {
      return stores[Integer.parseInt(orders.get(0).dealId())].answers(orders);
    }
  }

  /** The store of one deal, which fails if it has more concurrent calls than are allowed. */
  private static final class Store {

    private final AtomicInteger underWay = new AtomicInteger();
    private int sold;

    List<Integer> answers(List<Order> orders) {
      if (underWay.incrementAndGet() > MOST_CALLS) {
        throw new IllegalStateException("more than " + MOST_CALLS + " calls of one deal");
      }
      List<Integer> answers = sell(orders);
      underWay.decrementAndGet();
      return answers;
    }

    private synchronized List<Integer> sell(List<Order> orders) {
      List<Integer> answers = new ArrayList<>();
      for (Order order : orders) {
        sold += Submitters.QUESTIONS.contains(order) ? 0 : 1;
        answers.add(sold);
      }
      return answers;
    }
  }

  /** The sequential specification of the answers. */
  public static class OneThread {

    private final int[] sold = new int[2];

    public int sell(int deal) {
      return ++sold[deal];
    }

    public int sold(int deal) {
      return sold[deal];
    }
  }
}
