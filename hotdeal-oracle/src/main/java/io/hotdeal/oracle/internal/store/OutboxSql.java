package io.hotdeal.oracle.internal.store;

/** The statements of the outbox. */
final class OutboxSql {

  static final String INSERT =
      """
      INSERT INTO HOTDEAL_EVENT (PROD_ID, SEQ, KIND, ORDER_ID, USER_ID, QUANTITY, PAYMENT_ID, EVENT_DATE)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** In the transaction that opens the deal. */
  static final String ENABLE =
      """
      UPDATE HOTDEAL_LIST SET EVENTS = 1
      WHERE PROD_ID = ?
      """;

  /** For transactions that change no units. */
  static final String COUNT =
      """
      UPDATE HOTDEAL_LIST SET LAST_EVENT = LAST_EVENT + ?
      WHERE PROD_ID = ?
      """;

  /** The cursor is before the oldest event that is kept. */
  static final String REGISTER =
      """
      INSERT INTO HOTDEAL_CURSOR (PROD_ID, CONSUMER, SEQ)
      SELECT D.PROD_ID, CAST(? AS VARCHAR(64)),
             COALESCE((SELECT MIN(E.SEQ) - 1 FROM HOTDEAL_EVENT E WHERE E.PROD_ID = D.PROD_ID), D.LAST_EVENT)
      FROM HOTDEAL_LIST D
      WHERE D.PROD_ID = ? AND NOT EXISTS (SELECT 1 FROM HOTDEAL_CURSOR WHERE PROD_ID = ? AND CONSUMER = ?)
      """;

  static final String CONSUMERS =
      """
      SELECT CONSUMER
      FROM HOTDEAL_CURSOR
      WHERE PROD_ID = ?
      """;

  /** In one order, for transactions that lock several. */
  static final String LOCK_CURSORS =
      """
      SELECT SEQ
      FROM HOTDEAL_CURSOR
      WHERE PROD_ID = ?
      ORDER BY CONSUMER
      FOR UPDATE
      """;

  static final String UNREGISTER =
      """
      DELETE FROM HOTDEAL_CURSOR
      WHERE PROD_ID = ? AND CONSUMER = ?
      """;

  static final SharedSql.OnList PENDING =
      SharedSql.OnList.of(
          """
          SELECT C.PROD_ID
          FROM HOTDEAL_CURSOR C
          JOIN HOTDEAL_LIST D ON D.PROD_ID = C.PROD_ID
          WHERE C.CONSUMER = ? AND D.LAST_EVENT > C.SEQ AND C.PROD_ID IN (%s)
          """);

  static final String LEASE =
      """
      UPDATE HOTDEAL_CURSOR SET OWNER = ?, LEASED_UNTIL = ?
      WHERE PROD_ID = ? AND CONSUMER = ? AND (OWNER IS NULL OR OWNER = ? OR LEASED_UNTIL <= ?)
      """;

  static final String NEXT =
      """
      SELECT PROD_ID, SEQ, KIND, ORDER_ID, USER_ID, QUANTITY, PAYMENT_ID, EVENT_DATE
      FROM HOTDEAL_EVENT
      WHERE PROD_ID = ? AND SEQ > (SELECT SEQ FROM HOTDEAL_CURSOR WHERE PROD_ID = ? AND CONSUMER = ?)
      ORDER BY SEQ
      FETCH FIRST ? ROWS ONLY
      """;

  /** The new owner is null, or the same one. */
  static final String ACKNOWLEDGE =
      """
      UPDATE HOTDEAL_CURSOR SET SEQ = CASE WHEN SEQ < ? THEN ? ELSE SEQ END, OWNER = ?
      WHERE PROD_ID = ? AND CONSUMER = ? AND OWNER = ?
      """;

  static final String END_LEASE =
      """
      UPDATE HOTDEAL_CURSOR SET OWNER = NULL
      WHERE PROD_ID = ? AND CONSUMER = ?
      """;

  /** The sequences of a deal's events have no gap, so this is a page of them. */
  static final String DELETE_TAKEN =
      """
      DELETE FROM HOTDEAL_EVENT
      WHERE PROD_ID = ? AND SEQ <= (SELECT MIN(SEQ) FROM HOTDEAL_CURSOR WHERE PROD_ID = ?)
        AND SEQ < (SELECT MIN(SEQ) FROM HOTDEAL_EVENT WHERE PROD_ID = ?) + ?
      """;

  static final String DELETE_OLDEST =
      """
      DELETE FROM HOTDEAL_EVENT
      WHERE PROD_ID = ? AND SEQ < (SELECT MIN(SEQ) FROM HOTDEAL_EVENT WHERE PROD_ID = ?) + ?
      """;

  static final String LAG =
      """
      SELECT D.LAST_EVENT - C.SEQ AS LAG
      FROM HOTDEAL_CURSOR C
      JOIN HOTDEAL_LIST D ON D.PROD_ID = C.PROD_ID
      WHERE C.PROD_ID = ? AND C.CONSUMER = ?
      """;

  static final String LAGGING =
      """
      SELECT C.CONSUMER, D.LAST_EVENT - C.SEQ AS LAG
      FROM HOTDEAL_CURSOR C
      JOIN HOTDEAL_LIST D ON D.PROD_ID = C.PROD_ID
      WHERE C.PROD_ID = ? AND D.LAST_EVENT > C.SEQ
      ORDER BY C.CONSUMER
      """;

  private OutboxSql() {}
}
