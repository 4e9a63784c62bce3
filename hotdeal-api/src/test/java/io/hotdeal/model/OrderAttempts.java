package io.hotdeal.model;

import io.hotdeal.spi.OrderState;

/**
 * The order flow of HotDeal, as in {@code io.hotdeal.internal.order.OrderFlow}: what one attempt
 * does next.
 *
 * <p>Each call takes effect and is answered in one step. That covers what a network can do: a call
 * that takes effect late is an attempt that pauses before it; a lost reply is an attempt that
 * pauses after it, or that repeats the call and gets the same answer. Only if the attempt continues
 * without the answer is there a separate step, see {@link Surroundings}.
 */
final class OrderAttempts {

  private final Moves moves;

  OrderAttempts(Moves moves) {
    this.moves = moves;
  }

  void moves(State from, int order, int attempt) {
    switch (from.stage(order, attempt)) {
      case IDLE -> claim(from, order);
      case RESERVE -> reserve(from, order);
      case SELECT -> select(from, order);
      case CHARGE -> charge(from, order);
      case CONFIRM -> confirm(from, order);
      case CANCEL, CANCEL_CHARGED, CANCEL_REJECTED, CANCEL_REFUNDED ->
          cancel(from.stage(order, attempt), order);
      case VOID -> endCharge(from, order);
      case VOID_REJECTED -> endChargeOfRejected(from, order);
      case REFUND_UNPAID -> refund(order, Stage.CANCEL_REFUNDED);
      case REFUND -> refund(order, Stage.RELEASE);
      case REFUND_REFUSED -> refund(order, Stage.REFUSED);
      case RELEASE -> release(order, Step.RELEASED, Stage.DECLINED);
      case RELEASE_REFUSED -> release(order, Step.RELEASED, Stage.REFUSED);
      case RELEASE_FIRST -> release(order, Step.RELEASED_FIRST, Stage.CANCEL);
      case SETTLE -> {
        Counter.settle(moves.next(), order);
        moves.made(Step.SETTLED, Stage.PLACED);
      }
      case COUNTER_REFUSED, REFUSED, FAILED, PLACED, DECLINED -> {}
    }
  }

  /**
   * An attempt waits for a deal that the counter does not know, see {@link Reconcilers}, or
   * bypasses the counter.
   */
  private void claim(State from, int order) {
    Stage onwards = from.model.has(Shortcut.CHARGE_BEFORE_RESERVE) ? Stage.CHARGE : Stage.RESERVE;
    boolean bypasses = from.model.has(Rule.BYPASSES_COUNTER);
    if (from.known) {
      if (Counter.claim(moves.next(), order)) {
        moves.made(Step.CLAIMED, onwards);
      } else {
        moves.made(Step.COUNTER_REFUSED, Stage.COUNTER_REFUSED);
        if (bypasses) {
          moves.next();
          moves.made(Step.RETRY_GOES_ON, onwards);
        }
      }
    }
    if (bypasses) {
      moves.next();
      moves.made(Step.BYPASSED, onwards);
    }
  }

  private void reserve(State from, int order) {
    State next = moves.next();
    switch (from.row(order)) {
      case RESERVED -> moves.made(Step.FOUND_RESERVED, afterReserve(from));
      case PAID -> moves.made(Step.FOUND_PAID, Stage.SETTLE);
      case CANCELLED -> moves.made(Step.FOUND_CANCELLED, Stage.VOID);
      case HELD, EXPIRED, RETURNING, RETURNED ->
          throw new IllegalStateException("this model holds no orders");
      case ABSENT -> {
        if (Log.refuses(from)) {
          boolean paid = from.model.has(Shortcut.CHARGE_BEFORE_RESERVE);
          moves.made(Step.RESERVE_REFUSED, paid ? Stage.REFUND_REFUSED : Stage.RELEASE_REFUSED);
        } else {
          Log.reserve(next, order);
          if (from.model.has(Rule.FREE_OF_CHARGE)) {
            moves.made(Step.RESERVED_AND_SOLD, Stage.SETTLE);
          } else {
            moves.made(Step.RESERVED, afterReserve(from));
          }
        }
        if (from.model.has(Rule.REJECTS_ROWS)) {
          moves.next();
          moves.made(Step.RESERVE_REJECTED, afterRejection(from));
        }
      }
    }
    if (from.model.has(Shortcut.SELECT_INSTEAD_OF_CANCEL)) {
      moves.next();
      moves.made(Step.RESERVE_UNKNOWN, Stage.SELECT);
    }
  }

