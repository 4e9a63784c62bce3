package io.hotdeal.oracle;

import io.hotdeal.NothingHappenedException;
import java.sql.SQLException;

/** The database refused a row; the transaction is rolled back and its connection is well. */
final class Violation extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean duplicate;

  Violation(SQLException cause) {
    super(cause);
    this.duplicate = OracleErrors.of(cause) == OracleErrors.DUPLICATE;
  }

  boolean isDuplicate() {
    return duplicate;
  }

  NothingHappenedException asNothingHappened() {
    return new NothingHappenedException("the database refused the row", getCause());
  }
}
