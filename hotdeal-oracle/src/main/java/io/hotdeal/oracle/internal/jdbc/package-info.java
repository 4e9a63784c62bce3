/** JDBC transactions: connections, retries and error kinds. Independent of orders and deals. */
@NullMarked
package io.hotdeal.oracle.internal.jdbc;

import org.jspecify.annotations.NullMarked;
