package io.hotdeal.internal.batch;

import io.hotdeal.HotDealException;
import io.hotdeal.HotDealListener.BatchCompleted;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
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
 * Combines orders of one deal into store calls: orders that queue while a call is under way share
 * the next one.
 *
 * <p>Unless its {@link FlushPolicy} says otherwise, an order of an idle deal is sent at once, and a
 * busy deal gets larger batches. A call holds orders of one deal only; more than one call of a deal
 * is under way only for a crowd. A queue exists only while a call of its deal is under way or about
 * to be, so an idle deal costs nothing. (The idea is group commit: DeWitt et al., 1984.)
 *
 * @param <O> what one order is answered
 */
public final class Batcher<O> {

  private final String verb;
  private final Function<List<Order>, List<O>> call;
  private final BatcherFactory shared;
  private final FlushPolicy flushPolicy;
  private final Map<String, DealQueue<O>> queues = new ConcurrentHashMap<>();
  private volatile boolean flushing;

  /**
   * Creates a batcher of one call.
   *
   * @param verb names the call in messages
   * @param call answers position by position; blocks
   * @param shared the policy and the threads
   * @param flushPolicy when a call is sent
   */
  Batcher(
      String verb,
      Function<List<Order>, List<O>> call,
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
   * @return the order's answer; fails with {@link NothingHappenedException} where the queue is
   *     full, and with what the call threw, as unknown unless that says otherwise
   */
  public CompletableFuture<O> submit(Order order) {
    PendingOrder<O> pending = new PendingOrder<>(order, new CompletableFuture<>());
    boolean queued;
    do {
      queued = enqueue(pending);
    } while (!queued);
    return pending.answer();
  }

  /** False if the deal's queue had ended. */
  private boolean enqueue(PendingOrder<O> pending) {
    String dealId = pending.order().dealId();
    DealQueue<O> queue = queues.get(dealId);
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
    DealQueue<O> queue = queues.get(dealId);
    return queue == null ? 0 : queue.pending();
  }

  /** Sends all lingering calls now, and every later call at once. */
  public void flush() {
    flushing = true;
    queues.forEach(this::send);
  }

  private void start(String dealId, DealQueue<O> queue) {
    FlushPolicy now = flushing || queue.isFull() ? FlushPolicy.IMMEDIATE : flushPolicy;
    now.send(dealId, () -> send(dealId, queue));
  }

  private void send(String dealId, DealQueue<O> queue) {
    if (!queue.send()) {
      return;
    }
    try {
      Batch<O> batch = new Batch<>(shared.policy().maxBatch());
      shared.executor().execute(() -> makeCall(dealId, queue, batch));
    } catch (Throwable e) {
      fail(
          dealId,
          queue,
          new NothingHappenedException(verb + " was not started: no thread for it", e));
    }
  }

  /** The queue is removed first: a failed caller may submit its next order at once. */
  private void fail(String dealId, DealQueue<O> queue, HotDealException cause) {
    List<PendingOrder<O>> left = queue.end();
    queues.remove(dealId, queue);
    left.forEach(pending -> pending.fail(cause));
  }

  private void makeCall(String dealId, DealQueue<O> queue, Batch<O> batch) {
    boolean another;
    try {
      another = queue.take(batch);
    } catch (Throwable e) { // such as OutOfMemoryError: nothing of it was sent
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

  /** Any throwable, checked exceptions of other languages included, ends every future. */
  private void run(Batch<O> batch) {
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

  private List<O> call(List<Order> orders) {
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

  private void publish(List<Order> orders, long start, @Nullable HotDealException failure) {
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
   * NothingHappenedException}, the others with {@link OutcomeUnknownException}, whatever their call
   * answers later.
   */
  public void evict(String why) {
    queues.values().forEach(queue -> evict(queue.evict(), why));
  }

  /** Fails those orders of a deal whose call was not made yet. */
  public void evictUnsent(String dealId, String why) {
    DealQueue<O> queue = queues.get(dealId);
    if (queue != null) {
      evict(new DealQueue.Evicted<>(queue.evict().unsent(), List.of()), why);
    }
  }

  private void evict(DealQueue.Evicted<O> evicted, String why) {
    evicted
        .unsent()
        .forEach(it -> it.fail(new NothingHappenedException(verb + " was not started: " + why)));
    evicted
        .sent()
        .forEach(it -> it.fail(new OutcomeUnknownException(verb + " is under way: " + why)));
  }
}
