package io.hotdeal.oracle.internal.store;

/** The statements that only the stock counter uses. */
final class StockCounterSql {

  // the CASE in the condition of an UPDATE or DELETE of known rows keeps the index of held claims
  // out of its plan, see OrderLogSql

  static final String SETTLE =
      """
      UPDATE HOTDEAL_CLAIM SET STATUS = 'SETTLED', DECIDED = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND CASE STATUS WHEN 'HELD' THEN 1 ELSE 0 END = 1
      """;

  static final String RELEASE =
      """
      DELETE FROM HOTDEAL_CLAIM
      WHERE PROD_ID = ? AND ORDER_ID = ? AND USER_ID = ? AND QUANTITY = ? AND CASE STATUS WHEN 'HELD' THEN 1 ELSE 0 END = 1
      """;

  static final String RETURN_HELD =
      """
      UPDATE HOTDEAL_CLAIM SET STATUS = 'RETURNED', DECIDED = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND USER_ID = ? AND QUANTITY = ? AND CASE STATUS WHEN 'HELD' THEN 1 ELSE 0 END = 1
      """;

  static final String RETURN_SETTLED =
      """
      UPDATE HOTDEAL_CLAIM SET STATUS = 'RETURNED', DECIDED = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND USER_ID = ? AND QUANTITY = ? AND STATUS IN ('SETTLED', 'NOTED')
      """;

  /** Moves the deadline of a claim, unless it is later already. */
  static final String POSTPONE =
      """
      UPDATE HOTDEAL_CLAIM SET EXPIRES = ?
      WHERE PROD_ID = ? AND ORDER_ID = ? AND USER_ID = ? AND QUANTITY = ? AND CASE STATUS WHEN 'HELD' THEN 1 ELSE 0 END = 1
        AND (EXPIRES < ? OR (EXPIRES IS NULL AND ORDER_DATE < ?))
      """;

  /**
   * A claim has a deadline of its own, or else the deal's hold after its date. The CASE matches
   * Oracle's function-based index; the others use the plain conditions.
   */
  static final String OVERDUE =
      """
      SELECT PROD_ID, ORDER_ID, USER_ID, QUANTITY
      FROM HOTDEAL_CLAIM
      WHERE CASE STATUS WHEN 'HELD' THEN PROD_ID END = ?
        AND PROD_ID = ? AND STATUS = 'HELD'
        AND (EXPIRES < ? OR (EXPIRES IS NULL AND ORDER_DATE < ?))
      ORDER BY ORDER_DATE, ORDER_ID
      FETCH FIRST ? ROWS ONLY
      """;

  static final String HELD =
      """
      SELECT PROD_ID, ORDER_ID, USER_ID, QUANTITY
      FROM HOTDEAL_CLAIM
      WHERE CASE STATUS WHEN 'HELD' THEN PROD_ID END = ?
        AND PROD_ID = ? AND STATUS = 'HELD'
      ORDER BY ORDER_DATE, ORDER_ID
      FETCH FIRST ? ROWS ONLY
      """;

  static final String DELETE_CLAIMS =
      """
      DELETE FROM HOTDEAL_CLAIM
      WHERE PROD_ID = ?
      """;

  static final String DELETE_BUYERS =
      """
      DELETE FROM HOTDEAL_CLAIM_BUYER
      WHERE PROD_ID = ?
      """;

  static final String DELETE_DEAL =
      """
      DELETE FROM HOTDEAL_COUNTER
      WHERE PROD_ID = ?
      """;

  static final String RESTORE =
      """
      UPDATE HOTDEAL_COUNTER SET QUANTITY = ?, VERSION = VERSION + 1
      WHERE PROD_ID = ? AND VERSION = ?
      """;

  static final String CHANGE =
      """
      UPDATE HOTDEAL_COUNTER
      SET STATE = ?, BUYER_LIMIT = ?, OPENS = ?, CLOSES = ?, TERMS = ?, VERSION = VERSION + 1
      WHERE PROD_ID = ?
      """;

  static final String CLOSE =
      """
      UPDATE HOTDEAL_COUNTER SET STATE = 'CLOSED', VERSION = VERSION + 1
      WHERE PROD_ID = ?
      """;

  /** One statement, so one snapshot. */
  static final String STOCK =
      """
      SELECT C.QUANTITY, C.VERSION, C.STATE, C.TERMS,
             COALESCE(SUM(CASE H.STATUS WHEN 'HELD' THEN H.QUANTITY END), 0) AS CLAIMED,
             COALESCE(SUM(CASE H.STATUS WHEN 'SETTLED' THEN H.QUANTITY END), 0) AS SETTLED
      FROM HOTDEAL_COUNTER C
      LEFT JOIN HOTDEAL_CLAIM H ON H.PROD_ID = C.PROD_ID
      WHERE C.PROD_ID = ?
      GROUP BY C.QUANTITY, C.VERSION, C.STATE, C.TERMS
      """;

  private StockCounterSql() {}
}
