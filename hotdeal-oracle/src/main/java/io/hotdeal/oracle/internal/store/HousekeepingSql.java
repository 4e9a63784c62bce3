package io.hotdeal.oracle.internal.store;

/** The statements of the assignment of deals to processes. */
final class HousekeepingSql {

  /**
   * Which process has which deal, and whether the deal has an unfinished order: found by the
   * indexes of such orders alone, as in {@link OrderLogSql#UNRESOLVED}.
   */
  static final SharedSql.OnList ASSIGNMENTS =
      SharedSql.OnList.of(
          """
          SELECT D.PROD_ID, D.STATE, K.KEEPER, L.LEASED_UNTIL,
                 CASE WHEN EXISTS (SELECT 1 FROM ORDER_HISTORY H
                                   WHERE CASE H.STATUS WHEN 'RESERVED' THEN H.PROD_ID END = D.PROD_ID
                                     AND H.PROD_ID = D.PROD_ID AND H.STATUS = 'RESERVED')
                        OR EXISTS (SELECT 1 FROM ORDER_HISTORY H
                                   WHERE CASE H.STATUS WHEN 'RETURNING' THEN H.PROD_ID END = D.PROD_ID
                                     AND H.PROD_ID = D.PROD_ID AND H.STATUS = 'RETURNING')
                        OR EXISTS (SELECT 1 FROM ORDER_HISTORY H
                                   WHERE CASE H.STATUS WHEN 'HELD' THEN H.PROD_ID END = D.PROD_ID
                                     AND H.PROD_ID = D.PROD_ID AND H.STATUS = 'HELD' AND H.EXPIRES <= ?)
                      THEN 1 ELSE 0 END AS UNFINISHED
          FROM HOTDEAL_LIST D
          LEFT JOIN HOTDEAL_KEPT K ON K.PROD_ID = D.PROD_ID
          LEFT JOIN HOTDEAL_KEEPER L ON L.KEEPER = K.KEEPER
          WHERE D.PROD_ID IN (%s)
          """);

  /** Of a deal that nobody has, unless another process was faster. */
  static final String TAKE =
      """
      INSERT INTO HOTDEAL_KEPT (PROD_ID, KEEPER)
      SELECT CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(64))
      FROM DUAL
      WHERE NOT EXISTS (SELECT 1 FROM HOTDEAL_KEPT WHERE PROD_ID = ?)
      """;

  /** The same from a housekeeper whose lease has ended. */
  static final String TAKE_OVER =
      """
      UPDATE HOTDEAL_KEPT SET KEEPER = ?
      WHERE PROD_ID = ? AND KEEPER = ?
      """;

  static final String GIVE_UP =
      """
      DELETE FROM HOTDEAL_KEPT
      WHERE PROD_ID = ? AND KEEPER = ?
      """;

  static final String RENEW =
      """
      UPDATE HOTDEAL_KEEPER SET LEASED_UNTIL = ?
      WHERE KEEPER = ?
      """;

  static final String INSERT_KEEPER =
      """
      INSERT INTO HOTDEAL_KEEPER (KEEPER, LEASED_UNTIL)
      VALUES (?, ?)
      """;

  static final String RETIRE =
      """
      DELETE FROM HOTDEAL_KEEPER
      WHERE KEEPER = ?
      """;

  /** Of processes that ended without retiring. */
  static final String DELETE_ENDED =
      """
      DELETE FROM HOTDEAL_KEEPER
      WHERE LEASED_UNTIL <= ?
      """;

  private HousekeepingSql() {}
}
