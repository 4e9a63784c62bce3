package io.hotdeal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The SQL audit of a deal whose sale was heard of, and another order's end after it,")
class HeardEventsAuditTest {

  private AuditedDeal deal;

  @BeforeEach
  void hear() throws SQLException {
    deal = new AuditedDeal();
    deal.sql("UPDATE HOTDEAL_LIST SET EVENTS = 1, LAST_EVENT = 2");
    deal.sql(HeardEvents.TABLE);
    heard(1, "SOLD", "a");
    heard(2, "CANCELLED", "b");
  }

  @AfterEach
  void end() throws SQLException {
    deal.close();
  }

  private void heard(long sequence, String kind, String orderId) throws SQLException {
    deal.sql(
        "INSERT INTO HEARD (PROD_ID, SEQ, KIND, ORDER_ID) VALUES ('deal', %d, '%s', '%s')"
            .formatted(sequence, kind, orderId));
  }

  @Test
  @DisplayName("finds no violation, and counts what was heard again")
  void clean() throws SQLException {
    deal.sql("UPDATE HEARD SET TIMES = 2 WHERE SEQ = 1");
    SqlAudit.Result result = deal.audit();
    assertThat(result.findings()).isEmpty();
    assertThat(result.verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(result.events()).isEqualTo(Map.of("once", 1L, "more than once", 1L));
  }

  @Test
  @DisplayName("finds a sale that was not heard of")
  void saleNotHeard() throws SQLException {
    deal.sql("UPDATE HEARD SET ORDER_ID = 'b', KIND = 'EXPIRED' WHERE SEQ = 1");
    deal.assertFound(new Verdict(0, 1, 0, 0, 0, 0, 0), AuditQuery.SALE_NOT_HEARD);
  }

  @Test
  @DisplayName("finds an event that was lost")
  void eventLost() throws SQLException {
    deal.sql("DELETE FROM HEARD WHERE SEQ = 2");
    deal.assertFound(new Verdict(0, 1, 0, 0, 0, 0, 0), AuditQuery.EVENT_LOST);
  }

  @Test
  @DisplayName("finds a sale that was heard of, and is none, or is two events")
  void heardNotSold() throws SQLException {
    deal.sql("UPDATE HOTDEAL_LIST SET LAST_EVENT = 4");
    heard(3, "SOLD", "b");
    heard(4, "SOLD", "a");
    deal.assertFound(new Verdict(0, 0, 0, 0, 0, 2, 0), AuditQuery.HEARD_NOT_SOLD);
  }

  @Test
  @DisplayName("finds an event that came after a later one")
  void outOfOrder() throws SQLException {
    deal.sql("UPDATE HEARD SET ORDINAL = 99 WHERE SEQ = 1");
    deal.assertFound(new Verdict(0, 0, 0, 0, 0, 1, 0), AuditQuery.OUT_OF_ORDER);
  }
}
