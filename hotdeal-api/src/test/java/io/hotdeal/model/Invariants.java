package io.hotdeal.model;

import io.hotdeal.spi.OrderState;
import org.jspecify.annotations.Nullable;

/** What must hold in every state, whatever has crashed before. */
final class Invariants {

  private Invariants() {}

  /** What does not hold, or null. */
  static @Nullable String broken(State state) {
    int sold = 0;
    for (int order = 0; order < state.orders(); order++) {
      OrderState row = state.row(order);
      if (row == OrderState.RESERVED || row == OrderState.PAID) {
        sold++;
      }
      String broken = broken(state, order, row);
      if (broken != null) {
        return "order " + History.name(order) + broken;
      }
    }
    if (sold > state.model.units()) {
      return sold + " units are sold of " + state.model.units();
    }
    if (state.left + sold != state.model.units()) {
      return "the log has " + state.left + " left and " + sold + " sold of " + state.model.units();
    }
    return null;
  }

  private static @Nullable String broken(State state, int order, OrderState row) {
    boolean placed = state.anyAttempt(order, Stage::toldPlaced);
    boolean declined = state.anyAttempt(order, Stage::toldDeclined);
    if (placed && row != OrderState.PAID) {
      return " was told Placed, and its row is " + row;
    }
    if (placed && declined) {
      return " was told Placed and Declined";
    }
    if (declined && row == OrderState.PAID) {
      return " was told Declined, and is PAID";
    }
    if (row == OrderState.PAID
        && state.money(order) != Money.CHARGED
        && !state.model.has(Rule.FREE_OF_CHARGE)) {
      return " is PAID, and its money is " + state.money(order);
    }
    return null;
  }
}
