package io.hotdeal.oracle.internal.store;

import io.hotdeal.Sale;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What is written in a transaction that sells orders, beside hotdeal's own rows. */
@FunctionalInterface
public interface SaleHook {

  /** Writes nothing. */
  SaleHook NONE = (connection, sold) -> {};

  /**
   * Writes it.
   *
   * @param sold at least one, all of one deal
   */
  void write(Connection connection, List<Sale> sold) throws SQLException;
}
