package io.hotdeal.oracle.internal.store;

import java.util.List;

/**
 * The statements that the log and the counter share, each on its own three tables: deals, orders,
 * units per buyer.
 *
 * <p>Every text is constant and means the same on Oracle, H2 in Oracle mode, and PostgreSQL with a
 * table DUAL. The CASTs are for the last two, which need to know the type of a parameter in a
 * SELECT list.
 */
final class SharedSql {

  /**
   * What is not the same in both.
   *
   * @param touch moves the version of the counter
   * @param payment the column of the payment's id
   * @param events whether the deal has an outbox
   * @param lastEvent the sequence of its last event
   */
  private record Differences(String touch, String payment, String events, String lastEvent) {

    static final Differences OF_LOG = new Differences("", "PAYMENT_ID", "EVENTS", "LAST_EVENT");
    static final Differences OF_COUNTER =
        new Differences(
            ", VERSION = VERSION + 1",
            "CAST(NULL AS VARCHAR(64)) AS PAYMENT_ID",
            "0 AS EVENTS",
            "0 AS LAST_EVENT");
  }

  static final SharedSql LOG =
      new SharedSql("HOTDEAL_LIST", "ORDER_HISTORY", "HOTDEAL_BUYER", Differences.OF_LOG);

  static final SharedSql COUNTER =
      new SharedSql(
          "HOTDEAL_COUNTER", "HOTDEAL_CLAIM", "HOTDEAL_CLAIM_BUYER", Differences.OF_COUNTER);

  private final String deals;
  private final String orders;
  private final String buyers;
  private final Differences differences;

  final String insertDeal;
  final String deal;
  final String lockDeal;
  final OnList lockFreeDeals;
  final String takeUnits;
  final OnList takeLocked;
  final OnList takeLockedWithEvents;
  final String giveUnits;

  final String insertOrder;
  final String insertOrderUntil;
  final String insertOrderIfAbsent;
  final String deleteOrder;
  final String order;
  final OnList someOrders;

  final String insertBuyer;
  final String insertBuyerIfAbsent;
  final String addToBuyer;
  final String takeFromBuyer;
  final OnList someBuyers;

  private SharedSql(String deals, String orders, String buyers, Differences differences) {
    this.deals = deals;
    this.orders = orders;
    this.buyers = buyers;
    this.differences = differences;

    insertDeal =
        on(
            """
            INSERT INTO {deals} (PROD_ID, QUANTITY, TOTAL, BUYER_LIMIT, OPENS, CLOSES, HOLD_MS, STATE, LONGEST_MS, TERMS)
            SELECT CAST(? AS VARCHAR(64)), CAST(? AS NUMERIC(19)), CAST(? AS NUMERIC(19)), CAST(? AS NUMERIC(19)),
                   CAST(? AS TIMESTAMP(3)), CAST(? AS TIMESTAMP(3)), CAST(? AS NUMERIC(19)),
                   CAST(? AS VARCHAR(6)), CAST(? AS NUMERIC(19)), CAST(? AS NUMERIC(19))
            FROM DUAL
            WHERE NOT EXISTS (SELECT 1 FROM {deals} WHERE PROD_ID = ?)
            """);
    deal =
        on(
            """
            SELECT PROD_ID, QUANTITY, TOTAL, BUYER_LIMIT, OPENS, CLOSES, HOLD_MS, LONGEST_MS, STATE, TERMS, {events}
            FROM {deals}
            WHERE PROD_ID = ?
            """);
    lockDeal = deal + " FOR UPDATE";
    lockFreeDeals =
        OnList.of(
            on(
                """
            SELECT PROD_ID, QUANTITY, TOTAL, BUYER_LIMIT, OPENS, CLOSES, HOLD_MS, LONGEST_MS, STATE, TERMS, {events}, {lastEvent}
            FROM {deals}
            WHERE PROD_ID IN (%s)
            ORDER BY PROD_ID
            FOR UPDATE SKIP LOCKED
            """));
    // the decision about stock; the condition includes the terms, because the cached ones may be
    // stale, and somebody may have changed the limit by hand
    takeUnits =
        on(
            """
            UPDATE {deals} SET QUANTITY = QUANTITY - ?{touch}
            WHERE PROD_ID = ? AND STATE = 'OPEN' AND OPENS <= ? AND CLOSES > ? AND TERMS = ? AND BUYER_LIMIT = ? AND QUANTITY >= ?
            """);
    takeLocked =
        OnList.of(
            on(
                """
            UPDATE {deals} SET QUANTITY = QUANTITY - ?{touch}
            WHERE PROD_ID IN (%s)
            """));
    takeLockedWithEvents =
        OnList.of(
            on(
                """
            UPDATE {deals} SET QUANTITY = QUANTITY - ?, LAST_EVENT = LAST_EVENT + ?
            WHERE PROD_ID IN (%s)
            """));
    // the condition makes sure that the buyers' units were, or were not, changed as they have to
    // be,
    // and that the row of the deal as it was read is not older than what is answered from it
    giveUnits =
        on(
            """
            UPDATE {deals} SET QUANTITY = QUANTITY + ?{touch}
            WHERE PROD_ID = ? AND TERMS = ? AND CASE WHEN BUYER_LIMIT > 0 THEN 1 ELSE 0 END = ?
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
    deleteOrder =
        on(
            """
            DELETE FROM {orders}
            WHERE PROD_ID = ? AND ORDER_ID = ?
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
    insertBuyerIfAbsent =
        on(
            """
            INSERT INTO {buyers} (PROD_ID, USER_ID, UNITS)
            SELECT CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(64)), CAST(? AS NUMERIC(19))
            FROM DUAL
            WHERE NOT EXISTS (SELECT 1 FROM {buyers} WHERE PROD_ID = ? AND USER_ID = ?)
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
        .replace("{touch}", differences.touch)
        .replace("{payment}", differences.payment)
        .replace("{events}", differences.events)
        .replace("{lastEvent}", differences.lastEvent);
  }

  /** A statement with an IN list, in all its sizes. */
  record OnList(List<String> bySize) {

    /** The numbers of ids in a list: only three, to have few statements to parse and cache. */
    private static final List<Integer> SIZES = List.of(16, 64, 256);

    static OnList of(String template) {
      return new OnList(SIZES.stream().map(size -> template.formatted(marks(size))).toList());
    }

    /** The size of the list for so many ids; the largest if none is large enough. */
    static int sizeFor(int ids) {
      return SIZES.stream()
          .filter(size -> size >= ids)
          .findFirst()
          .orElse(SIZES.get(SIZES.size() - 1));
    }

    /** The statement with a list of one of the sizes. */
    String of(int size) {
      return bySize.get(SIZES.indexOf(size));
    }

    private static String marks(int size) {
      return "?" + ", ?".repeat(size - 1);
    }
  }
}
