package io.hotdeal.internal.engine;

import io.hotdeal.HotDealException;
import io.hotdeal.HotDealListener.HoldCompleted;
import io.hotdeal.HotDealListener.HoldVerb;
import io.hotdeal.HotDealListener.OrderCompleted;
import io.hotdeal.Order;
import io.hotdeal.OrderKey;
import io.hotdeal.OrderResult;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.order.HoldFlow;
import io.hotdeal.internal.order.OrderFlow;
import io.hotdeal.internal.order.OrderFlows;
import io.hotdeal.internal.order.ReturnFlow;
import io.hotdeal.internal.resilience.Bulkhead;
import io.hotdeal.internal.resilience.Failures;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderReturn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The entry point of orders, and of the steps of held ones: starts as many as the bulkhead allows,
 * and waits for their results. Thread-safe.
 */
public final class OrderIntake {

  /** Is told the result or the failure of a task, and how long it took. */
  @FunctionalInterface
  private interface Observer {
    void completed(
        @Nullable OrderResult result, @Nullable HotDealException failure, Duration elapsed);
  }

  private final OrderFlow flow;
  private final HoldFlow holds;
  private final ReturnFlow returns;
  private final Bulkhead bulkhead;
  private final Duration timeout;
  private final EventPublisher events;

  OrderIntake(OrderFlows flows, Bulkhead bulkhead, Duration timeout, EventPublisher events) {
    this.flow = flows.orders();
    this.holds = flows.holds();
    this.returns = flows.returns();
    this.bulkhead = bulkhead;
    this.timeout = timeout;
    this.events = events;
  }

  // orders

  /** Places or holds an order and waits for its result. */
  public OrderResult place(Order order) {
    OrderResult cached = fromCache(order);
    return cached != null ? cached : await(order, start(order));
  }

  /** Places or holds an order without blocking. */
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
    if (events.isObserved() && cached != null) {
      publish(new OrderCompleted(order, cached, null, Duration.ZERO));
    }
    return cached;
  }

  private CompletableFuture<OrderResult> start(Order order) {
    return events.isObserved()
        ? observed(
            () -> flow.run(order),
            (result, failure, elapsed) ->
                publish(new OrderCompleted(order, result, failure, elapsed)))
        : bulkhead.start(() -> flow.run(order));
  }

  private void publish(OrderCompleted event) {
    events.publish(listener -> listener.orderCompleted(event));
  }

  // holds and returns

  /** Moves the deadline of a held order. */
  public CompletableFuture<OrderResult> extend(HoldExtension extension) {
    return start(HoldVerb.EXTEND, extension, () -> holds.extend(extension));
  }

  /** Sells a held order. */
  public CompletableFuture<OrderResult> confirm(HoldPayment payment) {
    return start(HoldVerb.CONFIRM, payment, () -> holds.confirm(payment));
  }

  /** Cancels a held order. */
  public CompletableFuture<OrderResult> cancel(OrderKey order, String reason) {
    return start(HoldVerb.CANCEL, order, () -> holds.cancel(order.dealId(), order.id(), reason));
  }

  /** Gives back a sold order. */
  public CompletableFuture<OrderResult> giveBack(OrderReturn sale) {
    return start(HoldVerb.GIVE_BACK, sale, () -> returns.giveBack(sale));
  }

  private CompletableFuture<OrderResult> start(
      HoldVerb verb, OrderKey order, Supplier<CompletableFuture<OrderResult>> step) {
    return events.isObserved()
        ? observed(
            step,
            (result, failure, elapsed) -> {
              HoldCompleted event =
                  new HoldCompleted(verb, order.dealId(), order.id(), result, failure, elapsed);
              events.publish(listener -> listener.holdCompleted(event));
            })
        : bulkhead.start(step);
  }

  // results

  private CompletableFuture<OrderResult> observed(
      Supplier<CompletableFuture<OrderResult>> task, Observer observer) {
    long start = System.nanoTime();
    CompletableFuture<OrderResult> answer = new CompletableFuture<>();
    var unused =
        bulkhead
            .start(task)
            .whenComplete(
                (result, broken) -> {
                  HotDealException failure = broken == null ? null : Failures.of(broken);
                  Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
                  observer.completed(result, failure, elapsed);
                  if (failure == null) {
                    answer.complete(result);
                  } else {
                    answer.completeExceptionally(failure);
                  }
                });
    return answer;
  }

  /** Waits for the result of an order, or of a step of a held one. */
  public OrderResult await(OrderKey order, CompletableFuture<OrderResult> result) {
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
