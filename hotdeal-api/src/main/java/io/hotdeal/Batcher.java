package io.hotdeal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Buyers who wait together travel together: whatever queued while the last call was under way goes
 * into the next one.
 *
 * <p>Per deal there is at most one call under way, and at most one deal in a call. There is no
 * timer: an idle deal's order leaves at once, a crowded deal gets bigger batches. A lane exists
 * exactly while a call of its deal is under way or about to be, so an idle deal costs nothing. (The
 * idea is group commit: DeWitt et al., 1984.)
 *
 * @param <O> what one order is answered
 */
final class Batcher<O> {

  private final String verb;
  private final Function<List<Order>, List<O>> call;
  private final int maxBatch;
  private final int maxWaiting;
  private final Executor executor;
  private final Map<String, Lane<O>> lanes = new ConcurrentHashMap<>();

  /**
   * Makes a batcher of one call.
   *
   * @param verb names the call in messages
   * @param call answers position by position; blocks
   * @param maxBatch the most orders in one call
   * @param maxWaiting the most orders that wait for one deal's next call
   * @param executor runs the calls, never in the thread that hands them over
   */
  Batcher(
      String verb,
      Function<List<Order>, List<O>> call,
      int maxBatch,
      int maxWaiting,
      Executor executor) {
    this.verb = verb;
    this.call = call;
    this.maxBatch = maxBatch;
    this.maxWaiting = maxWaiting;
    this.executor = executor;
  }

  /**
   * Puts an order into its deal's next call. Never blocks.
   *
   * @return the order's answer; fails with {@link NothingHappenedException} where the queue is
   *     full, and with what the call threw, as unknown unless that says otherwise
   */
  CompletableFuture<O> submit(Order order) {
    Waiting<O> waiting = new Waiting<>(order, new CompletableFuture<>());
    Lane<O> lane =
        lanes.compute(
            order.dealId(),
            (dealId, busy) -> busy == null ? new Lane<>(waiting) : addTo(busy, waiting));
    if (lane.isFoundedBy(waiting)) {
      scheduleNext(order.dealId());
    }
    return waiting.answer();
  }

  private Lane<O> addTo(Lane<O> lane, Waiting<O> waiting) {
    if (lane.size() >= maxWaiting) {
      waiting.fail(
          new NothingHappenedException(
              verb + " was not started: " + maxWaiting + " orders wait already, the limit"));
    } else {
      lane.add(waiting);
    }
    return lane;
  }

  private void scheduleNext(String dealId) {
    try {
      executor.execute(() -> runNext(dealId));
    } catch (RuntimeException | Error e) {
      Lane<O> stranded = lanes.remove(dealId);
      if (stranded != null) {
        stranded.fail(new NothingHappenedException(verb + " was not started: no thread for it", e));
      }
    }
  }

  private void runNext(String dealId) {
    Batch<O> batch = new Batch<>(maxBatch);
    lanes.computeIfPresent(dealId, (id, lane) -> lane.moveTo(batch) ? lane : null);
    if (!batch.isEmpty()) {
      try {
        run(batch);
      } finally {
        scheduleNext(dealId);
      }
    }
  }

  private void run(Batch<O> batch) {
    try {
      batch.answer(call.apply(batch.orders()));
    } catch (HotDealException e) {
      batch.fail(e);
    } catch (RuntimeException | Error e) {
      batch.fail(new OutcomeUnknownException(verb + " broke", e));
    }
  }

  /** An order and the answer it waits for. */
  record Waiting<O>(Order order, CompletableFuture<O> answer) {

    void fail(HotDealException cause) {
      answer.completeExceptionally(cause);
    }
  }
}
