package io.hotdeal.oracle.internal.store;

import java.util.List;

/**
 * A change of the units that a deal has left.
 *
 * @param sql an update of the deal's row that sets the quantity, by a parameter for {@code units}
 * @param units what it adds or, by the same statement, takes
 * @param delta the change of what is left, negative if units are taken
 * @param events of the orders that it is about, in their order
 */
record UnitChange(String sql, long units, long delta, List<EventRow> events) {

  private static final String WHERE = "\nWHERE";

  /**
   * Also counts the events, with one for a deal that is sold out by this change, or that was before
   * it.
   */
  private static final String COUNTING =
      ", LAST_EVENT = LAST_EVENT + ?"
          + " + ABS(CASE WHEN QUANTITY = 0 THEN 1 ELSE 0 END - CASE WHEN QUANTITY + ? = 0 THEN 1 ELSE 0 END)";

  static UnitChange taking(String sql, long units, List<EventRow> events) {
    return new UnitChange(sql, units, -units, events);
  }

  static UnitChange adding(String sql, long units, List<EventRow> events) {
    return new UnitChange(sql, units, units, events);
  }

  /** The statement for a deal with events: two more parameters come before those of WHERE. */
  String countingSql() {
    int where = sql.indexOf(WHERE);
    return sql.substring(0, where) + COUNTING + sql.substring(where);
  }
}
