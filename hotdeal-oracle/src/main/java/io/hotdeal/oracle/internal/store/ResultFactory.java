package io.hotdeal.oracle.internal.store;

import io.hotdeal.Refusal;

/** Creates a port's results. {@code left} is how many units are left after the order. */
interface ResultFactory<R> {

  R taken(long left);

  /** The order is there already, with the same content. */
  R known(String status, long left);

  R refused(Refusal refusal);
}
