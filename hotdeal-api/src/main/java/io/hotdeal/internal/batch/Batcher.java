package io.hotdeal.internal.batch;

import io.hotdeal.HotDealException;
import io.hotdeal.HotDealListener.BatchCompleted;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.OrderKey;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.internal.resilience.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The batching of one kind of store call: orders of a deal that arrive while a call is under way
 * share the next one.
 *
 * <p>Unless the {@link FlushPolicy} says otherwise, an order of an idle deal is sent at once, and a
 * busy deal gets larger batches. A call holds orders of one deal only; a deal has more than one
 * call under way only if many orders wait. A queue exists only while a call of its deal is under
 * way or about to start, so an idle deal uses no memory. Thread-safe. (The idea is group commit:
 * DeWitt et al., 1984.)
 *
 * @param <I> what is sent of one order: the order itself, or a payment or an extension of it
 * @param <O> the result of one order
 */
public final class Batcher<I extends OrderKey, O> {

  private final String verb;
  private final Function<List<I>, List<O>> call;
  private final BatcherFactory shared;
  private final FlushPolicy flushPolicy;
  private final Map<String, DealQueue<I, O>> queues = new ConcurrentHashMap<>();
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
   * Adds an order to its deal's next call. Never blocks.
   *
   * @return the order's result; fails with {@link NothingHappenedException} if the queue is full,
   *     and with what the call threw: as {@link OutcomeUnknownException} unless that is a {@link
   *     HotDealException}
   */
  public CompletableFuture<O> submit(I order) {
    PendingOrder<I, O> pending = new PendingOrder<>(order, new CompletableFuture<>());
    boolean queued;
    do {
      queued = enqueue(pending);
    } while (!queued);
    return pending.answer();
  }

  /** Returns false if the deal's queue has ended, so that a new one is needed. */
  private boolean enqueue(PendingOrder<I, O> pending) {
    String dealId = pending.order().dealId();
    DealQueue<I, O> queue = queues.get(dealId);
    if (queue == null) {
      queue = queues.computeIfAbsent(dealId, id -> new DealQueue<>(shared.policy()));
    }
    switch (queue.add(pending)) {
      case STARTS_CALL -> start(dealId, queue);
      case FILLS -> send(dealId, queue);
      case WAITS -> {}
      case REFUSED ->
          pending.fail(
              new NothingHappenedException(
                  verb
                      + " was not started: "
                      + shared.policy().maxPending()
                      + " orders wait already, the limit"));
      case ENDED -> {
        queues.remove(dealId, queue);
        return false;
      }
    }
    return true;
  }

  /** How many orders of a deal wait for a call or are in one. */
  public int pending(String dealId) {
    DealQueue<I, O> queue = queues.get(dealId);
    return queue == null ? 0 : queue.pending();
  }

  /** Sends all delayed calls now, and every later call without delay. */
  public void flush() {
    flushing = true;
    queues.forEach(this::send);
  }

  private void start(String dealId, DealQueue<I, O> queue) {
    boolean atOnce = flushing || queue.isFull();
    (atOnce ? FlushPolicy.IMMEDIATE : flushPolicy).send(dealId, () -> send(dealId, queue));
  }

  private void send(String dealId, DealQueue<I, O> queue) {
    if (!queue.markSent()) {
      return;
    }
    try {
      Batch<I, O> batch = new Batch<>(shared.policy().maxBatch());
      shared.executor().execute(() -> makeCall(dealId, queue, batch));
    } catch (Throwable e) {
      fail(
          dealId,
          queue,
          new NothingHappenedException(verb + " was not started: no thread for it", e));
    }
  }

  /** Removes the queue first: a caller may submit its next order as soon as this one has failed. */
  private void fail(String dealId, DealQueue<I, O> queue, HotDealException cause) {
    List<PendingOrder<I, O>> left = queue.end();
    queues.remove(dealId, queue);
    left.forEach(pending -> pending.fail(cause));
  }

  private void makeCall(String dealId, DealQueue<I, O> queue, Batch<I, O> batch) {
    boolean another;
    try {
      another = queue.take(batch);
    } catch (Throwable e) { // such as OutOfMemoryError: nothing was sent
      HotDealException cause = new NothingHappenedException(verb + " was not started", e);
      batch.fail(cause);
      fail(dealId, queue, cause);
      return;
    }
    try {
      if (another) {
        start(dealId, queue);
      }
      run(batch);
    } finally {
      if (queue.finish(batch)) {
        start(dealId, queue);
      } else if (queue.endIfIdle()) {
        queues.remove(dealId, queue);
      }
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
      batch.answer(call(batch.orders()));
    } catch (HotDealException e) {
      batch.fail(e);
    } catch (Throwable e) {
      batch.fail(new OutcomeUnknownException(verb + " broke", e));
    }
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
    } catch (Throwable e) {
      publish(orders, start, Failures.of(e));
      throw e;
    }
  }

  private void publish(List<I> orders, long start, @Nullable HotDealException failure) {
    BatchCompleted event =
        new BatchCompleted(
            shared.store(),
            verb,
            orders.get(0).dealId(),
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
    queues.values().forEach(queue -> evict(queue.evict(), why));
  }

  /**
   * Fails those orders of a deal whose call was not made yet, with {@link
   * NothingHappenedException}.
   */
  public void evictUnsent(String dealId, String why) {
    DealQueue<I, O> queue = queues.get(dealId);
    if (queue != null) {
      evict(new DealQueue.Evicted<>(queue.evict().unsent(), List.of()), why);
    }
  }

  private void evict(DealQueue.Evicted<I, O> evicted, String why) {
    evicted
        .unsent()
        .forEach(it -> it.fail(new NothingHappenedException(verb + " was not started: " + why)));
    evicted
        .sent()
        .forEach(it -> it.fail(new OutcomeUnknownException(verb + " is under way: " + why)));
  }
}
