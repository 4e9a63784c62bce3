package io.hotdeal.spi;

/**
 * An order's row after a call, and what its deal has left.
 *
 * @param row the row as it is now
 * @param before its state before this call
 * @param remaining units left in the log; may be out of date when it is read
 */
public record OrderSnapshot(OrderRecord row, OrderState before, long remaining) {}
