/** The contract kit: the tests that every {@code StockCounter} and {@code OrderLog} must pass. */
package io.hotdeal.contract;
