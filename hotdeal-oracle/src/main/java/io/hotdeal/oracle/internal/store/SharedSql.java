package io.hotdeal.oracle.internal.store;

/**
 * The statements that the log and the counter share, each on its own three tables: deals, orders,
 * units per buyer.
 *
 * <p>Every text is constant and means the same on Oracle, H2 in Oracle mode, and PostgreSQL with a
 * table DUAL. The CASTs are for the last two, which need to know the type of a parameter in a
 * SELECT list.
 */
final class SharedSql {

  static final SharedSql LOG =
      new SharedSql("HOTDEAL_LIST", "ORDER_HISTORY", "HOTDEAL_BUYER", "", "PAYMENT_ID");

  static final SharedSql COUNTER =
      new SharedSql(
          "HOTDEAL_COUNTER",
          "HOTDEAL_CLAIM",
          "HOTDEAL_CLAIM_BUYER",
          ", VERSION = VERSION + 1",
          "CAST(NULL AS VARCHAR(64)) AS PAYMENT_ID");

  /** The numbers of ids in an IN list: only two, to have few statements to parse and cache. */
  static final int SHORT_LIST = 16;

  static final int LONG_LIST = 256;

  private final String deals;
  private final String orders;
  private final String buyers;
  private final String touch;
  private final String payment;

  final String insertDeal;
  final String deal;
  final String lockDeal;
  final String takeUnits;
  final String giveUnits;
  final String closeDeal;

  final String insertOrder;
  final String insertOrderUntil;
  final String insertOrderIfAbsent;
  final String order;
  final OnList someOrders;

  final String insertBuyer;
  final String addToBuyer;
  final String takeFromBuyer;
  final OnList someBuyers;

  private SharedSql(String deals, String orders, String buyers, String touch, String payment) {
    this.deals = deals;
    this.orders = orders;
    this.buyers = buyers;
    this.touch = touch;
    this.payment = payment;

    insertDeal =
        on(
            """
            INSERT INTO {deals} (PROD_ID, QUANTITY, TOTAL, BUYER_LIMIT, OPENS, CLOSES, HOLD_MS, STATE, LONGEST_MS)
            SELECT CAST(? AS VARCHAR(64)), CAST(? AS NUMERIC(19)), CAST(? AS NUMERIC(19)), CAST(? AS NUMERIC(19)),
                   CAST(? AS TIMESTAMP(3)), CAST(? AS TIMESTAMP(3)), CAST(? AS NUMERIC(19)), 'OPEN',
                   CAST(? AS NUMERIC(19))
            FROM DUAL
            WHERE NOT EXISTS (SELECT 1 FROM {deals} WHERE PROD_ID = ?)
            """);
    deal =
        on(
            """
            SELECT PROD_ID, QUANTITY, TOTAL, BUYER_LIMIT, OPENS, CLOSES, HOLD_MS, LONGEST_MS, STATE
            FROM {deals}
            WHERE PROD_ID = ?
            """);
    lockDeal = deal + " FOR UPDATE";
    // the decision about stock; the condition includes the limit, because the cached one may be
    // stale
    takeUnits =
        on(
            """
            UPDATE {deals} SET QUANTITY = QUANTITY - ?{touch}
            WHERE PROD_ID = ? AND STATE = 'OPEN' AND OPENS <= ? AND CLOSES > ? AND BUYER_LIMIT = ? AND QUANTITY >= ?
            """);
    giveUnits =
        on(
            """
            UPDATE {deals} SET QUANTITY = QUANTITY + ?{touch}
            WHERE PROD_ID = ?
            """);
    closeDeal =
        on(
            """
            UPDATE {deals} SET STATE = 'CLOSED'{touch}
            WHERE PROD_ID = ?
            """);

    insertOrder =
        on(
            """
            INSERT INTO {orders} (PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, DECIDED)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """);
    insertOrderUntil =
        on(
            """
            INSERT INTO {orders} (PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, DECIDED, EXPIRES)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """);
    insertOrderIfAbsent =
        on(
            """
            INSERT INTO {orders} (PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, DECIDED)
            SELECT CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(64)), CAST(? AS NUMERIC(19)),
                   CAST(? AS VARCHAR(9)), CAST(? AS TIMESTAMP(3)), CAST(? AS TIMESTAMP(3))
            FROM DUAL
            WHERE NOT EXISTS (SELECT 1 FROM {orders} WHERE PROD_ID = ? AND ORDER_ID = ?)
            """);
    order =
        on(
            """
            SELECT PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, EXPIRES, {payment}
            FROM {orders}
            WHERE PROD_ID = ? AND ORDER_ID = ?
            """);
    someOrders =
        OnList.of(
            on(
                """
            SELECT PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, EXPIRES, {payment}
            FROM {orders}
            WHERE PROD_ID = ? AND ORDER_ID IN (%s)
            """));

    insertBuyer =
        on(
            """
            INSERT INTO {buyers} (PROD_ID, USER_ID, UNITS)
            VALUES (?, ?, ?)
            """);
    addToBuyer =
        on(
            """
            UPDATE {buyers} SET UNITS = UNITS + ?
            WHERE PROD_ID = ? AND USER_ID = ? AND UNITS + ? <= ?
            """);
    takeFromBuyer =
        on(
            """
            UPDATE {buyers} SET UNITS = UNITS - ?
            WHERE PROD_ID = ? AND USER_ID = ?
            """);
    someBuyers =
        OnList.of(
            on(
                """
            SELECT USER_ID, UNITS
            FROM {buyers}
            WHERE PROD_ID = ? AND USER_ID IN (%s)
            """));
  }

  private String on(String template) {
    return template
        .strip()
        .replace("{deals}", deals)
        .replace("{orders}", orders)
        .replace("{buyers}", buyers)
        .replace("{touch}", touch)
        .replace("{payment}", payment);
  }

  /** A statement with an IN list, in both sizes. */
  record OnList(String onShort, String onLong) {

    static OnList of(String template) {
      return new OnList(
          template.formatted(marks(SHORT_LIST)), template.formatted(marks(LONG_LIST)));
    }

    String of(int size) {
      return size == SHORT_LIST ? onShort : onLong;
    }

    private static String marks(int size) {
      return "?" + ", ?".repeat(size - 1);
    }
  }
}
