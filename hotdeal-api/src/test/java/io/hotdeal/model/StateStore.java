package io.hotdeal.model;

import java.util.Arrays;

/**
 * The states that were seen, each once, in the order in which they were first seen, and from where.
 *
 * <p>An open-addressing table of positions over plain arrays, which grow by pieces: about 25 bytes
 * per state.
 */
final class StateStore {

  private static final int PIECE_BITS = 18;
  private static final int PIECE = 1 << PIECE_BITS;
  private static final int EMPTY = -1;

  private long[][] orders = new long[0][];
  private int[][] rest = new int[0][];
  private int[][] parents = new int[0][];
  private int[] table = emptyTable(1 << 16);
  private int size;

  @SuppressWarnings("UnusedVariable") // written so that the reads are not optimised away
  private int warmth;

  private static int[] emptyTable(int length) {
    int[] table = new int[length];
    Arrays.fill(table, EMPTY);
    return table;
  }

  int size() {
    return size;
  }

  long orders(int position) {
    return orders[position >>> PIECE_BITS][position & PIECE - 1];
  }

  int rest(int position) {
    return rest[position >>> PIECE_BITS][position & PIECE - 1];
  }

  /** The state from which a state was first reached; -1 for the first. */
  int parent(int position) {
    return parents[position >>> PIECE_BITS][position & PIECE - 1];
  }

  /** Adds a state at the end; false if it was there. */
  boolean add(long newOrders, int newRest, int parent) {
    int slot = slot(newOrders, newRest);
    while (table[slot] != EMPTY) {
      if (orders(table[slot]) == newOrders && rest(table[slot]) == newRest) {
        return false;
      }
      slot = slot + 1 & table.length - 1;
    }
    table[slot] = size;
    append(newOrders, newRest, parent);
    if (size > table.length / 4 * 3) {
      enlargeTable();
    }
    return true;
  }

  /** Reads what {@link #add} will read for each of these states, to load it into the CPU cache. */
  void warmUp(long[] someOrders, int[] someRest, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      int position = table[slot(someOrders[i], someRest[i])];
      if (position != EMPTY) {
        sum += (int) orders(position) ^ rest(position);
      }
    }
    warmth = sum;
  }

  private void append(long newOrders, int newRest, int parent) {
    int piece = size >>> PIECE_BITS;
    if (piece == orders.length) {
      orders = Arrays.copyOf(orders, piece + 1);
      rest = Arrays.copyOf(rest, piece + 1);
      parents = Arrays.copyOf(parents, piece + 1);
      orders[piece] = new long[PIECE];
      rest[piece] = new int[PIECE];
      parents[piece] = new int[PIECE];
    }
    orders[piece][size & PIECE - 1] = newOrders;
    rest[piece][size & PIECE - 1] = newRest;
    parents[piece][size & PIECE - 1] = parent;
    size++;
  }

  private void enlargeTable() {
    int length = table.length * 2;
    table = new int[0]; // may be freed before the new one is allocated
    table = emptyTable(length);
    for (int position = 0; position < size; position++) {
      int slot = slot(orders(position), rest(position));
      while (table[slot] != EMPTY) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = position;
    }
  }

  private int slot(long someOrders, int someRest) {
    long hash = (someOrders ^ someRest * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ hash >>> 32) * 0x94D049BB133111EBL;
    return (int) (hash >>> 32) & table.length - 1;
  }
}
