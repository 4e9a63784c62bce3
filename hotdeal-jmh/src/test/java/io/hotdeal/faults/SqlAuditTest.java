package io.hotdeal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.faults.Ack.Kind;
import io.hotdeal.faults.Bank.Money;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The SQL audit of a deal with 10 units, a limit of 5 and one PAID order of 3")
class SqlAuditTest {

  private AuditedDeal deal;

  @BeforeEach
  void sell() throws SQLException {
    deal = new AuditedDeal();
  }

  @AfterEach
  void end() throws SQLException {
    deal.close();
  }

  @Test
  @DisplayName("finds no violation if all data matches")
  void clean() {
    assertThat(deal.audit().verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(deal.audit().findings()).isEmpty();
    assertThat(deal.audit().soldOut()).isZero();
  }

  @Test
  @DisplayName("finds units sold above the quantity")
  void oversold() throws SQLException {
    for (String id : List.of("d", "e")) {
      deal.row(id, "buyer-" + id, 5, "PAID");
      deal.money.put(id, Money.TAKEN);
    }
    deal.sql("UPDATE HOTDEAL_LIST SET QUANTITY = 0");
    deal.counter = new SqlAudit.CounterKeys(0, 0);
    deal.assertFound(
        new Verdict(3, 0, 0, 0, 3, 0, 0), AuditQuery.OVERSOLD, AuditQuery.OUT_OF_BALANCE);
    assertThat(deal.audit().soldOut()).isEqualTo(1);
  }

  @Test
  @DisplayName("finds units above a buyer's limit")
  void aboveLimit() throws SQLException {
    deal.row("d", "ann", 4, "PAID");
    deal.money.put("d", Money.TAKEN);
    deal.sql("UPDATE HOTDEAL_LIST SET QUANTITY = 3");
    deal.sql("UPDATE HOTDEAL_BUYER SET UNITS = 7");
    deal.counter = new SqlAudit.CounterKeys(3, 0);
    deal.assertFound(new Verdict(2, 0, 0, 0, 0, 0, 0), AuditQuery.ABOVE_LIMIT);
  }

  @Test
  @DisplayName("finds an order that was answered as placed and has no PAID row")
  void lost() {
    deal.tell(Kind.PLACED, "d");
    deal.assertFound(new Verdict(0, 1, 0, 0, 0, 0, 0), AuditQuery.PLACED_NOT_PAID);
  }

  @Test
  @DisplayName("finds a charge without a PAID row")
  void chargedNotPaid() {
    deal.money.put("b", Money.TAKEN);
    deal.assertFound(new Verdict(0, 0, 1, 0, 0, 0, 0), AuditQuery.CHARGED_NOT_PAID);
  }

  @Test
  @DisplayName("finds a PAID row whose charge was refunded")
  void paidNotCharged() {
    deal.money.put("a", Money.GIVEN_BACK);
    deal.assertFound(new Verdict(0, 0, 0, 1, 0, 0, 0), AuditQuery.PAID_NOT_CHARGED);
  }

  @Test
  @DisplayName("finds units that no order has and that are not left")
  void leaked() throws SQLException {
    deal.sql("UPDATE HOTDEAL_LIST SET QUANTITY = 5");
    deal.counter = new SqlAudit.CounterKeys(5, 0);
    deal.assertFound(new Verdict(0, 0, 0, 0, 2, 0, 0), AuditQuery.OUT_OF_BALANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RESERVED", "HELD"})
  @DisplayName("finds a row that is not decided")
  void undecided(String status) throws SQLException {
    deal.row("d", "dan", 2, status);
    deal.sql("UPDATE HOTDEAL_LIST SET QUANTITY = 5");
    deal.counter = new SqlAudit.CounterKeys(5, 0);
    deal.assertFound(new Verdict(0, 0, 0, 0, 1, 0, 0), AuditQuery.UNDECIDED);
  }

  @Test
  @DisplayName("finds a buyer's tally that differs from the buyer's rows")
  void tally() throws SQLException {
    deal.sql("UPDATE HOTDEAL_BUYER SET UNITS = 5");
    deal.assertFound(new Verdict(0, 0, 0, 0, 2, 0, 0), AuditQuery.BUYERS_TALLY);
  }

  @Test
  @DisplayName("finds a counter whose quantity differs from the log's and that still holds a claim")
  void counter() {
    deal.counter = new SqlAudit.CounterKeys(6, 1);
    deal.assertFound(new Verdict(0, 0, 0, 0, 2, 0, 0), AuditQuery.GATE_APART);
  }

  @Test
  @DisplayName("finds that the log does not have the deal")
  void noDeal() throws SQLException {
    deal.sql("DELETE FROM HOTDEAL_LIST");
    deal.assertFound(new Verdict(0, 0, 0, 0, 1, 0, 0), AuditQuery.NO_DEAL);
  }

  @Test
  @DisplayName("finds an order that was answered as both placed and declined")
  void twoVerdicts() {
    deal.tell(Kind.DECLINED, "a");
    deal.assertFound(
        new Verdict(0, 0, 0, 0, 0, 2, 0), AuditQuery.TWO_VERDICTS, AuditQuery.TWO_VERDICTS);
  }

  @Test
  @DisplayName("finds a PAID order whose every attempt was answered as having no effect")
  void happened() throws SQLException {
    deal.row("c", "cat", 1, "PAID");
    deal.money.put("c", Money.TAKEN);
    deal.sql("UPDATE HOTDEAL_LIST SET QUANTITY = 6");
    deal.counter = new SqlAudit.CounterKeys(6, 0);
    deal.assertFound(new Verdict(0, 0, 0, 0, 0, 0, 1), AuditQuery.NOTHING_HAPPENED);
  }
}
