package io.hotdeal.model.hold;

import io.hotdeal.spi.OrderState;

/**
 * The state of one held order in the log, at the gateway, and of what was told about it.
 *
 * @param row the state of its row
 * @param paidBy the payment that bought it, or -1
 * @param overdue whether its deadline has passed
 * @param session whether the gateway has taken the payment of the page, voided it, or neither
 * @param payments what became of each payment: the first is that of the page
 * @param told what the buyer, or the payment provider, was told
 */
record HeldOrder(
    OrderState row, int paidBy, boolean overdue, Session session, Payments payments, Told told) {

  static final int PAGE = 0;
  static final int ELSEWHERE = 1;
  static final int PAYMENTS = 2;

  static final HeldOrder NEW =
      new HeldOrder(
          OrderState.ABSENT,
          -1,
          false,
          Session.OPEN,
          new Payments(Payment.NONE, Payment.NONE),
          new Told(0));

  /** The payment page's session at the gateway; its end is final. */
  enum Session {
    OPEN,
    CHARGED,
    VOIDED
  }

  /** One payment. */
  enum Payment {
    NONE,
    MADE,
    REFUNDED
  }

  /** Both payments. */
  record Payments(Payment page, Payment elsewhere) {

    Payment get(int which) {
      return which == PAGE ? page : elsewhere;
    }

    Payments with(int which, Payment state) {
      return which == PAGE ? new Payments(state, elsewhere) : new Payments(page, state);
    }
  }

  /** A set of what was told: that a payment bought the order, was refused, Declined, Returned. */
  record Told(int bits) {

    private static final int DECLINED = 1 << (2 * PAYMENTS);
    private static final int RETURNED = DECLINED << 1;

    boolean placed(int payment) {
      return (bits & (1 << payment)) != 0;
    }

    boolean refused(int payment) {
      return (bits & (1 << (PAYMENTS + payment))) != 0;
    }

    boolean declined() {
      return (bits & DECLINED) != 0;
    }

    boolean returned() {
      return (bits & RETURNED) != 0;
    }

    Told andReturned() {
      return new Told(bits | RETURNED);
    }

    Told andPlaced(int payment) {
      return new Told(bits | (1 << payment));
    }

    Told andRefused(int payment) {
      return new Told(bits | (1 << (PAYMENTS + payment)));
    }

    Told andDeclined() {
      return new Told(bits | DECLINED);
    }
  }

  /** Whether payments are excluded for good: another one has bought it, or none ever will. */
  boolean excludes(int payment) {
    return row == OrderState.CANCELLED || (wasSold() && paidBy != payment);
  }

  /** Whether it is sold, or was and is given back. */
  boolean wasSold() {
    return row == OrderState.PAID || row.isReturn();
  }

  /** Whether the payment that bought it is refunded. */
  boolean isRefunded() {
    return payments.get(paidBy) == Payment.REFUNDED;
  }

  HeldOrder row(OrderState state) {
    return new HeldOrder(state, paidBy, overdue, session, payments, told);
  }

  HeldOrder paid(int payment) {
    return new HeldOrder(OrderState.PAID, payment, overdue, session, payments, told);
  }

  HeldOrder passDeadline() {
    return new HeldOrder(row, paidBy, true, session, payments, told);
  }

  HeldOrder session(Session state) {
    return new HeldOrder(row, paidBy, overdue, state, payments, told);
  }

  HeldOrder payment(int which, Payment state) {
    return new HeldOrder(row, paidBy, overdue, session, payments.with(which, state), told);
  }

  HeldOrder told(Told more) {
    return new HeldOrder(row, paidBy, overdue, session, payments, more);
  }
}
