package io.hotdeal.oracle.internal.store;

/** The statements that only the order log uses. */
final class OrderLogSql {

  /** The terms and the restocked units, in one statement: no restock commits in between. */
  static final String OPENED =
      """
      SELECT D.PROD_ID, D.QUANTITY, D.TOTAL, D.BUYER_LIMIT, D.OPENS, D.CLOSES, D.HOLD_MS, D.LONGEST_MS, D.STATE,
             D.TERMS, D.EVENTS, D.WRITTEN_OFF,
             (SELECT COALESCE(SUM(R.UNITS), 0) FROM HOTDEAL_RESTOCK R WHERE R.PROD_ID = D.PROD_ID) AS RESTOCKED
      FROM HOTDEAL_LIST D
      WHERE D.PROD_ID = ?
      """;

  // The changes of single orders ask for the state by a CASE, so that no index on the state is
  // used: the
  // primary key finds the row. PostgreSQL took the small index of all RESERVED or HELD rows instead
  // while it had
  // no statistics, and read thousands of entries for each row.

  static final String CONFIRM =
      """
      UPDATE ORDER_HISTORY SET STATUS = 'PAID', DECIDED = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND USER_ID = ? AND QUANTITY = ? AND CASE STATUS WHEN 'RESERVED' THEN 1 ELSE 0 END = 1
      """;

  static final String CANCEL =
      """
      UPDATE ORDER_HISTORY SET STATUS = 'CANCELLED', DECIDED = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND USER_ID = ? AND QUANTITY = ? AND CASE STATUS WHEN 'RESERVED' THEN 1 ELSE 0 END = 1
      """;

  /** The CASE matches Oracle's function-based index; the others use the plain conditions. */
  static final String UNRESOLVED =
      """
      SELECT PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, EXPIRES, PAYMENT_ID
      FROM ORDER_HISTORY
      WHERE CASE STATUS WHEN 'RESERVED' THEN PROD_ID END = ?
        AND PROD_ID = ? AND STATUS = 'RESERVED' AND ORDER_DATE <= ?
      ORDER BY ORDER_DATE, ORDER_ID
      FETCH FIRST ? ROWS ONLY
      """;

  /** One page, in the order of the primary key. */
  static final String PAID =
      """
      SELECT PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, EXPIRES, PAYMENT_ID
      FROM ORDER_HISTORY
      WHERE PROD_ID = ? AND ORDER_ID > ? AND STATUS = 'PAID'
      ORDER BY ORDER_ID
      FETCH FIRST ? ROWS ONLY
      """;

  /**
   * The same for Oracle, where a session may sort by language (NLS_SORT, which ojdbc sets from the
   * JVM's locale) but still compare by bytes, so that pages would skip rows.
   */
  static final String PAID_ON_ORACLE =
      PAID.replace("ORDER_ID > ?", "ORDER_ID COLLATE BINARY > ?")
          .replace("ORDER BY ORDER_ID", "ORDER BY ORDER_ID COLLATE BINARY");

  static final String PURGE =
      """
      DELETE FROM ORDER_HISTORY
      WHERE PROD_ID = ? AND STATUS IN ('CANCELLED', 'EXPIRED')
      """;

  static final String INSERT_RESTOCK_IF_ABSENT =
      """
      INSERT INTO HOTDEAL_RESTOCK (PROD_ID, OPERATION_ID, UNITS)
      SELECT CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(64)), CAST(? AS NUMERIC(19))
      FROM DUAL
      WHERE NOT EXISTS (SELECT 1 FROM HOTDEAL_RESTOCK WHERE PROD_ID = ? AND OPERATION_ID = ?)
      """;

  static final String RESTOCKED_BY =
      """
      SELECT UNITS
      FROM HOTDEAL_RESTOCK
      WHERE PROD_ID = ? AND OPERATION_ID = ?
      """;

  static final String RESTOCK =
      """
      UPDATE HOTDEAL_LIST SET QUANTITY = QUANTITY + ?
      WHERE PROD_ID = ? AND QUANTITY + ? >= 0 AND TOTAL + ? <= ?
      """;

  /** Before {@link #RESTOCK} where units are added, else after it: QUANTITY never exceeds TOTAL. */
  static final String RESTOCK_TOTAL =
      """
      UPDATE HOTDEAL_LIST SET TOTAL = TOTAL + ?
      WHERE PROD_ID = ?
      """;

  /** One statement, so one snapshot: a row per state that occurs, or one row without a state. */
  static final String TALLY =
      """
      SELECT D.PROD_ID, D.QUANTITY, D.TOTAL, D.BUYER_LIMIT, D.OPENS, D.CLOSES, D.HOLD_MS, D.LONGEST_MS, D.STATE,
             D.TERMS, D.EVENTS, D.WRITTEN_OFF,
             (SELECT COALESCE(SUM(R.UNITS), 0) FROM HOTDEAL_RESTOCK R WHERE R.PROD_ID = D.PROD_ID) AS RESTOCKED,
             H.STATUS, H.ORDERS, H.UNITS
      FROM HOTDEAL_LIST D
      LEFT JOIN (SELECT PROD_ID, STATUS, COUNT(*) AS ORDERS, SUM(QUANTITY) AS UNITS
                 FROM ORDER_HISTORY
                 WHERE PROD_ID = ?
                 GROUP BY PROD_ID, STATUS) H ON H.PROD_ID = D.PROD_ID
      WHERE D.PROD_ID = ?
      """;

  // holds

