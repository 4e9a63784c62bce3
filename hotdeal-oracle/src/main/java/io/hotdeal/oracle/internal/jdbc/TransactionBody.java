package io.hotdeal.oracle.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The statements of one transaction, without its commit.
 *
 * <p>A body may be retried on another connection, so it must be idempotent and keep its results in
 * the database only. It may roll back and continue; it never commits.
 */
@FunctionalInterface
public interface TransactionBody<T> {

  T run(Connection connection) throws SQLException;
}
