package io.hotdeal.model.hold;

import static io.hotdeal.model.hold.HeldOrder.ELSEWHERE;
import static io.hotdeal.model.hold.HeldOrder.PAGE;
import static io.hotdeal.model.hold.HeldOrder.PAYMENTS;

import io.hotdeal.model.hold.HeldOrder.Payment;
import io.hotdeal.model.hold.HeldOrder.Session;
import io.hotdeal.spi.OrderState;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The steps that may happen next, as in {@code io.hotdeal.internal.order.HoldFlow}, {@code
 * HoldRecovery}, {@code ReturnFlow} and {@code ReturnRecovery}.
 *
 * <p>Those who report payments, cancel, or resolve remember between their steps only what never
 * changes again: that a row is PAID or CANCELLED, and what the gateway decided. So they need no
 * state of their own: any number of them may be under way, and each may have crashed.
 */
final class HoldMoves {

  private final HoldShortcut shortcut;

  HoldMoves(HoldShortcut shortcut) {
    this.shortcut = shortcut;
  }

  /** Shows every state that one step leads to, with the name of the step. */
  void from(HoldState state, BiConsumer<String, HoldState> next) {
    for (int i = 0; i < state.orders().size(); i++) {
      buyer(state, i, next);
      reports(state, i, next);
      resolver(state, i, next);
      cancels(state, i, next);
      returns(state, i, next);
      completesReturns(state, i, next);
    }
    if (!state.closed()) {
      next.accept("the deal is closed", state.close());
    }
  }

  private static void buyer(HoldState state, int i, BiConsumer<String, HoldState> next) {
    HeldOrder order = state.orders().get(i);
    if (order.row() == OrderState.ABSENT && state.left() > 0 && !state.closed()) {
      next.accept(i + " is held", state.with(i, order.row(OrderState.HELD), -1));
    }
    if (order.row() == OrderState.ABSENT) {
      return;
    }
    if (order.row() == OrderState.HELD && !order.overdue()) {
      next.accept(i + " is overdue", state.with(i, order.passDeadline(), 0));
    }
    if (order.session() == Session.OPEN) {
      HeldOrder paid = order.session(Session.CHARGED).payment(PAGE, Payment.MADE);
      next.accept(i + " is paid on its page", state.with(i, paid, 0));
    }
    if (order.payments().elsewhere() == Payment.NONE) {
      next.accept(
          i + " is paid elsewhere", state.with(i, order.payment(ELSEWHERE, Payment.MADE), 0));
    }
  }

  // reports of payments, by any process, any number of times

  private void reports(HoldState state, int i, BiConsumer<String, HoldState> next) {
    HeldOrder order = state.orders().get(i);
    for (int payment = 0; payment < PAYMENTS; payment++) {
      if (order.payments().get(payment) != Payment.NONE) {
        HoldState confirmed = confirm(state, i, payment);
        if (!confirmed.equals(state)) {
          next.accept(i + " is confirmed by payment " + payment, confirmed);
        }
        HoldState answered = answer(state, i, payment);
        if (answered != null) {
          next.accept(i + " has an answer for payment " + payment, answered);
        }
      }
    }
  }

  private HoldState confirm(HoldState state, int i, int payment) {
    HeldOrder order = state.orders().get(i);
    return switch (order.row()) {
      case HELD -> state.with(i, order.paid(payment), 0);
      case EXPIRED -> confirmExpired(state, i, payment);
      case RETURNED ->
          shortcut == HoldShortcut.RETURNED_IS_SOLD_AGAIN && state.left() > 0
              ? state.with(i, order.paid(payment), -1)
              : state;
      case ABSENT, RESERVED, PAID, CANCELLED, RETURNING -> state;
    };
  }

  private HoldState confirmExpired(HoldState state, int i, int payment) {
    HeldOrder order = state.orders().get(i);
    if (shortcut == HoldShortcut.LATE_WITHOUT_UNITS) {
      return state.with(i, order.paid(payment), 0);
    }
    if (state.left() > 0 && !state.closed()) {
      return state.with(i, order.paid(payment), -1);
    }
    return shortcut == HoldShortcut.REFUND_WITHOUT_CANCEL
        ? state.with(i, order.payment(payment, Payment.REFUNDED), 0)
        : state.with(i, order.row(OrderState.CANCELLED), 0);
  }

  /** The next step after the log's verdict on a payment: refund it, or tell it; null if none. */
  private @Nullable HoldState answer(HoldState state, int i, int payment) {
    HeldOrder order = state.orders().get(i);
    boolean placed = order.row() == OrderState.PAID && order.paidBy() == payment;
    placed |= order.row() == OrderState.PAID && shortcut == HoldShortcut.ANY_PAYMENT_BOUGHT_IT;
    if (placed) {
      return order.told().placed(payment)
          ? null
          : state.with(i, order.told(order.told().andPlaced(payment)), 0);
    }
    if (!order.excludes(payment)) {
      return null;
    }
    if (order.payments().get(payment) == Payment.MADE) {
      boolean wrong =
          shortcut == HoldShortcut.REFUND_THE_ORDER && order.session() == Session.CHARGED;
      return state.with(i, order.payment(wrong ? PAGE : payment, Payment.REFUNDED), 0);
    }
    return order.told().refused(payment)
        ? null
        : state.with(i, order.told(order.told().andRefused(payment)), 0);
  }

  // resolvers

