package io.hotdeal.faults;

/**
 * The queries of an audit: each returns the deals that violate an invariant, and by how much, for
 * one figure of a verdict.
 */
enum AuditQuery {
  /** Units taken above the quantity. */
  OVERSOLD(
      "oversold",
      """
      SELECT L.PROD_ID, SUM(O.QUANTITY) - L.TOTAL
      FROM AUDITED A JOIN HOTDEAL_LIST L ON L.PROD_ID = A.PROD_ID JOIN ORDER_HISTORY O ON O.PROD_ID = L.PROD_ID
      WHERE O.STATUS NOT IN ('CANCELLED', 'EXPIRED')
      GROUP BY L.PROD_ID, L.TOTAL
      HAVING SUM(O.QUANTITY) > L.TOTAL
      """),
  /** Units above what each buyer may have. */
  ABOVE_LIMIT(
      "oversold",
      """
      SELECT PROD_ID, SUM(UNITS - BUYER_LIMIT)
      FROM (SELECT O.PROD_ID, O.USER_ID, L.BUYER_LIMIT, SUM(O.QUANTITY) AS UNITS
            FROM AUDITED A JOIN HOTDEAL_LIST L ON L.PROD_ID = A.PROD_ID JOIN ORDER_HISTORY O ON O.PROD_ID = L.PROD_ID
            WHERE O.STATUS NOT IN ('CANCELLED', 'EXPIRED') AND L.BUYER_LIMIT > 0
            GROUP BY O.PROD_ID, O.USER_ID, L.BUYER_LIMIT) B
      WHERE UNITS > BUYER_LIMIT
      GROUP BY PROD_ID
      """),
  /** Orders that were answered as placed, without a PAID row. */
  PLACED_NOT_PAID(
      "lost",
      """
      SELECT T.PROD_ID, COUNT(*)
      FROM TOLD T LEFT JOIN ORDER_HISTORY O ON O.PROD_ID = T.PROD_ID AND O.ORDER_ID = T.ORDER_ID AND O.STATUS = 'PAID'
      WHERE T.PLACED AND O.ORDER_ID IS NULL
      GROUP BY T.PROD_ID
      """),
  /** Charges that were kept, without a PAID row. */
  CHARGED_NOT_PAID(
      "charged, not paid",
      """
      SELECT M.PROD_ID, COUNT(*)
      FROM MONEY M LEFT JOIN ORDER_HISTORY O ON O.PROD_ID = M.PROD_ID AND O.ORDER_ID = M.ORDER_ID AND O.STATUS = 'PAID'
      WHERE M.STATE = 'TAKEN' AND O.ORDER_ID IS NULL
      GROUP BY M.PROD_ID
      """),
  /** PAID rows without a charge. */
  PAID_NOT_CHARGED(
      "paid, not charged",
      """
      SELECT O.PROD_ID, COUNT(*)
      FROM AUDITED A JOIN ORDER_HISTORY O ON O.PROD_ID = A.PROD_ID
        LEFT JOIN MONEY M ON M.PROD_ID = O.PROD_ID AND M.ORDER_ID = O.ORDER_ID AND M.STATE = 'TAKEN'
      WHERE O.STATUS = 'PAID' AND M.ORDER_ID IS NULL
      GROUP BY O.PROD_ID
      """),
  /** Payments of held orders that were kept, and bought nothing. */
  PAYMENT_FOR_NOTHING(
      "charged, not paid",
      """
      SELECT P.PROD_ID, COUNT(*)
      FROM PAYMENT P
        LEFT JOIN ORDER_HISTORY O ON O.PROD_ID = P.PROD_ID AND O.ORDER_ID = P.ORDER_ID
          AND O.STATUS = 'PAID' AND O.PAYMENT_ID = P.PAYMENT_ID
      WHERE NOT P.REFUNDED AND O.ORDER_ID IS NULL
      GROUP BY P.PROD_ID
      """),
  /** Payments that were answered as refused, and kept. */
  REFUSED_NOT_REFUNDED(
      "charged, not paid",
      "SELECT P.PROD_ID, COUNT(*) FROM PAYMENT P WHERE P.REFUSED AND NOT P.REFUNDED GROUP BY P.PROD_ID"),
  /** Held orders that are PAID by a payment that was refunded, or that the bank does not have. */
  PAID_BY_NO_PAYMENT(
      "paid, not charged",
      """
      SELECT O.PROD_ID, COUNT(*)
      FROM AUDITED A JOIN ORDER_HISTORY O ON O.PROD_ID = A.PROD_ID
        LEFT JOIN PAYMENT P ON P.PROD_ID = O.PROD_ID AND P.ORDER_ID = O.ORDER_ID
          AND P.PAYMENT_ID = O.PAYMENT_ID AND NOT P.REFUNDED
      WHERE O.STATUS = 'PAID' AND O.EXPIRES IS NOT NULL AND P.PAYMENT_ID IS NULL
      GROUP BY O.PROD_ID
      """),
  /** Payments that were answered as having bought the order, which is not PAID by them. */
  REPORT_LOST(
      "lost",
      """
      SELECT P.PROD_ID, COUNT(*)
      FROM PAYMENT P
        LEFT JOIN ORDER_HISTORY O ON O.PROD_ID = P.PROD_ID AND O.ORDER_ID = P.ORDER_ID
          AND O.STATUS = 'PAID' AND O.PAYMENT_ID = P.PAYMENT_ID
      WHERE P.PLACED AND O.ORDER_ID IS NULL
      GROUP BY P.PROD_ID
      """),
  /** Payments whose reports were never answered with a result. */
  REPORT_UNANSWERED(
      "lost",
      "SELECT P.PROD_ID, COUNT(*) FROM PAYMENT P WHERE NOT P.PLACED AND NOT P.REFUSED GROUP BY P.PROD_ID"),
  /** Payments whose reports were answered both as having bought the order and as refused. */
  REPORT_CONTRADICTED(
      "contradictory",
      "SELECT P.PROD_ID, COUNT(*) FROM PAYMENT P WHERE P.PLACED AND P.REFUSED GROUP BY P.PROD_ID"),
  /** Sales of deals with events that the consumer has not heard of. */
  SALE_NOT_HEARD(
      "lost",
      """
      SELECT O.PROD_ID, COUNT(*)
      FROM AUDITED A JOIN HOTDEAL_LIST L ON L.PROD_ID = A.PROD_ID AND L.EVENTS = 1
        JOIN ORDER_HISTORY O ON O.PROD_ID = A.PROD_ID
        LEFT JOIN HEARD H ON H.PROD_ID = O.PROD_ID AND H.ORDER_ID = O.ORDER_ID AND H.KIND = 'SOLD'
      WHERE O.STATUS = 'PAID' AND H.SEQ IS NULL
      GROUP BY O.PROD_ID
      """),
  /** Events that were counted, and that the consumer has not heard of. */
  EVENT_LOST(
      "lost",
      """
      SELECT PROD_ID, ABS(LAST_EVENT - HEARD)
      FROM (SELECT L.PROD_ID, L.LAST_EVENT,
              (SELECT COUNT(*) FROM HEARD H WHERE H.PROD_ID = L.PROD_ID) AS HEARD
            FROM AUDITED A JOIN HOTDEAL_LIST L ON L.PROD_ID = A.PROD_ID) E
      WHERE LAST_EVENT <> HEARD
      """),
  /** Sales that the consumer heard of, and that are none, or that it heard of as two events. */
  HEARD_NOT_SOLD(
      "contradictory",
      """
      SELECT PROD_ID, COUNT(*)
      FROM (SELECT H.PROD_ID, H.ORDER_ID, COUNT(*) AS EVENTS, COUNT(O.ORDER_ID) AS SALES
            FROM AUDITED A JOIN HEARD H ON H.PROD_ID = A.PROD_ID
              LEFT JOIN ORDER_HISTORY O ON O.PROD_ID = H.PROD_ID AND O.ORDER_ID = H.ORDER_ID AND O.STATUS = 'PAID'
            WHERE H.KIND = 'SOLD'
            GROUP BY H.PROD_ID, H.ORDER_ID) S
      WHERE EVENTS > 1 OR SALES = 0
      GROUP BY PROD_ID
      """),
  /** Events that the consumer first heard of after a later one. */
  OUT_OF_ORDER(
      "contradictory",
      """
      SELECT PROD_ID, COUNT(*)
      FROM (SELECT H.PROD_ID, H.ORDINAL, LAG(H.ORDINAL) OVER (PARTITION BY H.PROD_ID ORDER BY H.SEQ) AS EARLIER
            FROM AUDITED A JOIN HEARD H ON H.PROD_ID = A.PROD_ID) E
      WHERE EARLIER > ORDINAL
      GROUP BY PROD_ID
      """),
  /** Units that no order has and that are not left, or that are counted twice. */
  OUT_OF_BALANCE(
      "leaked",
      """
      SELECT PROD_ID, ABS(TOTAL - QUANTITY - TAKEN)
      FROM (SELECT L.PROD_ID, L.TOTAL, L.QUANTITY,
              (SELECT COALESCE(SUM(O.QUANTITY), 0) FROM ORDER_HISTORY O
               WHERE O.PROD_ID = L.PROD_ID AND O.STATUS NOT IN ('CANCELLED', 'EXPIRED')) AS TAKEN
            FROM AUDITED A JOIN HOTDEAL_LIST L ON L.PROD_ID = A.PROD_ID) B
      WHERE TOTAL <> QUANTITY + TAKEN
      """),
  /** Orders that are neither paid, expired nor cancelled. */
  UNDECIDED(
      "leaked",
      """
      SELECT O.PROD_ID, COUNT(*)
      FROM AUDITED A JOIN ORDER_HISTORY O ON O.PROD_ID = A.PROD_ID
      WHERE O.STATUS NOT IN ('PAID', 'EXPIRED', 'CANCELLED')
      GROUP BY O.PROD_ID
      """),
  /** The units of a buyer in the table of the limits, against those of the buyer's rows. */
  BUYERS_TALLY(
      "leaked",
      """
      SELECT B.PROD_ID, SUM(ABS(B.UNITS - COALESCE(O.UNITS, 0)))
      FROM AUDITED A JOIN HOTDEAL_BUYER B ON B.PROD_ID = A.PROD_ID
        LEFT JOIN (SELECT PROD_ID, USER_ID, SUM(QUANTITY) AS UNITS
                   FROM ORDER_HISTORY
                   WHERE STATUS NOT IN ('CANCELLED', 'EXPIRED')
                   GROUP BY PROD_ID, USER_ID) O ON O.PROD_ID = B.PROD_ID AND O.USER_ID = B.USER_ID
      GROUP BY B.PROD_ID
      """),
  /** The counter's quantity against the log's; and claims neither settled nor released. */
  GATE_APART(
      "leaked",
      """
      SELECT A.PROD_ID, ABS(A.GATE_LEFT - L.QUANTITY) + A.GATE_CLAIMS
      FROM AUDITED A JOIN HOTDEAL_LIST L ON L.PROD_ID = A.PROD_ID
      """),
  /** Deals that the log does not have. */
  NO_DEAL(
      "leaked",
      """
      SELECT A.PROD_ID, 1
      FROM AUDITED A LEFT JOIN HOTDEAL_LIST L ON L.PROD_ID = A.PROD_ID
      WHERE L.PROD_ID IS NULL
      """),
  /** Orders answered as declined that are not cancelled, or were also answered as placed. */
  TWO_VERDICTS(
      "contradictory",
      """
      SELECT T.PROD_ID, COUNT(*)
      FROM TOLD T
        LEFT JOIN ORDER_HISTORY O ON O.PROD_ID = T.PROD_ID AND O.ORDER_ID = T.ORDER_ID AND O.STATUS = 'CANCELLED'
      WHERE T.DECLINED AND (T.PLACED OR O.ORDER_ID IS NULL)
      GROUP BY T.PROD_ID
      """),
  /** Orders of which every attempt was answered as having no effect, and that are sold. */
  NOTHING_HAPPENED(
      "nothing, yet happened",
      """
      SELECT T.PROD_ID, COUNT(*)
      FROM TOLD T JOIN ORDER_HISTORY O ON O.PROD_ID = T.PROD_ID AND O.ORDER_ID = T.ORDER_ID
      WHERE T.NOTHING AND O.STATUS = 'PAID'
      GROUP BY T.PROD_ID
      """);

  private final String figure;
  private final String sql;

  AuditQuery(String figure, String sql) {
    this.figure = figure;
    this.sql = sql;
  }

  /** As {@link Verdict#figures()} names it. */
  String figure() {
    return figure;
  }

  String sql() {
    return sql;
  }
}
