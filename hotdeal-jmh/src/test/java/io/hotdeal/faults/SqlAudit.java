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
import javax.sql.DataSource;

/**
 * Audits many deals by SQL alone: the answers to the buyers, the payments of the bank and the
 * counter's remaining units are put into tables beside those of the log. It does not use the
 * library.
 */
final class SqlAudit {

  /**
   * The counter's figures for a deal.
   *
   * @param left units that can be claimed; -1 where it does not know the deal
   */
  record CounterKeys(long left, long claims) {}

  private static final int BATCH = 5_000;

  private static final List<String> TABLES =
      List.of(
          "AUDITED (PROD_ID VARCHAR(64) PRIMARY KEY, GATE_LEFT BIGINT, GATE_CLAIMS BIGINT)",
          "TOLD (PROD_ID VARCHAR(64), ORDER_ID VARCHAR(64), PLACED BOOLEAN, DECLINED BOOLEAN,"
              + " NOTHING BOOLEAN, PRIMARY KEY (PROD_ID, ORDER_ID))",
          "MONEY (PROD_ID VARCHAR(64), ORDER_ID VARCHAR(64), STATE VARCHAR(16),"
              + " PRIMARY KEY (PROD_ID, ORDER_ID))");

  private final Connection connection;
  private final Map<String, Long> found = new HashMap<>();
  private final List<String> findings = new ArrayList<>();

  private SqlAudit(Connection connection) {
    this.connection = connection;
  }

  /** The verdict, the violations by deal, and how many of the deals are sold out. */
  record Result(Verdict verdict, List<String> findings, long soldOut) {}

  static Result of(
      DataSource database,
      Map<String, Acks> told,
      Map<String, Map<String, Bank.Money>> bank,
      Map<String, CounterKeys> counters) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(true);
      return new SqlAudit(connection).run(told, bank, counters);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the books", e);
    }
  }

  private Result run(
      Map<String, Acks> told,
      Map<String, Map<String, Bank.Money>> bank,
      Map<String, CounterKeys> counters)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute("DROP TABLE IF EXISTS " + table.substring(0, table.indexOf(' ')));
        statement.execute("CREATE TEMPORARY TABLE " + table);
      }
    }
    load(told, bank, counters);
    for (AuditQuery query : AuditQuery.values()) {
      ask(query);
    }
    told.forEach((dealId, acks) -> find(AuditQuery.TWO_VERDICTS, dealId, acks.contradictions()));
    return new Result(verdict(), findings, soldOut());
  }

  private void load(
      Map<String, Acks> told,
      Map<String, Map<String, Bank.Money>> bank,
      Map<String, CounterKeys> counters)
      throws SQLException {
    List<List<Object>> audited = new ArrayList<>();
    List<List<Object>> answers = new ArrayList<>();
    List<List<Object>> money = new ArrayList<>();
    counters.forEach(
        (dealId, counter) -> audited.add(List.of(dealId, counter.left(), counter.claims())));
    told.forEach((dealId, acks) -> answers.addAll(answers(dealId, acks)));
    bank.forEach(
        (dealId, orders) ->
            orders.forEach((id, state) -> money.add(List.of(dealId, id, state.name()))));
    insert("INSERT INTO AUDITED VALUES (?, ?, ?)", audited);
    insert("INSERT INTO TOLD VALUES (?, ?, ?, ?, ?)", answers);
    insert("INSERT INTO MONEY VALUES (?, ?, ?)", money);
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

  private long soldOut() throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery(
                "SELECT COUNT(*) FROM HOTDEAL_LIST L JOIN AUDITED A ON A.PROD_ID = L.PROD_ID"
                    + " WHERE L.QUANTITY = 0")) {
      row.next();
      return row.getLong(1);
    }
  }
}