  /** With what the deal has left, and its longest hold. */
  static final SharedSql.OnList HOLDS =
      SharedSql.OnList.of(
          """
          SELECT H.PROD_ID, H.ORDER_ID, H.USER_ID, H.QUANTITY, H.STATUS, H.ORDER_DATE, H.EXPIRES, H.PAYMENT_ID,
                 D.QUANTITY AS UNITS_LEFT, D.LONGEST_MS
          FROM ORDER_HISTORY H
          JOIN HOTDEAL_LIST D ON D.PROD_ID = H.PROD_ID
          WHERE H.PROD_ID = ? AND H.ORDER_ID IN (%s)
          """);

  static final String PAY_HELD =
      """
      UPDATE ORDER_HISTORY SET STATUS = 'PAID', DECIDED = ?, PAYMENT_ID = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND CASE STATUS WHEN 'HELD' THEN 1 ELSE 0 END = 1
      """;

  static final String NAME_PAYMENT =
      """
      UPDATE ORDER_HISTORY SET PAYMENT_ID = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND STATUS = 'PAID' AND PAYMENT_ID IS NULL
      """;

  /** The new status is PAID or CANCELLED. */
  static final String DECIDE_EXPIRED =
      """
      UPDATE ORDER_HISTORY SET STATUS = ?, DECIDED = ?, PAYMENT_ID = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND STATUS = 'EXPIRED'
      """;

  /**
   * As {@link SharedSql#takeUnits}, but whatever the deal's window and state, which the terms tell.
   */
  static final String TAKE_AGAIN =
      """
      UPDATE HOTDEAL_LIST SET QUANTITY = QUANTITY - ?
      WHERE PROD_ID = ? AND STATE IN ('OPEN', 'PAUSED') AND TERMS = ? AND BUYER_LIMIT = ? AND QUANTITY >= ?
      """;

  static final String EXTEND =
      """
      UPDATE ORDER_HISTORY SET EXPIRES = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND CASE STATUS WHEN 'HELD' THEN 1 ELSE 0 END = 1 AND EXPIRES = ?
      """;

  static final String EXPIRE =
      """
      UPDATE ORDER_HISTORY SET STATUS = 'EXPIRED'
      WHERE PROD_ID = ? AND ORDER_ID = ? AND USER_ID = ? AND QUANTITY = ? AND CASE STATUS WHEN 'HELD' THEN 1 ELSE 0 END = 1 AND EXPIRES <= ?
      """;

  static final String CANCEL_HELD =
      """
      UPDATE ORDER_HISTORY SET STATUS = 'CANCELLED', DECIDED = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND USER_ID = ? AND QUANTITY = ? AND CASE STATUS WHEN 'HELD' THEN 1 ELSE 0 END = 1
      """;

  static final String CANCEL_EXPIRED =
      """
      UPDATE ORDER_HISTORY SET STATUS = 'CANCELLED', DECIDED = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND USER_ID = ? AND QUANTITY = ? AND STATUS = 'EXPIRED'
      """;

  /** As {@link #UNRESOLVED}. */
  static final String OVERDUE_HOLDS =
      """
      SELECT PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, EXPIRES, PAYMENT_ID
      FROM ORDER_HISTORY
      WHERE CASE STATUS WHEN 'HELD' THEN PROD_ID END = ?
        AND PROD_ID = ? AND STATUS = 'HELD' AND EXPIRES <= ?
      ORDER BY EXPIRES
      FETCH FIRST ? ROWS ONLY
      """;

  // returns

  /** The new status is RETURNING or RETURNED. */
  static final String GIVE_BACK =
      """
      UPDATE ORDER_HISTORY SET STATUS = ?, DECIDED = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND CASE STATUS WHEN 'PAID' THEN 1 ELSE 0 END = 1
      """;

  static final String WRITE_OFF =
      """
      UPDATE HOTDEAL_LIST SET WRITTEN_OFF = WRITTEN_OFF + ?
      WHERE PROD_ID = ?
      """;

  static final String FINISH_RETURN =
      """
      UPDATE ORDER_HISTORY SET STATUS = 'RETURNED', DECIDED = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND USER_ID = ? AND QUANTITY = ? AND CASE STATUS WHEN 'RETURNING' THEN 1 ELSE 0 END = 1
      """;

  /** As {@link #UNRESOLVED}. */
  static final String RETURNING =
      """
      SELECT PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, EXPIRES, PAYMENT_ID
      FROM ORDER_HISTORY
      WHERE CASE STATUS WHEN 'RETURNING' THEN PROD_ID END = ?
        AND PROD_ID = ? AND STATUS = 'RETURNING'
      ORDER BY ORDER_ID
      FETCH FIRST ? ROWS ONLY
      """;

  // terms

  static final String CHANGE_TERMS =
      """
      UPDATE HOTDEAL_LIST SET STATE = ?, BUYER_LIMIT = ?, OPENS = ?, CLOSES = ?, TERMS = TERMS + 1
      WHERE PROD_ID = ?
      """;

  static final String PURGED =
      """
      UPDATE HOTDEAL_LIST SET STATE = 'PURGED'
      WHERE PROD_ID = ?
      """;

  static final String DELETE_BUYERS =
      """
      DELETE FROM HOTDEAL_BUYER
      WHERE PROD_ID = ?
      """;

  /** What the buyers of a deal have. */
  static final String INSERT_BUYERS =
      """
      INSERT INTO HOTDEAL_BUYER (PROD_ID, USER_ID, UNITS)
      SELECT PROD_ID, USER_ID, SUM(QUANTITY)
      FROM ORDER_HISTORY
      WHERE PROD_ID = ? AND STATUS IN ('RESERVED', 'HELD', 'PAID')
      GROUP BY PROD_ID, USER_ID
      """;

  private OrderLogSql() {}
}
