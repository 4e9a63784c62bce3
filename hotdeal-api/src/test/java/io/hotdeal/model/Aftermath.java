package io.hotdeal.model;

import io.hotdeal.spi.OrderState;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What must hold once the faults are over: every attempt has crashed where it stands, resolvers
 * have finished what they can see, and the counter is reconciled.
 *
 * <p>Checked behind every state, so behind every crash at every step. Resolvers see what their
 * stores show them, held claims and RESERVED rows, and nothing else.
 *
 * <p>A reconcile that nobody disturbs makes the counter right whatever was wrong with it, so with
 * it the counter's part shows little. Where a model is {@link Rule#EXACT_WITHOUT_RECONCILE}, the
 * resolvers alone must leave it right, and the reconciles that came in between must not have hurt.
 */
final class Aftermath {

  private static final int MOST_STEPS = 10;

  private final State state;

  Aftermath(Model model) {
    this.state = new State(model);
  }

  /** What does not hold, or null. */
  @Nullable String broken(State start, ObjIntConsumer<Step> witness) {
    state.copy(start);
    for (int order = 0; order < state.orders(); order++) {
      for (int steps = 0; isInSight(order); steps++) {
        Step step = Resolvers.step(state, order);
        if (step == null || steps == MOST_STEPS) {
          return "order " + History.name(order) + " is never finished";
        }
        witness.accept(step, order);
      }
    }
    if (!state.model.has(Rule.EXACT_WITHOUT_RECONCILE)) {
      reconcile();
    }
    return broken();
  }

  private boolean isInSight(int order) {
    return state.isRow(order, OrderState.RESERVED) || (state.known && state.isHeld(order));
  }

  /** With no claim held, what the log has left is right. */
  private void reconcile() {
    Counter.create(state, state.left);
    Counter.correct(state, state.left);
  }

  private @Nullable String broken() {
    for (int order = 0; order < state.orders(); order++) {
      if (state.money(order) == Money.CHARGED && !state.isRow(order, OrderState.PAID)) {
        return "order "
            + History.name(order)
            + " is charged, its row is "
            + state.row(order)
            + ", and nobody will ever look at it";
      }
    }
    if (state.known && state.remaining != state.left) {
      return "the counter offers " + state.remaining + ", the log has " + state.left + " left";
    }
    return Invariants.broken(state);
  }

  State end() {
    return state;
  }
}
