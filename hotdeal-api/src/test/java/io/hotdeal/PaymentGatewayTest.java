package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.ChargeResult.Charged;
import io.hotdeal.ChargeResult.Declined;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A payment gateway")
class PaymentGatewayTest {

  private static final Order ORDER = Order.of("order", "deal", "buyer", 1);

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<Order> refunded = new ArrayList<>();

  @Test
  @DisplayName("created by blocking() runs each verb on its executor")
  void blocking() {
    PaymentGateway gateway =
        PaymentGateway.blocking(
            order -> new Charged(), order -> new Declined("voided"), refunded::add, tasks::add);
    var charge = gateway.charge(ORDER).toCompletableFuture();
    var status = gateway.statusOrVoid(ORDER).toCompletableFuture();
    var refund = gateway.refund(ORDER).toCompletableFuture();
    assertThat(List.of(charge, status, refund)).noneMatch(CompletableFuture::isDone);
    tasks.forEach(Runnable::run);
    assertThat(charge.join()).isEqualTo(new Charged());
    assertThat(status.join()).isEqualTo(new Declined("voided"));
    assertThat(refund).isCompleted();
    assertThat(refunded).containsExactly(ORDER);
  }

  @Test
  @DisplayName("that cannot refund single payments says so, and names the payment and the order")
  void noSinglePayments() {
    PaymentGateway gateway =
        PaymentGateway.blocking(
            order -> new Charged(), order -> new Declined("voided"), refunded::add, tasks::add);
    assertThatThrownBy(gateway.refund(ORDER, "pay-1").toCompletableFuture()::join)
        .hasCauseInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll("payment pay-1 of order order", "refund(Order, String)");
  }

  @Test
  @DisplayName("created by blocking() fails the stage of a charge that throws")
  void blockingBroken() {
    PaymentGateway gateway =
        PaymentGateway.blocking(
            order -> {
              throw new IllegalStateException("broken");
            },
            order -> new Charged(),
            refunded::add,
            Runnable::run);
    assertThatThrownBy(gateway.charge(ORDER).toCompletableFuture()::join)
        .hasRootCauseMessage("broken");
  }

  @Test
  @DisplayName("created by none() confirms each charge, status and refund at once")
  void none() {
    PaymentGateway gateway = PaymentGateway.none();
    assertThat(gateway.charge(ORDER).toCompletableFuture().join()).isEqualTo(new Charged());
    assertThat(gateway.statusOrVoid(ORDER).toCompletableFuture().join()).isEqualTo(new Charged());
    assertThat(gateway.refund(ORDER).toCompletableFuture()).isCompleted();
  }
}