  private void resolver(HoldState state, int i, BiConsumer<String, HoldState> next) {
    HeldOrder order = state.orders().get(i);
    boolean due = order.overdue() || shortcut == HoldShortcut.EXPIRE_EARLY;
    if (order.row() != OrderState.HELD || !due) {
      return;
    }
    switch (order.session()) {
      case OPEN -> {
        if (shortcut == HoldShortcut.EXPIRE_WITHOUT_VOID) {
          next.accept(i + " expires", expire(state, i));
        } else {
          next.accept(
              i + " is voided by a resolver", state.with(i, order.session(Session.VOIDED), 0));
        }
      }
      case VOIDED -> next.accept(i + " expires", expire(state, i));
      case CHARGED ->
          next.accept(
              i + " is found charged by a resolver",
              shortcut == HoldShortcut.EXPIRE_CHARGED ? expire(state, i) : confirm(state, i, PAGE));
    }
  }

  private static HoldState expire(HoldState state, int i) {
    return state.with(i, state.orders().get(i).row(OrderState.EXPIRED), 1);
  }

  // cancels

  private void cancels(HoldState state, int i, BiConsumer<String, HoldState> next) {
    HeldOrder order = state.orders().get(i);
    if (order.row() == OrderState.CANCELLED && !order.told().declined()) {
      next.accept(
          i + " is told Declined", state.with(i, order.told(order.told().andDeclined()), 0));
    }
    if (order.row() != OrderState.HELD && order.row() != OrderState.EXPIRED) {
      return;
    }
    switch (order.session()) {
      case OPEN -> {
        if (shortcut == HoldShortcut.CANCEL_WITHOUT_VOID) {
          next.accept(i + " is cancelled", cancel(state, i));
        } else {
          next.accept(
              i + " is voided by a cancel", state.with(i, order.session(Session.VOIDED), 0));
        }
      }
      case VOIDED -> next.accept(i + " is cancelled", cancel(state, i));
      case CHARGED -> next.accept(i + " is found charged by a cancel", confirm(state, i, PAGE));
    }
  }

  private static HoldState cancel(HoldState state, int i) {
    HeldOrder order = state.orders().get(i);
    int back = order.row() == OrderState.HELD ? 1 : 0;
    return state.with(i, order.row(OrderState.CANCELLED), back);
  }

  // returns

  /** The shop gives back a sold order, as often as it likes. */
  private void returns(HoldState state, int i, BiConsumer<String, HoldState> next) {
    HeldOrder order = state.orders().get(i);
    boolean again = order.row() == OrderState.RETURNED && shortcut == HoldShortcut.RETURN_TWICE;
    if (again) {
      next.accept(i + " is given back again", state.with(i, order.row(OrderState.RETURNING), 1));
    }
    if (order.row() != OrderState.PAID) {
      return;
    }
    if (shortcut == HoldShortcut.REFUND_BEFORE_RETURN && !order.isRefunded()) {
      next.accept(i + " is refunded, and not given back", refundSale(state, i));
    } else {
      OrderState as =
          shortcut == HoldShortcut.RETURN_WITHOUT_REFUND
              ? OrderState.RETURNED
              : OrderState.RETURNING;
      next.accept(i + " is given back", state.with(i, order.row(as), 1));
    }
  }

  /** Whoever gave it back, or a resolver: refunds the payment that bought it, and says so. */
  private static void completesReturns(HoldState state, int i, BiConsumer<String, HoldState> next) {
    HeldOrder order = state.orders().get(i);
    if (order.row() == OrderState.RETURNING) {
      next.accept(
          i + " has a return under way",
          order.isRefunded()
              ? state.with(i, order.row(OrderState.RETURNED), 0)
              : refundSale(state, i));
    } else if (order.row() == OrderState.RETURNED && !order.told().returned()) {
      next.accept(
          i + " is told Returned", state.with(i, order.told(order.told().andReturned()), 0));
    }
  }

  private static HoldState refundSale(HoldState state, int i) {
    HeldOrder order = state.orders().get(i);
    return state.with(i, order.payment(order.paidBy(), Payment.REFUNDED), 0);
  }

  // the end

  /**
   * What becomes of a state once every deadline has passed, resolvers have run, and the payments
   * are reported that have to be.
   *
   * @param pageReported whether payments on the page are reported; if not, only orders without a
   *     second payment may be judged
   */
  HoldState inTheEnd(HoldState start, boolean pageReported) {
    HoldState state = start;
    HoldState before;
    do {
      before = state;
      for (int i = 0; i < state.orders().size(); i++) {
        state = finish(state, i, pageReported);
      }
    } while (!state.equals(before));
    return state;
  }

  private HoldState finish(HoldState start, int i, boolean pageReported) {
    HoldState state = start;
    HeldOrder order = state.orders().get(i);
    if (order.row() == OrderState.HELD && !order.overdue()) {
      return state.with(i, order.passDeadline(), 0);
    }
    HoldState[] resolved = {state};
    resolver(state, i, (step, next) -> resolved[0] = next);
    if (order.row() == OrderState.RETURNING) {
      completesReturns(state, i, (step, next) -> resolved[0] = next);
    }
    state = resolved[0];
    for (int payment = pageReported ? PAGE : ELSEWHERE; payment < PAYMENTS; payment++) {
      if (state.orders().get(i).payments().get(payment) != Payment.NONE) {
        state = confirm(state, i, payment);
        HoldState answered = answer(state, i, payment);
        state = answered == null ? state : answered;
      }
    }
    return state;
  }
}
