package io.hotdeal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.faults.Bank.Money;
import io.hotdeal.faults.DealBooks.PaymentBook;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
    "The SQL audit of a held order that is PAID by its first payment, the second refunded,")
class HeldOrderAuditTest {

  private AuditedDeal deal;

  @BeforeEach
  void sell() throws SQLException {
    deal = new AuditedDeal();
    deal.row("h", "hal", 2, "PAID");
    deal.sql(
        "UPDATE ORDER_HISTORY SET EXPIRES = ORDER_DATE, DECIDED = ORDER_DATE + INTERVAL '1' SECOND, PAYMENT_ID = 'first' WHERE ORDER_ID = 'h'");
    deal.sql("UPDATE HOTDEAL_LIST SET QUANTITY = 5");
    deal.counter = new SqlAudit.CounterKeys(5, 0);
    deal.money.put("h", Money.TAKEN);
    payments(
        new PaymentBook("first", "h", false, true, false),
        new PaymentBook("second", "h", true, false, true));
  }

  @AfterEach
  void end() throws SQLException {
    deal.close();
  }

  private void payments(PaymentBook... payments) {
    deal.payments.clear();
    deal.payments.addAll(List.of(payments));
  }

  /** Another payment of the order, in place of the second. */
  private void payment(boolean refunded, boolean placed, boolean refused) {
    payments(
        new PaymentBook("first", "h", false, true, false),
        new PaymentBook("other", "h", refunded, placed, refused));
  }

  @Test
  @DisplayName("finds no violation, and counts rows and payments")
  void clean() {
    SqlAudit.Result result = deal.audit();
    assertThat(result.verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(result.findings()).isEmpty();
    assertThat(result.rows()).isEqualTo(Map.of("PAID", 1L, "PAID late", 1L, "CANCELLED", 1L));
    assertThat(result.payments()).isEqualTo(Map.of("kept", 1L, "refunded", 1L));
  }

  @Test
  @DisplayName("finds a payment that was answered as refused, and kept")
  void refusedAndKept() {
    payment(false, false, true);
    deal.assertFound(
        new Verdict(0, 0, 2, 0, 0, 0, 0),
        AuditQuery.PAYMENT_FOR_NOTHING,
        AuditQuery.REFUSED_NOT_REFUNDED);
  }

  @Test
  @DisplayName("finds a payment that was answered as placed, and does not pay the order")
  void lost() {
    payment(true, true, false);
    deal.assertFound(new Verdict(0, 1, 0, 0, 0, 0, 0), AuditQuery.REPORT_LOST);
  }

  @Test
  @DisplayName("finds a payment whose report was not answered")
  void unanswered() {
    payment(true, false, false);
    deal.assertFound(new Verdict(0, 1, 0, 0, 0, 0, 0), AuditQuery.REPORT_UNANSWERED);
  }

  @Test
  @DisplayName("finds a payment that was answered as placed and as refused")
  void contradicted() {
    payments(new PaymentBook("first", "h", false, true, true));
    deal.assertFound(
        new Verdict(0, 0, 1, 0, 0, 1, 0),
        AuditQuery.REFUSED_NOT_REFUNDED,
        AuditQuery.REPORT_CONTRADICTED);
  }

  @Test
  @DisplayName("finds that the payment of the order was refunded")
  void refunded() {
    payments(new PaymentBook("first", "h", true, true, false));
    deal.assertFound(new Verdict(0, 0, 0, 1, 0, 0, 0), AuditQuery.PAID_BY_NO_PAYMENT);
  }

  @Test
  @DisplayName("finds that the bank has no such payment")
  void neverPaid() {
    payments();
    deal.assertFound(new Verdict(0, 0, 0, 1, 0, 0, 0), AuditQuery.PAID_BY_NO_PAYMENT);
  }
}
