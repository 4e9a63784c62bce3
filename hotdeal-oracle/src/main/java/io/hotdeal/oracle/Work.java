package io.hotdeal.oracle;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What one transaction does, up to its commit.
 *
 * <p>It may be done again, on another connection, so it keeps its state in the database only. It
 * may roll back and go on by itself; it never commits.
 */
@FunctionalInterface
interface Work<T> {

  T on(Connection connection) throws SQLException;
}
