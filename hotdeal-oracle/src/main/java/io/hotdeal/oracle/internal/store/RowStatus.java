package io.hotdeal.oracle.internal.store;

/**
 * The status of a new row.
 *
 * @param name as it is written in the table
 * @param decided whether it is final
 */
record RowStatus(String name, boolean decided) {}
