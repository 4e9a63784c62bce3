/** The contract kit: what every {@code StockCounter} and every {@code OrderLog} has to keep. */
package io.hotdeal.contract;
