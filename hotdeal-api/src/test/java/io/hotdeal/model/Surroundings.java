package io.hotdeal.model;

import io.hotdeal.spi.OrderState;

/** The steps from outside: repeated calls, the counter's losses, the end of the sale. */
final class Surroundings {

  private final Moves moves;

  Surroundings(Moves moves) {
    this.moves = moves;
  }

  /**
   * A call that its caller no longer waits for, or that a driver or the network sent twice.
   * Charges, confirms, cancels, settles and releases are not repeated here: they act on final
   * decisions, so that a repetition does nothing that some attempt or resolver may not do anyway.
   */
  void repeats(State from, int order) {
    if (!from.model.has(Rule.REPEATS_CALLS)) {
      return;
    }
    if (from.known && from.claim(order) == Claim.NONE && from.remaining > 0) {
      Counter.claim(moves.next(), order);
      moves.made(Step.LATE_CLAIM);
    }
    if (from.isRow(order, OrderState.ABSENT)
        && !Log.refuses(from)
        && from.anyAttempt(order, Stage::mayHaveReserved)) {
      Log.reserve(moves.next(), order);
      moves.made(Step.LATE_RESERVE);
    }
  }

  void moves(State from) {
    lose(from);
    if (from.model.has(Rule.CLOSES) && !from.closed) {
      moves.next().closed = true;
      moves.made(Step.CLOSED);
    }
    if (Log.isPurgeable(from)) {
      Log.purge(moves.next());
      moves.made(Step.PURGED);
    }
  }

  /**
   * A promoted replica is the counter as it was at some earlier instant. So it is enough that it
   * falls behind at any instant, once, and is promoted at any later one.
   */
  private void lose(State from) {
    boolean onlyInPeace = from.model.has(Rule.LOSES_ONLY_WHEN_IDLE);
    if (from.losses > 0 && from.known && (!onlyInPeace || from.isAtPeace())) {
      State next = moves.next();
      next.losses--;
      Counter.wipe(next);
      moves.made(Step.WIPED);
    }
    if (from.losses > 0 && !onlyInPeace) {
      State next = moves.next();
      if (from.lagging) {
        next.losses--;
        Counter.failOver(next);
        moves.made(Step.FAILED_OVER);
      } else {
        Counter.fallBehind(next);
        moves.made(Step.REPLICA_FELL_BEHIND);
      }
    }
  }
}
