package io.hotdeal.model;

import io.hotdeal.spi.OrderState;

/** The log's verbs on a {@link State}; each is one durable transaction. */
final class Log {

  private Log() {}

  /** Whether a new row would be refused: closed, or nothing left. */
  static boolean refuses(State state) {
    return state.closed || (state.left <= 0 && !state.model.has(Shortcut.NO_QUANTITY_CHECK));
  }

  /** Writes a new row and takes its unit. */
  static void reserve(State state, int order) {
    state.left--;
    state.row(order, state.model.has(Rule.FREE_OF_CHARGE) ? OrderState.PAID : OrderState.RESERVED);
  }

  /** RESERVED becomes PAID, unless the log refuses that. */
  static OrderState confirm(State state, int order) {
    return state.model.has(Rule.REFUSES_PAID) ? state.row(order) : accept(state, order);
  }

  /** RESERVED becomes PAID. */
  static OrderState accept(State state, int order) {
    if (state.isRow(order, OrderState.RESERVED)) {
      state.row(order, OrderState.PAID);
    }
    return state.row(order);
  }

  /** RESERVED becomes CANCELLED and gives its unit back; a missing row becomes a tombstone. */
  static OrderState cancel(State state, int order) {
    switch (state.row(order)) {
      case RESERVED -> {
        state.left++;
        state.row(order, OrderState.CANCELLED);
      }
      case ABSENT -> state.row(order, OrderState.CANCELLED);
      case PAID, CANCELLED, HELD, EXPIRED, RETURNING, RETURNED -> {}
    }
    return state.row(order);
  }

  static boolean isPurgeable(State state) {
    boolean any = false;
    for (int order = 0; order < state.orders(); order++) {
      if (state.isRow(order, OrderState.RESERVED)) {
        return false;
      }
      any |= state.isRow(order, OrderState.CANCELLED);
    }
    return any && (state.closed || state.model.has(Shortcut.PURGE_WHILE_OPEN));
  }

  static void purge(State state) {
    for (int order = 0; order < state.orders(); order++) {
      if (state.isRow(order, OrderState.CANCELLED)) {
        state.row(order, OrderState.ABSENT);
      }
    }
  }
}