  private static Stage afterReserve(State from) {
    return from.model.has(Shortcut.CHARGE_BEFORE_RESERVE) ? Stage.CONFIRM : Stage.CHARGE;
  }

  /** Voids first, so that a CANCELLED row never hides the charge of another attempt. */
  private static Stage afterRejection(State from) {
    boolean nothingToVoid =
        from.model.has(Rule.FREE_OF_CHARGE) || from.model.has(Shortcut.CANCEL_REJECTED_UNVOIDED);
    return nothingToVoid ? Stage.CANCEL_REJECTED : Stage.VOID_REJECTED;
  }

  private void select(State from, int order) {
    moves.next();
    if (from.isRow(order, OrderState.ABSENT)) {
      moves.made(Step.LOOKED_AND_REFUSED, Stage.RELEASE);
    } else {
      moves.made(Step.LOOKED_AND_FOUND, Stage.RESERVE);
    }
  }

  /** The gateway decides freely, but once. An unknown charge is repeated, or the attempt ends. */
  private void charge(State from, int order) {
    Money standing = from.money(order);
    if (standing == Money.UNDECIDED || standing.saysCharged()) {
      take(from, order);
      boolean early = from.model.has(Shortcut.CHARGE_BEFORE_RESERVE);
      moves.made(Step.CHARGED, early ? Stage.RESERVE : Stage.CONFIRM);
      if (from.model.has(Shortcut.REFUSE_WITHOUT_CANCEL)) {
        take(from, order);
        moves.made(Step.CHARGE_UNANSWERED, Stage.RELEASE);
      }
    }
    if (standing == Money.UNDECIDED || standing == Money.NEVER) {
      moves.next().money(order, Money.NEVER);
      boolean hasty = from.model.has(Shortcut.RELEASE_BEFORE_CANCEL);
      moves.made(Step.CHARGE_DECLINED, hasty ? Stage.RELEASE_FIRST : Stage.CANCEL);
    }
  }

  private void take(State from, int order) {
    State next = moves.next();
    if (from.money(order) == Money.UNDECIDED) {
      next.money(order, Money.CHARGED);
    }
  }

  private void confirm(State from, int order) {
    switch (Log.confirm(moves.next(), order)) {
      case PAID -> moves.made(Step.CONFIRMED, Stage.SETTLE);
      case RESERVED -> moves.made(Step.CONFIRM_REFUSED, afterRefusal(from));
      default -> moves.made(Step.CONFIRM_FAILED, Stage.CANCEL_CHARGED);
    }
    if (from.model.has(Rule.ACCEPTS_PAID_LATER)
        && Log.accept(moves.next(), order) == OrderState.PAID) {
      moves.made(Step.CONFIRMED, Stage.SETTLE);
    }
  }

  /** Refunds first, so that a CANCELLED row never hides a charge. */
  private static Stage afterRefusal(State from) {
    return from.model.has(Shortcut.CANCEL_BEFORE_REFUND)
        ? Stage.CANCEL_CHARGED
        : Stage.REFUND_UNPAID;
  }

  /** Cancels in the log first; if another attempt was paid meanwhile, returns its result. */
  private void cancel(Stage stage, int order) {
    if (Log.cancel(moves.next(), order) == OrderState.PAID) {
      moves.made(Step.CANCEL_FOUND_PAID, Stage.RESERVE);
    } else {
      moves.made(Step.CANCELLED, stage == Stage.CANCEL_CHARGED ? Stage.REFUND : Stage.RELEASE);
    }
  }

  private void endCharge(State from, int order) {
    State next = moves.next();
    if (from.money(order).saysCharged()) {
      moves.made(Step.VOID_FOUND_CHARGED, Stage.REFUND);
    } else {
      if (!from.model.has(Rule.FREE_OF_CHARGE)) {
        next.money(order, Money.NEVER);
      }
      moves.made(Step.VOIDED, Stage.RELEASE);
    }
  }

  private void endChargeOfRejected(State from, int order) {
    State next = moves.next();
    if (from.money(order).saysCharged()) {
      moves.made(Step.LEFT_ALONE, Stage.FAILED);
    } else {
      next.money(order, Money.NEVER);
      moves.made(Step.VOIDED, Stage.CANCEL_REJECTED);
    }
  }

  private void refund(int order, Stage onwards) {
    State next = moves.next();
    if (next.money(order) == Money.CHARGED) {
      next.money(order, Money.REFUNDED);
    }
    moves.made(Step.REFUNDED, onwards);
  }

  private void release(int order, Step step, Stage onwards) {
    Counter.release(moves.next(), order);
    moves.made(step, onwards);
  }
}
