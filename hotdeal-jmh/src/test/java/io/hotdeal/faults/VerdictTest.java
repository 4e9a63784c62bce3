package io.hotdeal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.DealState;
import io.hotdeal.faults.Ack.Kind;
import io.hotdeal.faults.Bank.Money;
import io.hotdeal.faults.LogBooks.Row;
import io.hotdeal.spi.Stock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The verdict on a deal with 10 units and one PAID order of 3")
class VerdictTest {

  private final Acks acks = new Acks();
  private final Map<String, Row> rows = new HashMap<>();
  private final Map<String, Money> bank = new HashMap<>();
  private Deal deal = Deal.of("deal", 10);
  private long left = 7;
  private long remaining = 7;

  @BeforeEach
  void sell() {
    rows.put("a", new Row("buyer", 3, "PAID"));
    bank.put("a", Money.TAKEN);
    told(Kind.PLACED, "a", null);
  }

  private void told(Kind kind, String id, Kind before) {
    acks.accept(new Ack(kind, id, before));
  }

  private Verdict verdict() {
    Optional<Stock> stock = Optional.of(new Stock(remaining, 0, 3, 1, DealState.OPEN, 1));
    return Verdict.of(deal, new LogBooks(10, left, rows), stock, acks, bank);
  }

  @Test
  @DisplayName("is clean if all data matches")
  void clean() {
    assertThat(verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  @DisplayName("counts units above the quantity")
  void oversold() {
    rows.put("b", new Row("other", 9, "RESERVED"));
    assertThat(verdict().oversold()).isEqualTo(2);
  }

  @Test
  @DisplayName("counts units above a buyer's limit")
  void aboveLimit() {
    deal = deal.withLimitPerBuyer(2);
    assertThat(verdict().oversold()).isEqualTo(1);
  }

  @Test
  @DisplayName("counts an order that was placed and has no PAID row")
  void lost() {
    told(Kind.PLACED, "b", null);
    assertThat(verdict().lost()).isEqualTo(1);
  }

  @Test
  @DisplayName("counts a charge without a PAID row")
  void chargedNotPaid() {
    bank.put("b", Money.TAKEN);
    assertThat(verdict().chargedNotPaid()).isEqualTo(1);
  }

  @Test
  @DisplayName("counts a PAID row whose charge was refunded")
  void paidNotCharged() {
    bank.put("a", Money.GIVEN_BACK);
    assertThat(verdict().paidNotCharged()).isEqualTo(1);
  }

  @Test
  @DisplayName("counts units that are missing in the log")
  void unbalanced() {
    left = 6;
    remaining = 6;
    assertThat(verdict().leaked()).isEqualTo(1);
  }

  @Test
  @DisplayName("counts units by which the counter differs from the log")
  void counter() {
    remaining = 9;
    assertThat(verdict().leaked()).isEqualTo(2);
  }

  @Test
  @DisplayName("counts a row that stays RESERVED")
  void reserved() {
    rows.put("b", new Row("other", 1, "RESERVED"));
    left = 6;
    remaining = 6;
    assertThat(verdict().leaked()).isEqualTo(1);
  }

  @Test
  @DisplayName("counts an order that was answered as placed and then as refused")
  void contradictory() {
    told(Kind.REFUSED, "a", Kind.PLACED);
    assertThat(verdict().contradictory()).isEqualTo(1);
  }

  @Test
  @DisplayName("counts an order that was declined, and has no CANCELLED row")
  void declined() {
    told(Kind.DECLINED, "b", null);
    assertThat(verdict().contradictory()).isEqualTo(1);
  }

  @Test
  @DisplayName("counts a PAID order that was answered as NothingHappened")
  void happened() {
    rows.put("b", new Row("other", 1, "PAID"));
    told(Kind.NOTHING, "b", null);
    assertThat(verdict().happened()).isEqualTo(1);
  }
}
