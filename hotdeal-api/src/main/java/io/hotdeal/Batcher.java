package io.hotdeal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Buyers who wait together travel together: whatever queued while the last call was under way goes
 * into the next one.
 *
 * <p>Unless its {@link Pace} says otherwise, an idle deal's order leaves at once; a crowded deal
 * gets bigger batches. At most one deal is in a call; more than one call of a deal is under way
 * only for a crowd. A lane exists exactly while a call of its deal is under way or about to be, so
 * an idle deal costs nothing. (The idea is group commit: DeWitt et al., 1984.)
 *
 * @param <O> what one order is answered
 */
final class Batcher<O> {

  private final String verb;
  private final Function<List<Order>, List<O>> call;
  private final Batchers shared;
  private final Pace pace;
  private final Map<String, Lane<O>> lanes = new ConcurrentHashMap<>();
  private volatile boolean hurries;

  /**
   * Makes a batcher of one call.
   *
   * @param verb names the call in messages
   * @param call answers position by position; blocks
   * @param shared the limits and the threads
   * @param pace when a call leaves
   */
  Batcher(String verb, Function<List<Order>, List<O>> call, Batchers shared, Pace pace) {
    this.verb = verb;
    this.call = call;
    this.shared = shared;
    this.pace = pace;
  }

  /**
   * Puts an order into its deal's next call. Never blocks.
   *
   * @return the order's answer; fails with {@link NothingHappenedException} where the queue is
   *     full, and with what the call threw, as unknown unless that says otherwise
   */
  CompletableFuture<O> submit(Order order) {
    Waiting<O> waiting = new Waiting<>(order, new CompletableFuture<>());
    boolean aboard;
    do {
      aboard = boards(waiting);
    } while (!aboard);
    return waiting.answer();
  }

  /** False if the deal's lane had ended. */
  private boolean boards(Waiting<O> waiting) {
    String dealId = waiting.order().dealId();
    Lane<O> lane = lanes.get(dealId);
    if (lane == null) {
      lane = lanes.computeIfAbsent(dealId, id -> shared.lane());
    }
    switch (lane.add(waiting)) {
      case STARTS_CALL -> start(dealId, lane);
      case FILLS -> handOver(dealId, lane);
      case WAITS -> {}
      case REFUSED ->
          waiting.fail(
              new NothingHappenedException(
                  verb
                      + " was not started: "
                      + shared.maxWaiting()
                      + " orders wait already, the limit"));
      case TOO_LATE -> {
        lanes.remove(dealId, lane);
        return false;
      }
    }
    return true;
  }

  /** How many orders of a deal wait for a call or are in one. */
  int aboard(String dealId) {
    Lane<O> lane = lanes.get(dealId);
    return lane == null ? 0 : lane.aboard();
  }

  /** From now on calls leave at once, and those that linger leave now. */
  void hurry() {
    hurries = true;
    lanes.forEach(this::handOver);
  }

  private void start(String dealId, Lane<O> lane) {
    Pace now = hurries || lane.isFull() ? Pace.AT_ONCE : pace;
    now.start(dealId, () -> handOver(dealId, lane));
  }

  private void handOver(String dealId, Lane<O> lane) {
    if (!lane.departs()) {
      return;
    }
    try {
      Batch<O> batch = new Batch<>(shared.maxBatch());
      shared.executor().execute(() -> makeCall(dealId, lane, batch));
    } catch (Throwable e) {
      fail(
          dealId,
          lane,
          new NothingHappenedException(verb + " was not started: no thread for it", e));
    }
  }

  /**
   * What follows a failure may come back with the next order at once: it finds no trace of this.
   */
  private void fail(String dealId, Lane<O> lane, HotDealException cause) {
    List<Waiting<O>> left = lane.end();
    lanes.remove(dealId, lane);
    left.forEach(waiting -> waiting.fail(cause));
  }

  private void makeCall(String dealId, Lane<O> lane, Batch<O> batch) {
    boolean another;
    try {
      another = lane.take(batch);
    } catch (Throwable e) { // out of memory, say: nothing of it was sent
      HotDealException cause = new NothingHappenedException(verb + " was not started", e);
      batch.fail(cause);
      fail(dealId, lane, cause);
      return;
    }
    try {
      if (another) {
        start(dealId, lane);
      }
      run(batch);
    } finally {
      if (lane.over(batch)) {
        start(dealId, lane);
      } else if (lane.ends()) {
        lanes.remove(dealId, lane);
      }
    }
  }

  /** Whatever is thrown, checked exceptions of other languages included, ends every future. */
  private void run(Batch<O> batch) {
    if (batch.size() == 0) {
      return; // they were evicted
    }
    try {
      batch.answer(call.apply(batch.orders()));
    } catch (HotDealException e) {
      batch.fail(e);
    } catch (Throwable e) {
      batch.fail(new OutcomeUnknownException(verb + " broke", e));
    }
  }

  /**
   * Lets go of all who wait: those whose call was not made yet as {@link NothingHappenedException},
   * the others as {@link OutcomeUnknownException}, whatever their call answers later.
   */
  void evict(String why) {
    lanes.values().forEach(lane -> evict(lane.evict(), why));
  }

  /** Lets go of those of a deal whose call was not made yet. */
  void evictUnsent(String dealId, String why) {
    Lane<O> lane = lanes.get(dealId);
    if (lane != null) {
      evict(new Lane.Evicted<>(lane.evict().unsent(), List.of()), why);
    }
  }

  private void evict(Lane.Evicted<O> evicted, String why) {
    evicted
        .unsent()
        .forEach(it -> it.fail(new NothingHappenedException(verb + " was not started: " + why)));
    evicted
        .sent()
        .forEach(it -> it.fail(new OutcomeUnknownException(verb + " is under way: " + why)));
  }

  /** An order and the answer it waits for. */
  record Waiting<O>(Order order, CompletableFuture<O> answer) {

    void fail(HotDealException cause) {
      answer.completeExceptionally(cause);
    }
  }
}
