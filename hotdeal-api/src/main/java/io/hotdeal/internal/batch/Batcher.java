package io.hotdeal.internal.batch;

import io.hotdeal.HotDealException;
import io.hotdeal.HotDealListener.BatchCompleted;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.OrderKey;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.internal.resilience.Failures;
import io.hotdeal.spi.DealBusyException;
import io.hotdeal.spi.PartialFailureException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The batching of one kind of store call: orders of a lane that arrive while a call is under way
 * share the next one.
 *
 * <p>Which deals share a lane is decided by {@link Lanes}. Unless the {@link FlushPolicy} says
 * otherwise, an order of an idle lane is sent at once, and a busy lane gets larger batches. A lane
 * has more than one call under way only if many orders wait. It exists only while a call of it is
 * under way or about to start, so an idle deal uses no memory. Thread-safe. (The idea is group
 * commit: DeWitt et al., 1984.)
 *
 * @param <I> what is sent of one order: the order itself, or a payment or an extension of it
 * @param <O> the result of one order
 */
public final class Batcher<I extends OrderKey, O> {

  /** How many calls of the shared lane that last long others are sent beside. */
  private static final int MAX_OVERTAKEN = 4;

  private final String verb;
  private final Function<List<I>, List<O>> call;
  private final BatcherFactory shared;
  private final FlushPolicy flushPolicy;
  private final Map<String, Lane<I, O>> lanes = new ConcurrentHashMap<>();
  private volatile boolean flushing;

  /**
   * Creates a batcher of one call.
   *
   * @param verb names the call in messages
   * @param call returns one result per order, in the same order; blocks
   * @param shared the policy and the threads
   * @param flushPolicy when a call is sent
   */
  Batcher(
      String verb,
      Function<List<I>, List<O>> call,
      BatcherFactory shared,
      FlushPolicy flushPolicy) {
    this.verb = verb;
    this.call = call;
    this.shared = shared;
    this.flushPolicy = flushPolicy;
  }

  /**
   * Adds an order to the next call of its lane. Never blocks.
   *
   * @return the order's result; fails with {@link NothingHappenedException} if the lane is full,
   *     and with what the call threw: as {@link OutcomeUnknownException} unless that is a {@link
   *     HotDealException}
   */
  public CompletableFuture<O> submit(I order) {
    PendingOrder<I, O> pending = new PendingOrder<>(order, new CompletableFuture<>());
    submit(pending);
    return pending.answer();
  }

  private void submit(PendingOrder<I, O> pending) {
    String dealId = pending.order().dealId();
    submit(pending, lanes.containsKey(dealId) ? dealId : shared.lanes().of(dealId));
  }

  private void submit(PendingOrder<I, O> pending, String name) {
    boolean queued;
    do {
      queued = enqueue(pending, name);
    } while (!queued);
  }

  /** Returns false if the lane has ended, so that a new one is needed. */
  private boolean enqueue(PendingOrder<I, O> pending, String name) {
    Lane<I, O> lane = lane(name);
    switch (lane.add(pending)) {
      case STARTS_CALL -> start(name, lane);
      case FILLS -> send(name, lane);
      case WAITS -> {}
      case REFUSED ->
          pending.fail(
              new NothingHappenedException(
                  verb
                      + " was not started: "
                      + shared.policy().maxPending()
                      + " orders wait already, the limit"));
      case ENDED -> {
        lanes.remove(name, lane);
        return false;
      }
    }
    return true;
  }

  private Lane<I, O> lane(String name) {
    Lane<I, O> lane = lanes.get(name);
    return lane != null
        ? lane
        : lanes.computeIfAbsent(name, id -> new Lane<>(shared.policy(), id.equals(Lanes.SHARED)));
  }

  /** How many orders wait for a call or are in one, in the lane of this deal alone. */
  public int pending(String dealId) {
    Lane<I, O> lane = lanes.get(dealId);
    return lane == null ? 0 : lane.pending();
  }

  /** Sends all delayed calls now, and every later call without delay. */
  public void flush() {
    flushing = true;
    lanes.forEach(this::send);
  }

  private void start(String name, Lane<I, O> lane) {
    boolean atOnce = flushing || lane.isFull();
    (atOnce ? FlushPolicy.IMMEDIATE : flushPolicy).send(name, () -> send(name, lane));
  }

  private void send(String name, Lane<I, O> lane) {
    if (!lane.markSent()) {
      return;
    }
    try {
      Batch<I, O> batch = new Batch<>(shared.policy().maxBatch());
      shared.executor().execute(() -> makeCall(name, lane, batch));
    } catch (Throwable e) {
      fail(
          name, lane, new NothingHappenedException(verb + " was not started: no thread for it", e));
    }
  }

  /** Removes the lane first: a caller may submit its next order as soon as this one has failed. */
  private void fail(String name, Lane<I, O> lane, HotDealException cause) {
    List<PendingOrder<I, O>> left = lane.end();
    lanes.remove(name, lane);
    left.forEach(pending -> pending.fail(cause));
  }

  private void makeCall(String name, Lane<I, O> lane, Batch<I, O> batch) {
    boolean another;
    try {
      another = lane.take(batch);
    } catch (Throwable e) { // such as OutOfMemoryError: nothing was sent
      HotDealException cause = new NothingHappenedException(verb + " was not started", e);
      batch.fail(cause);
      fail(name, lane, cause);
      return;
    }
    Future<?> tooLong = shared.lanes().whenTooLong(name, () -> sendBeside(lane, batch));
    try {
      shared.lanes().isolateThoseInDemand(batch, shared.policy().maxBatch());
      if (another) {
        start(name, lane);
      }
      run(batch);
    } finally {
      if (tooLong != null) {
        tooLong.cancel(false);
      }
      String other = batch.end();
      finish(name, lane, batch);
      if (other != null) {
        finish(other, lanes.get(other), batch);
      }
    }
  }

