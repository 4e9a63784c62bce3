package io.hotdeal.oracle;

import io.hotdeal.Sale;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes an application's own rows in the transaction that sells orders, see {@link
 * OracleOrderLog#alongside}: what was sold and what was granted for it are committed together, or
 * neither is.
 *
 * <p>Called once per batch of one deal, on the thread that runs the transaction, by whatever sells:
 * an order, a confirm or the resolver. It is called again, on a new transaction, where the first
 * was rolled back, but never for an order whose sale is committed. Calls for different batches run
 * concurrently.
 *
 * <p>Keep it short, because the batch's rows are locked meanwhile (the deal's row is not, which is
 * locked after it): one JDBC batch of inserts is meant.
 */
@FunctionalInterface
public interface SoldRows {

  /**
   * Writes the rows.
   *
   * @param connection the open transaction; it cannot be committed, rolled back or closed here
   * @param sold at least one, all of one deal, sorted by order id
   * @throws SQLException if it fails. If a row is refused, by a constraint for example, or if this
   *     throws a {@link RuntimeException} that wraps no SQLException, the batch is split and
   *     retried until the orders are known whose rows fail. Those orders are not sold: their
   *     payments are refunded. Any other failure fails the whole batch, without an effect
   */
  void write(Connection connection, List<Sale> sold) throws SQLException;
}
