package io.hotdeal.model;

/**
 * The stage of an attempt: the call that it makes next, or how it ended.
 *
 * <p>A crashed attempt stays in its stage for ever. An attempt that knows the result has returned
 * it to the buyer; what follows, a settle or release, may be lost.
 */
enum Stage {
  IDLE("has not begun"),
  RESERVE("is about to reserve"),
  CHARGE("is about to charge"),
  CONFIRM("is about to confirm"),
  CANCEL("is about to cancel, its payment declined"),
  CANCEL_CHARGED("is about to cancel, its payment taken"),
  REFUND_UNPAID("is about to refund, the log having refused PAID"),
  CANCEL_REFUNDED("is about to cancel, its payment refunded"),
  VOID_REJECTED("is about to void its payment, its row rejected"),
  CANCEL_REJECTED("is about to cancel, its row rejected"),
  VOID("is about to void the payment of a cancelled order"),
  REFUND("is about to refund"),
  RELEASE("told Declined, is about to release"),
  RELEASE_REFUSED("was refused by the log, is about to release"),
  SETTLE("told Placed, is about to settle"),
  COUNTER_REFUSED("was refused by the counter"),
  REFUSED("was refused by the log"),
  FAILED("failed"),
  PLACED("ended: told Placed"),
  DECLINED("ended: told Declined"),
  /** Only with {@link Shortcut#RELEASE_BEFORE_CANCEL}. */
  RELEASE_FIRST("is about to release, not yet cancelled"),
  /** Only with {@link Shortcut#SELECT_INSTEAD_OF_CANCEL}. */
  SELECT("is about to look for its row"),
  /** Only with {@link Shortcut#CHARGE_BEFORE_RESERVE}. */
  REFUND_REFUSED("is about to refund, its reservation refused");

  static final Stage[] ALL = values();

  final String words;

  Stage(String words) {
    this.words = words;
  }

  boolean toldPlaced() {
    return this == SETTLE || this == PLACED;
  }

  boolean toldDeclined() {
    return this == RELEASE || this == DECLINED;
  }

  boolean hasBegun() {
    return this != IDLE;
  }

  /** Whether a reservation may have been sent, and be under way still. */
  boolean mayHaveReserved() {
    return this != IDLE && this != COUNTER_REFUSED;
  }

  /** Whether it has begun and has more calls to make. */
  boolean isUnderWay() {
    return switch (this) {
      case IDLE, COUNTER_REFUSED, REFUSED, FAILED, PLACED, DECLINED -> false;
      default -> true;
    };
  }
}
