package io.hotdeal.model;

import io.hotdeal.model.State.Reconciling;
import io.hotdeal.spi.OrderState;

/**
 * A reconciler, as in {@code io.hotdeal.Reconciler}, and a restorer of a deal that the counter
 * lost. Both may stop at any step and start again at any time; there is one of each at a time.
 *
 * <p>The log is read in one step: the rows before and after what is left are the same, and no row
 * ever returns to a former state, so that together they are one snapshot.
 */
final class Reconcilers {

  private final Moves moves;

  Reconcilers(Moves moves) {
    this.moves = moves;
  }

  void moves(State from) {
    if (from.known) {
      readVersion();
      if (from.reconciling == Reconciling.KNOWS_VERSION) {
        readClaims();
      }
    } else {
      readLeft();
    }
    if (from.reconciling == Reconciling.KNOWS_CLAIMS) {
      readLog();
    }
    if (from.reconciling == Reconciling.KNOWS_TARGET && from.versionStands) {
      correct();
    }
    if (from.restorer != State.NO_RESTORER) {
      create(from);
    }
  }

  private void readVersion() {
    State next = moves.next();
    drop(next);
    next.reconciling = Reconciling.KNOWS_VERSION;
    next.versionStands = true;
    moves.made(Step.RECONCILER_READ_VERSION);
  }

  private void readClaims() {
    State next = moves.next();
    next.reconciling = Reconciling.KNOWS_CLAIMS;
    for (int order = 0; order < next.orders(); order++) {
      next.seenHeld(order, next.isHeld(order));
    }
    moves.made(Step.RECONCILER_READ_CLAIMS);
  }

  private void readLog() {
    State next = moves.next();
    int withoutRow = 0;
    for (int order = 0; order < next.orders(); order++) {
      OrderState row = next.row(order);
      if (next.seenHeld(order) && (row == OrderState.ABSENT || row == OrderState.CANCELLED)) {
        withoutRow++;
      }
      next.seenHeld(order, false);
    }
    next.target = Math.max(0, next.left - withoutRow);
    next.reconciling = Reconciling.KNOWS_TARGET;
    moves.made(Step.RECONCILER_READ_LOG);
  }

  private void correct() {
    State next = moves.next();
    Counter.correct(next, next.target);
    drop(next);
    moves.made(Step.RECONCILER_CORRECTED);
  }

  private void readLeft() {
    State next = moves.next();
    boolean constant = next.model.has(Shortcut.SEED_FROM_CONSTANT);
    next.restorer = constant ? next.model.units() : Math.max(0, next.left);
    moves.made(Step.RESTORER_READ_LOG);
  }

  private void create(State from) {
    State next = moves.next();
    Counter.create(next, from.restorer);
    next.restorer = State.NO_RESTORER;
    moves.made(Step.RESTORER_CREATED);
  }

  /**
   * Drops a reconciler whose version exists neither at the counter nor at its replica, and a
   * restorer of a deal that can no longer be lost: they cannot change anything any more.
   */
  static void forgetWhatCannotSucceed(State state) {
    if (state.reconciling != Reconciling.NOT
        && !state.versionStands
        && !state.versionStandsAtReplica) {
      drop(state);
    }
    if (state.restorer != State.NO_RESTORER && state.known && state.losses == 0) {
      state.restorer = State.NO_RESTORER;
    }
  }

  private static void drop(State state) {
    state.reconciling = Reconciling.NOT;
    state.versionStands = false;
    state.versionStandsAtReplica = false;
    state.target = 0;
    for (int order = 0; order < state.orders(); order++) {
      state.seenHeld(order, false);
    }
  }
}
