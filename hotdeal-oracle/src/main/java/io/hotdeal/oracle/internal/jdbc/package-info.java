/** Transactions over JDBC: connections, retries and error kinds; knows no order and no deal. */
@NullMarked
package io.hotdeal.oracle.internal.jdbc;

import org.jspecify.annotations.NullMarked;
