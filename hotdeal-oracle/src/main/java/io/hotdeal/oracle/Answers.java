package io.hotdeal.oracle;

import io.hotdeal.Refusal;

/** A port's own words for what becomes of an order. {@code left} is what is left behind it. */
interface Answers<R> {

  R taken(long left);

  /** The order is there already, with the same content. */
  R known(String status, long left);

  R refused(Refusal refusal);
}
