package io.hotdeal.oracle;

/** A port's own words for what may become of an order. {@code left} is what is left behind it. */
interface Answers<R> {

  R taken(long left);

  /** The order is there already, with the same content. */
  R known(String status, long left);

  R conflict();

  R soldOut(long left);

  R limitReached(long limit);

  R notYetOpen();

  R closed();

  R unknownDeal();
}
