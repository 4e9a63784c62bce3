package io.hotdeal.model;

import io.hotdeal.spi.OrderState;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The final state after the faults, and what must hold in it: every attempt has crashed at its
 * current stage, resolvers have completed all orders that they can see, and the counter is
 * reconciled.
 *
 * <p>Checked after every state, and so after a crash at every step. Resolvers see held claims and
 * RESERVED rows only.
 *
 * <p>An undisturbed reconciliation corrects any count, and so hides errors of the counter. In a
 * model with {@link Rule#EXACT_WITHOUT_RECONCILE}, the resolvers alone must leave the count right,
 * and earlier reconciliations must not have made it wrong.
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

  /** Sets the counter to the units left in the log, which is right because no claim is held. */
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
