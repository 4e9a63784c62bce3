package io.hotdeal.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Audits many deals by SQL alone: the answers to the buyers and to the bank, the bank's payments
 * and the counter's remaining units are put into tables beside those of the log. It does not use
 * the library.
 */
final class SqlAudit {

  /**
   * The counter's figures for a deal.
   *
   * @param left units that can be claimed; -1 where it does not know the deal
   */
  record CounterKeys(long left, long claims) {}

  private static final int BATCH = 5_000;

  private static final String SOLD_OUT =
      "SELECT 'sold out', COUNT(*) FROM HOTDEAL_LIST L JOIN AUDITED A ON A.PROD_ID = L.PROD_ID"
          + " WHERE L.QUANTITY = 0";

  private static final String ROWS =
      "SELECT STATE, COUNT(*) FROM (SELECT CASE WHEN STATUS = 'PAID' AND DECIDED > EXPIRES"
          + " THEN 'PAID late' ELSE STATUS END AS STATE"
          + " FROM ORDER_HISTORY O JOIN AUDITED A ON A.PROD_ID = O.PROD_ID) S GROUP BY STATE";

  private static final String PAYMENTS =
      "SELECT CASE WHEN REFUNDED THEN 'refunded' ELSE 'kept' END, COUNT(*) FROM PAYMENT"
          + " GROUP BY REFUNDED";

  private static final String EVENTS =
      "SELECT CASE WHEN TIMES = 1 THEN 'once' ELSE 'more than once' END, COUNT(*)"
          + " FROM HEARD H JOIN AUDITED A ON A.PROD_ID = H.PROD_ID"
          + " GROUP BY CASE WHEN TIMES = 1 THEN 'once' ELSE 'more than once' END";

  private static final List<String> TABLES =
      List.of(
          "AUDITED (PROD_ID VARCHAR(64) PRIMARY KEY, GATE_LEFT BIGINT, GATE_CLAIMS BIGINT)",
          "TOLD (PROD_ID VARCHAR(64), ORDER_ID VARCHAR(64), PLACED BOOLEAN, DECLINED BOOLEAN,"
              + " NOTHING BOOLEAN, PRIMARY KEY (PROD_ID, ORDER_ID))",
          "MONEY (PROD_ID VARCHAR(64), ORDER_ID VARCHAR(64), STATE VARCHAR(16),"
              + " PRIMARY KEY (PROD_ID, ORDER_ID))",
          "PAYMENT (PROD_ID VARCHAR(64), ORDER_ID VARCHAR(64), PAYMENT_ID VARCHAR(64) PRIMARY KEY,"
              + " REFUNDED BOOLEAN, PLACED BOOLEAN, REFUSED BOOLEAN)");

  private final Connection connection;
  private final Map<String, Long> found = new HashMap<>();
  private final List<String> findings = new ArrayList<>();

  private SqlAudit(Connection connection) {
    this.connection = connection;
  }

  /**
   * The result.
   *
   * @param findings the violations by deal
   * @param soldOut how many of the deals are sold out
   * @param rows how many orders there are, by state; held ones that are PAID after their deadline
   *     by themselves
   * @param payments how many payments of held orders there are, and how many were refunded
   * @param events how many events were heard of, once and more than once
   */
  record Result(
      Verdict verdict,
      List<String> findings,
      long soldOut,
      Map<String, Long> rows,
      Map<String, Long> payments,
      Map<String, Long> events) {}

  /** Audits the deals with these ids. */
  static Result of(DataSource database, Map<String, DealBooks> books) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(true);
      return new SqlAudit(connection).run(books);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the books", e);
    }
  }

  private Result run(Map<String, DealBooks> books) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute("DROP TABLE IF EXISTS " + table.substring(0, table.indexOf(' ')));
        statement.execute("CREATE TEMPORARY TABLE " + table);
      }
      statement.execute(HeardEvents.TABLE);
    }
    load(books);
    for (AuditQuery query : AuditQuery.values()) {
      ask(query);
    }
    books.forEach(
        (dealId, deal) -> find(AuditQuery.TWO_VERDICTS, dealId, deal.told().contradictions()));
    return new Result(
        verdict(),
        findings,
        count(SOLD_OUT).get("sold out"),
        count(ROWS),
        count(PAYMENTS),
        count(EVENTS));
  }

  private void load(Map<String, DealBooks> books) throws SQLException {
    List<List<Object>> audited = new ArrayList<>();
    List<List<Object>> answers = new ArrayList<>();
    List<List<Object>> money = new ArrayList<>();
    List<List<Object>> payments = new ArrayList<>();
    books.forEach(
        (dealId, deal) -> {
          audited.add(List.of(dealId, deal.counter().left(), deal.counter().claims()));
          answers.addAll(answers(dealId, deal.told()));
          deal.money().forEach((id, state) -> money.add(List.of(dealId, id, state.name())));
          deal.payments().forEach(payment -> payments.add(payment.row(dealId)));
        });
    insert("INSERT INTO AUDITED VALUES (?, ?, ?)", audited);
    insert("INSERT INTO TOLD VALUES (?, ?, ?, ?, ?)", answers);
    insert("INSERT INTO MONEY VALUES (?, ?, ?)", money);
    insert("INSERT INTO PAYMENT VALUES (?, ?, ?, ?, ?, ?)", payments);
  }

  private static List<List<Object>> answers(String dealId, Acks acks) {
    Set<String> placed = new HashSet<>(acks.placed());
    Set<String> declined = new HashSet<>(acks.declined());
    Set<String> nothing = new HashSet<>(acks.onlyRefused());
    Set<String> all = new HashSet<>(placed);
    all.addAll(declined);
    all.addAll(nothing);
    List<List<Object>> rows = new ArrayList<>();
    for (String id : all) {
      rows.add(
          List.of(dealId, id, placed.contains(id), declined.contains(id), nothing.contains(id)));
    }
    return rows;
  }

  private void insert(String sql, List<List<Object>> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      int waiting = 0;
      for (List<Object> row : rows) {
        for (int i = 0; i < row.size(); i++) {
          insert.setObject(i + 1, row.get(i));
        }
        insert.addBatch();
        if (++waiting % BATCH == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private void ask(AuditQuery query) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(query.sql())) {
      while (row.next()) {
        find(query, row.getString(1), row.getLong(2));
      }
    }
  }

  private void find(AuditQuery query, String dealId, long damage) {
    if (damage > 0) {
      found.merge(query.figure(), damage, Long::sum);
      findings.add("deal " + dealId + ": " + query + " " + damage);
    }
  }

  private Verdict verdict() {
    return new Verdict(
        found("oversold"),
        found("lost"),
        found("charged, not paid"),
        found("paid, not charged"),
        found("leaked"),
        found("contradictory"),
        found("nothing, yet happened"));
  }

  private long found(String figure) {
    return found.getOrDefault(figure, 0L);
  }

  /** The names and numbers that the query returns. */
  private Map<String, Long> count(String query) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(query)) {
      while (row.next()) {
        counts.put(row.getString(1), row.getLong(2));
      }
    }
    return counts;
  }
}
