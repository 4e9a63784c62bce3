package io.hotdeal.model;

import io.hotdeal.spi.OrderState;
import org.jspecify.annotations.Nullable;

/**
 * Any number of resolvers, at any time, each as in {@code io.hotdeal.internal.order.OrderRecovery}.
 *
 * <p>A resolver remembers between its steps only what never changes again: that the row is PAID or
 * CANCELLED, what the gateway decided, that it once saw a claim or a row. So it needs no state of
 * its own, and every step of every resolver, however long ago it began and whether or not the
 * others crashed, is: what {@link #step} does now.
 */
final class Resolvers {

  private final Moves moves;

  Resolvers(Moves moves) {
    this.moves = moves;
  }

  /**
   * @param order has begun: its claim may have been seen, even if the counter lost it since
   */
  void moves(State from, int order) {
    State next = moves.next();
    if (from.known && from.isHeld(order) && isHasty(from, order)) {
      Counter.release(next, order);
      moves.made(Step.RESOLVER_RELEASED_FIRST);
      next = moves.next();
    }
    Step step = step(next, order);
    if (step != null) {
      moves.made(step);
    }
  }

  /** The shortcuts of a resolver: it releases a claim without a tombstone. */
  private static boolean isHasty(State from, int order) {
    return from.isRow(order, OrderState.ABSENT)
        && (from.model.has(Shortcut.RELEASE_BEFORE_CANCEL)
            || (from.model.has(Shortcut.SELECT_INSTEAD_OF_CANCEL)
                && from.money(order) == Money.NEVER));
  }

  /** Makes the one step that is due for an order; null if there is none. */
  static @Nullable Step step(State state, int order) {
    return switch (state.row(order)) {
      case PAID -> settle(state, order);
      case CANCELLED -> giveBack(state, order);
      case RESERVED, ABSENT ->
          state.model.has(Rule.FREE_OF_CHARGE) ? cancel(state, order) : decide(state, order);
      case HELD, EXPIRED, RETURNING, RETURNED ->
          throw new IllegalStateException("this model neither holds nor returns orders");
    };
  }

  private static @Nullable Step settle(State state, int order) {
    if (!state.known || state.claim(order) == Claim.SETTLED) {
      return null;
    }
    Counter.settle(state, order);
    return Step.RESOLVER_SETTLED;
  }

  /** Voids first, so that a CANCELLED row never hides a charge. */
  private static @Nullable Step decide(State state, int order) {
    return switch (state.money(order)) {
      case UNDECIDED -> endCharge(state, order);
      case NEVER -> cancel(state, order);
      case CHARGED, REFUNDED -> {
        if (state.isRow(order, OrderState.RESERVED)) {
          yield Log.confirm(state, order) == OrderState.PAID
              ? Step.RESOLVER_CONFIRMED
              : refuse(state, order);
        }
        yield state.isHeld(order) ? cancel(state, order) : null;
      }
    };
  }

  /** The log has refused PAID for a charged order. */
  private static Step refuse(State state, int order) {
    if (state.money(order) == Money.REFUNDED || state.model.has(Shortcut.CANCEL_BEFORE_REFUND)) {
      return cancel(state, order);
    }
    state.money(order, Money.REFUNDED);
    return Step.RESOLVER_REFUNDED;
  }

  private static Step endCharge(State state, int order) {
    state.money(order, Money.NEVER);
    return Step.RESOLVER_VOIDED;
  }

  private static Step cancel(State state, int order) {
    Log.cancel(state, order);
    return Step.RESOLVER_CANCELLED;
  }

  /** Handles a cancelled order, but only if its claim is held. */
  private static @Nullable Step giveBack(State state, int order) {
    if (!state.isHeld(order)) {
      return null;
    }
    if (!state.model.has(Rule.FREE_OF_CHARGE)) {
      switch (state.money(order)) {
        case UNDECIDED -> {
          return endCharge(state, order);
        }
        case CHARGED -> {
          state.money(order, Money.REFUNDED);
          return Step.RESOLVER_REFUNDED;
        }
        case NEVER, REFUNDED -> {}
      }
    }
    Counter.release(state, order);
    return Step.RESOLVER_RELEASED;
  }
}
