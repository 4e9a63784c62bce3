package io.hotdeal.internal.engine;

import io.hotdeal.HotDealException;
import io.hotdeal.HotDealListener.OrderCompleted;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.order.OrderFlow;
import io.hotdeal.internal.resilience.Bulkhead;
import io.hotdeal.internal.resilience.Failures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The entry point of orders: starts as many as the bulkhead allows, and waits for their results.
 * Thread-safe.
 */
public final class OrderIntake {

  private final OrderFlow flow;
  private final Bulkhead bulkhead;
  private final Duration timeout;
  private final EventPublisher events;
  private final boolean observed;

  OrderIntake(OrderFlow flow, Bulkhead bulkhead, Duration timeout, EventPublisher events) {
    this.flow = flow;
    this.bulkhead = bulkhead;
    this.timeout = timeout;
    this.events = events;
    this.observed = events.isObserved();
  }

  /** Places an order and waits for its result. */
  public OrderResult place(Order order) {
    OrderResult cached = fromCache(order);
    return cached != null ? cached : await(order, start(order));
  }

  /** Places an order without blocking. */
  public CompletableFuture<OrderResult> placeAsync(Order order) {
    OrderResult cached = fromCache(order);
    return cached != null ? CompletableFuture.completedFuture(cached) : start(order);
  }

  /**
   * The cached refusal, or null. Most first attempts of a sold-out deal end here, so this takes no
   * permit and allocates nothing, unless there is a listener.
   */
  private @Nullable OrderResult fromCache(Order order) {
    OrderResult cached = bulkhead.isClosed() ? null : flow.fromCache(order);
    if (observed && cached != null) {
      publish(new OrderCompleted(order, cached, null, Duration.ZERO));
    }
    return cached;
  }

  private CompletableFuture<OrderResult> start(Order order) {
    return observed ? startObserved(order) : bulkhead.start(() -> flow.run(order));
  }

  private CompletableFuture<OrderResult> startObserved(Order order) {
    long start = System.nanoTime();
    CompletableFuture<OrderResult> answer = new CompletableFuture<>();
    var unused =
        bulkhead
            .start(() -> flow.run(order))
            .whenComplete(
                (result, broken) -> {
                  HotDealException failure = broken == null ? null : Failures.of(broken);
                  Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
                  publish(new OrderCompleted(order, result, failure, elapsed));
                  if (failure == null) {
                    answer.complete(result);
                  } else {
                    answer.completeExceptionally(failure);
                  }
                });
    return answer;
  }

  private void publish(OrderCompleted event) {
    events.publish(listener -> listener.orderCompleted(event));
  }

  private OrderResult await(Order order, CompletableFuture<OrderResult> result) {
    try {
      return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw Failures.of(e);
    } catch (TimeoutException e) {
      throw new OutcomeUnknownException(
          "no result of order " + order.id() + " within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutcomeUnknownException("interrupted while waiting for order " + order.id(), e);
    }
  }

  /**
   * Accepts no more orders, waits for those under way, and fails the rest with {@link
   * OutcomeUnknownException}.
   *
   * @param end when to stop waiting, as {@link System#nanoTime}
   */
  void close(long end) {
    bulkhead.close(
        end, () -> new OutcomeUnknownException("closed before the order had its result"));
  }
}
