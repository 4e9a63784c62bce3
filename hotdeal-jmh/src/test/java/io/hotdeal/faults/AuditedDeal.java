package io.hotdeal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.faults.Ack.Kind;
import io.hotdeal.faults.Bank.Money;
import io.hotdeal.faults.DealBooks.PaymentBook;
import io.hotdeal.oracle.OracleSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;

/** A deal of 10 units with a limit of 5 and one PAID order of 3, whose books all match. */
final class AuditedDeal implements AutoCloseable {

  final Map<String, Money> money = new HashMap<>();
  final List<PaymentBook> payments = new ArrayList<>();
  SqlAudit.CounterKeys counter = new SqlAudit.CounterKeys(7, 0);
  private final JdbcDataSource database = new JdbcDataSource();
  private final Acks acks = new Acks();
  private final Connection open;

  AuditedDeal() throws SQLException {
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

  void sql(String text) throws SQLException {
    try (Statement statement = open.createStatement()) {
      statement.execute(text);
    }
  }

  void row(String id, String buyer, int units, String status) throws SQLException {
    sql(
        "INSERT INTO ORDER_HISTORY (PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE) VALUES ('deal', '%s', '%s', %d, '%s', SYSTIMESTAMP)"
            .formatted(id, buyer, units, status));
  }

  void tell(Kind kind, String id) {
    acks.accept(new Ack(kind, id, null));
  }

  SqlAudit.Result audit() {
    return SqlAudit.of(database, Map.of("deal", new DealBooks(acks, money, payments, counter)));
  }

  void assertFound(Verdict verdict, AuditQuery... queries) {
    SqlAudit.Result result = audit();
    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.findings())
        .hasSize(queries.length)
        .allMatch(it -> List.of(queries).stream().anyMatch(query -> it.contains(query.name())));
  }

  @Override
  public void close() throws SQLException {
    open.close();
  }
}
