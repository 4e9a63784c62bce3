package io.hotdeal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.faults.Ack.Kind;
import io.hotdeal.faults.Bank.Money;
import io.hotdeal.oracle.OracleSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The SQL audit of a deal with 10 units, a limit of 5 and one PAID order of 3")
class SqlAuditTest {

  private final JdbcDataSource database = new JdbcDataSource();
  private final Acks acks = new Acks();
  private final Map<String, Money> money = new HashMap<>();
  private SqlAudit.CounterKeys counter = new SqlAudit.CounterKeys(7, 0);
  private Connection open;

  @BeforeEach
  void sell() throws Exception {
    database.setUrl("jdbc:h2:mem:audit;MODE=Oracle");
    open = database.getConnection();
    OracleSchema.H2.applyTo(database);
    sql(
        "INSERT INTO HOTDEAL_LIST (PROD_ID, QUANTITY, TOTAL, BUYER_LIMIT, OPENS, CLOSES, HOLD_MS, STATE) VALUES ('deal', 7, 10, 5, DATE '2026-01-01', DATE '2027-01-01', 1000, 'OPEN')");
    row("a", "ann", 3, "PAID");
    sql("INSERT INTO HOTDEAL_BUYER VALUES ('deal', 'ann', 3)");
    tell(Kind.PLACED, "a");
    money.put("a", Money.TAKEN);
    row("b", "bob", 1, "CANCELLED");
    tell(Kind.DECLINED, "b");
    money.put("b", Money.VOID);
    tell(Kind.REFUSED, "c");
  }

  @AfterEach
  void end() throws SQLException {
    open.close();
  }

  private void sql(String text) throws SQLException {
    try (Statement statement = open.createStatement()) {
      statement.execute(text);
    }
  }

  private void row(String id, String buyer, int units, String status) throws SQLException {
    sql(
        "INSERT INTO ORDER_HISTORY (PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE) VALUES ('deal', '%s', '%s', %d, '%s', SYSTIMESTAMP)"
            .formatted(id, buyer, units, status));
  }

  private void tell(Kind kind, String id) {
    acks.accept(new Ack(kind, id, null));
  }

  private SqlAudit.Result audit() {
    return SqlAudit.of(
        database, Map.of("deal", acks), Map.of("deal", money), Map.of("deal", counter));
  }

  private void assertFound(Verdict verdict, AuditQuery... queries) {
    SqlAudit.Result result = audit();
    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.findings())
        .hasSize(queries.length)
        .allMatch(it -> List.of(queries).stream().anyMatch(query -> it.contains(query.name())));
  }

  @Test
  @DisplayName("finds no violation if all data matches")
  void clean() {
    assertThat(audit().verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(audit().findings()).isEmpty();
    assertThat(audit().soldOut()).isZero();
  }

  @Test
  @DisplayName("finds units sold above the quantity")
  void oversold() throws SQLException {
    for (String id : List.of("d", "e")) {
      row(id, "buyer-" + id, 5, "PAID");
      money.put(id, Money.TAKEN);
    }
    sql("UPDATE HOTDEAL_LIST SET QUANTITY = 0");
    counter = new SqlAudit.CounterKeys(0, 0);
    assertFound(new Verdict(3, 0, 0, 0, 3, 0, 0), AuditQuery.OVERSOLD, AuditQuery.OUT_OF_BALANCE);
    assertThat(audit().soldOut()).isEqualTo(1);
  }

  @Test
  @DisplayName("finds units above a buyer's limit")
  void aboveLimit() throws SQLException {
    row("d", "ann", 4, "PAID");
    money.put("d", Money.TAKEN);
    sql("UPDATE HOTDEAL_LIST SET QUANTITY = 3");
    sql("UPDATE HOTDEAL_BUYER SET UNITS = 7");
    counter = new SqlAudit.CounterKeys(3, 0);
    assertFound(new Verdict(2, 0, 0, 0, 0, 0, 0), AuditQuery.ABOVE_LIMIT);
  }

  @Test
  @DisplayName("finds an order that was answered as placed and has no PAID row")
  void lost() {
    tell(Kind.PLACED, "d");
    assertFound(new Verdict(0, 1, 0, 0, 0, 0, 0), AuditQuery.PLACED_NOT_PAID);
  }

  @Test
  @DisplayName("finds a charge without a PAID row")
  void chargedNotPaid() {
    money.put("b", Money.TAKEN);
    assertFound(new Verdict(0, 0, 1, 0, 0, 0, 0), AuditQuery.CHARGED_NOT_PAID);
  }

  @Test
  @DisplayName("finds a PAID row whose charge was refunded")
  void paidNotCharged() {
    money.put("a", Money.GIVEN_BACK);
    assertFound(new Verdict(0, 0, 0, 1, 0, 0, 0), AuditQuery.PAID_NOT_CHARGED);
  }

  @Test
  @DisplayName("finds units that no order has and that are not left")
  void leaked() throws SQLException {
    sql("UPDATE HOTDEAL_LIST SET QUANTITY = 5");
    counter = new SqlAudit.CounterKeys(5, 0);
    assertFound(new Verdict(0, 0, 0, 0, 2, 0, 0), AuditQuery.OUT_OF_BALANCE);
  }

  @Test
  @DisplayName("finds a row that is still RESERVED")
  void undecided() throws SQLException {
    row("d", "dan", 2, "RESERVED");
    sql("UPDATE HOTDEAL_LIST SET QUANTITY = 5");
    counter = new SqlAudit.CounterKeys(5, 0);
    assertFound(new Verdict(0, 0, 0, 0, 1, 0, 0), AuditQuery.UNDECIDED);
  }

  @Test
  @DisplayName("finds a buyer's tally that differs from the buyer's rows")
  void tally() throws SQLException {
    sql("UPDATE HOTDEAL_BUYER SET UNITS = 5");
    assertFound(new Verdict(0, 0, 0, 0, 2, 0, 0), AuditQuery.BUYERS_TALLY);
  }

  @Test
  @DisplayName("finds a counter whose quantity differs from the log's and that still holds a claim")
  void counter() {
    counter = new SqlAudit.CounterKeys(6, 1);
    assertFound(new Verdict(0, 0, 0, 0, 2, 0, 0), AuditQuery.GATE_APART);
  }

  @Test
  @DisplayName("finds that the log does not have the deal")
  void noDeal() throws SQLException {
    sql("DELETE FROM HOTDEAL_LIST");
    assertFound(new Verdict(0, 0, 0, 0, 1, 0, 0), AuditQuery.NO_DEAL);
  }

  @Test
  @DisplayName("finds an order that was answered as both placed and declined")
  void twoVerdicts() {
    tell(Kind.DECLINED, "a");
    assertFound(new Verdict(0, 0, 0, 0, 0, 2, 0), AuditQuery.TWO_VERDICTS, AuditQuery.TWO_VERDICTS);
  }

  @Test
  @DisplayName("finds a PAID order whose every attempt was answered as having no effect")
  void happened() throws SQLException {
    row("c", "cat", 1, "PAID");
    money.put("c", Money.TAKEN);
    sql("UPDATE HOTDEAL_LIST SET QUANTITY = 6");
    counter = new SqlAudit.CounterKeys(6, 0);
    assertFound(new Verdict(0, 0, 0, 0, 0, 0, 1), AuditQuery.NOTHING_HAPPENED);
  }
}