  private void finish(String name, @Nullable Lane<I, O> lane, Batch<I, O> batch) {
    if (lane == null) {
      return;
    }
    if (lane.finish(batch)) {
      start(name, lane);
    } else if (lane.endIfIdle()) {
      lanes.remove(name, lane);
    }
  }

  /**
   * Sends the next call of the shared lane beside one that lasts long. If that one is of one deal,
   * it becomes a call of that deal's own lane, where other orders of the deal wait for it.
   */
  private void sendBeside(Lane<I, O> lane, Batch<I, O> batch) {
    String dealId = dealOf(batch.orders());
    boolean moved = !dealId.isEmpty() && batch.moveTo(dealId, () -> adopt(dealId, batch));
    if (moved) {
      lane.evictUnsent(dealId).forEach(this::submit);
    }
    boolean starts = moved ? lane.finish(batch) : lane.overtake(MAX_OVERTAKEN);
    if (starts) {
      start(Lanes.SHARED, lane);
    }
  }

  private void adopt(String dealId, Batch<I, O> batch) {
    shared.lanes().isolate(dealId);
    while (!lane(dealId).adopt(batch)) {
      lanes.remove(dealId, lanes.get(dealId));
    }
  }

  /**
   * Makes the call. Any throwable fails every future, including checked exceptions of other JVM
   * languages.
   */
  private void run(Batch<I, O> batch) {
    if (batch.size() == 0) {
      return; // its orders were evicted
    }
    try {
      callAndAnswer(batch);
    } catch (HotDealException e) {
      batch.fail(e);
    } catch (Throwable e) {
      batch.fail(new OutcomeUnknownException(verb + " broke", e));
    }
  }

  private void callAndAnswer(Batch<I, O> batch) {
    try {
      batch.answer(call(batch.orders()));
    } catch (PartialFailureException e) {
      answer(batch, e);
    }
  }

  /** The orders of a deal that the store did not wait for are sent again, in a call of its own. */
  private void answer(Batch<I, O> batch, PartialFailureException partial) {
    for (PendingOrder<I, O> pending : batch.answer(partial)) {
      String dealId = pending.order().dealId();
      HotDealException failure = partial.failures().get(dealId);
      if (failure instanceof DealBusyException) {
        submit(pending, dealId);
      } else {
        pending.fail(failure == null ? unanswered(partial) : failure);
      }
    }
  }

  private OutcomeUnknownException unanswered(PartialFailureException partial) {
    return new OutcomeUnknownException(verb + " gave neither a result nor a failure", partial);
  }

  private List<O> call(List<I> orders) {
    if (!shared.events().isObserved()) {
      return call.apply(orders);
    }
    long start = System.nanoTime();
    try {
      List<O> answers = call.apply(orders);
      publish(orders, start, null);
      return answers;
    } catch (PartialFailureException e) {
      publish(orders, start, Failures.ofStore(e));
      throw e;
    } catch (Throwable e) {
      publish(orders, start, Failures.of(e));
      throw e;
    }
  }

  /** The one deal of these orders, or an empty text if they are of several. */
  public static String dealOf(List<? extends OrderKey> orders) {
    String dealId = orders.isEmpty() ? "" : orders.get(0).dealId();
    return orders.stream().allMatch(it -> it.dealId().equals(dealId)) ? dealId : "";
  }

  private void publish(List<I> orders, long start, @Nullable HotDealException failure) {
    BatchCompleted event =
        new BatchCompleted(
            shared.store(),
            verb,
            dealOf(orders),
            orders.size(),
            Duration.ofNanos(System.nanoTime() - start),
            failure);
    shared.events().publish(listener -> listener.batchCompleted(event));
  }

  /**
   * Fails all waiting orders: those whose call was not made yet with {@link
   * NothingHappenedException}, the others with {@link OutcomeUnknownException}, regardless of the
   * later result of their call.
   */
  public void evict(String why) {
    lanes.values().forEach(lane -> evict(lane.evict(), why));
  }

  /**
   * Fails those orders of a deal whose call was not made yet, with {@link
   * NothingHappenedException}.
   */
  public void evictUnsent(String dealId, String why) {
    for (String name : List.of(dealId, Lanes.SHARED)) {
      Lane<I, O> lane = lanes.get(name);
      if (lane != null) {
        evict(new Lane.Evicted<>(lane.evictUnsent(dealId), List.of()), why);
      }
    }
  }

  /**
   * Lets no order of the shared lane wait for its calls under way, however many they are: the next
   * one is sent beside them, and their deals get lanes of their own.
   */
  public void overtakeShared() {
    Lane<I, O> lane = lanes.get(Lanes.SHARED);
    if (lane != null) {
      lane.dealsUnderWay().forEach(shared.lanes()::isolate);
      if (lane.overtake(Integer.MAX_VALUE)) {
        start(Lanes.SHARED, lane);
      }
    }
  }

  private void evict(Lane.Evicted<I, O> evicted, String why) {
    evicted
        .unsent()
        .forEach(it -> it.fail(new NothingHappenedException(verb + " was not started: " + why)));
    evicted
        .sent()
        .forEach(it -> it.fail(new OutcomeUnknownException(verb + " is under way: " + why)));
  }
}
