package io.hotdeal.oracle.internal.jdbc;

import io.hotdeal.NothingHappenedException;
import java.sql.SQLException;

/** The database's refusal of a row: the transaction is rolled back, the connection is usable. */
public final class ConstraintViolation extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean duplicate;

  public ConstraintViolation(SQLException cause) {
    super(cause);
    this.duplicate = SqlErrorKind.of(cause) == SqlErrorKind.DUPLICATE;
  }

  public boolean isDuplicate() {
    return duplicate;
  }

  public NothingHappenedException asNothingHappened() {
    return new NothingHappenedException("the database refused the row", getCause());
  }
}
