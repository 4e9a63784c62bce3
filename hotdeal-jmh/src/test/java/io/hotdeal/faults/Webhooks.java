package io.hotdeal.faults;

import io.hotdeal.faults.Ack.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The reports of the bank about the payments of a sale. Each goes to a process other than the one
 * that holds the order, again and again, to another one each time, until it is answered; some go
 * once more after that.
 */
final class Webhooks {

  private static final double ONCE_MORE = 0.15;
  private static final long LATEST_MILLIS = 500;
  private static final long AGAIN_MILLIS = 150;

  private final Fleet fleet;
  private final Sale sale;

  Webhooks(Fleet fleet, Sale sale) {
    this.fleet = fleet;
    this.sale = sale;
  }

  /**
   * Reports a payment after a while.
   *
   * @param holder the index of the process that holds the order
   * @return completes when the bank reports it no more
   */
  CompletableFuture<?> report(Payment payment, int holder) {
    return Wait.later(Stage.someMillis(LATEST_MILLIS))
        .thenCompose(x -> reportUntilAnswered(payment, holder))
        .thenCompose(
            kind ->
                ThreadLocalRandom.current().nextDouble() < ONCE_MORE
                    ? Wait.later(Stage.someMillis(LATEST_MILLIS))
                        .thenCompose(x -> reportOnce(payment, holder))
                    : CompletableFuture.completedFuture(kind));
  }

  private CompletableFuture<Kind> reportUntilAnswered(Payment payment, int holder) {
    return reportOnce(payment, holder)
        .thenCompose(
            kind ->
                kind.isAnswer()
                    ? CompletableFuture.completedFuture(kind)
                    : Wait.later(AGAIN_MILLIS)
                        .thenCompose(x -> reportUntilAnswered(payment, holder)));
  }

  private CompletableFuture<Kind> reportOnce(Payment payment, int holder) {
    return fleet
        .otherThan(holder)
        .ask(FleetRequest.confirm(payment), late -> answered(payment, late))
        .whenComplete((kind, never) -> answered(payment, kind));
  }

  private void answered(Payment payment, Kind kind) {
    sale.acks().accept(new Ack(kind, payment.orderId(), null));
    sale.reports().accept(new Ack(kind, payment.id(), null));
  }
}
