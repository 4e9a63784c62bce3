package io.hotdeal.oracle.internal.store;

import io.hotdeal.Refusal;

/** A factory for the results of a port. {@code left} is the units left after the order. */
interface ResultFactory<R> {

  R taken(long left);

  /** The result for an order that has a row already, with the same content. */
  R known(String status, long left);

  R refused(Refusal refusal);
}
