package io.hotdeal.faults;

import java.util.List;
import java.util.Map;

/**
 * What is known of a deal beside the log.
 *
 * @param told the answers to the buyers
 * @param money the bank's state per order
 * @param payments the bank's payments of held orders, and the answers to its reports
 * @param counter the counter's figures
 */
record DealBooks(
    Acks told,
    Map<String, Bank.Money> money,
    List<PaymentBook> payments,
    SqlAudit.CounterKeys counter) {

  /**
   * A payment of a held order, as the bank has it.
   *
   * @param refunded whether its money was given back
   * @param placed whether its report was answered as having bought the order
   * @param refused whether its report was answered as having bought nothing
   */
  record PaymentBook(String id, String orderId, boolean refunded, boolean placed, boolean refused) {

    /** As a row of the audit's table. */
    List<Object> row(String dealId) {
      return List.of(dealId, orderId, id, refunded, placed, refused);
    }
  }

  static DealBooks of(Sale sale, SqlAudit.CounterKeys counter) {
    Bank bank = sale.bank();
    String dealId = sale.deal().id();
    return new DealBooks(
        sale.acks(),
        bank.books(dealId),
        bank.payments(dealId).stream().map(payment -> book(sale, payment)).toList(),
        counter);
  }

  private static PaymentBook book(Sale sale, Payment payment) {
    return new PaymentBook(
        payment.id(),
        payment.orderId(),
        sale.bank().isRefunded(payment),
        sale.reports().isTold(payment.id(), Ack.Kind.PLACED),
        sale.reports().isTold(payment.id(), Ack.Kind.PAYMENT_REFUSED));
  }
}
