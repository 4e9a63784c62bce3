package io.hotdeal.oracle.internal.store;

import io.hotdeal.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A factory for the results of a port. {@code left} is the units left after the order. */
interface ResultFactory<R> {

  R taken(NewRow row, long left);

  /**
   * The result for an order that has a row already, with the same content.
   *
   * @param until the row's deadline, if it has one
   */
  R known(String status, @Nullable Instant until, long left);

  R refused(Refusal refusal);
}
