package io.hotdeal.faults;

import io.hotdeal.PaymentGateway;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A faulty log that refunds a late payment before it decides whether it still buys the order. */
final class EarlyRefundLog extends ForwardingLog {

  private final PaymentGateway gateway;

  EarlyRefundLog(OrderLog delegate, PaymentGateway gateway) {
    super(delegate);
    this.gateway = gateway;
  }

  @Override
  public List<Optional<OrderSnapshot>> confirmHeld(List<HoldPayment> payments) {
    for (HoldPayment payment : payments) {
      find(payment.dealId(), payment.id())
          .filter(EarlyRefundLog::isLate)
          .ifPresent(row -> refund(row, payment));
    }
    return super.confirmHeld(payments);
  }

  private static boolean isLate(OrderRecord row) {
    return row.until() != null && row.until().isBefore(Instant.now());
  }

  private void refund(OrderRecord row, HoldPayment payment) {
    gateway
        .refund(row.order(), payment.paymentId())
        .handle((done, broken) -> done == null)
        .toCompletableFuture()
        .join();
  }
}
