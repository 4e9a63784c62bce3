package io.hotdeal.oracle.internal.store;

/**
 * The status that new rows are written with.
 *
 * @param name the word in the table
 * @param decided whether it is final
 */
record RowStatus(String name, boolean decided) {}
