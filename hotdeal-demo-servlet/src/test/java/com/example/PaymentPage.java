package com.example;

import io.hotdeal.ChargeResult;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.PaymentGateway;
import io.hotdeal.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A shop whose buyers pay on their provider's page, and whose provider reports by a webhook. */
public final class PaymentPage {

  private static final Duration TIME_TO_PAY = Duration.ofMinutes(15);

  /** Your payment provider. A session is keyed by deal and order id together. */
  interface Provider {
    String openSession(String key, Instant expires); // the same key again: the same page's address

    Optional<String> paymentOrExpire(String key); // the payment, if made; else it never can be

    void refund(String paymentId); // once, however often it is called
  }

  private final HotDeal hotDeal;
  private final Provider provider;
  private final byte[] webhookSecret;

  public PaymentPage(HotDeal hotDeal, Provider provider, byte[] webhookSecret) {
    this.hotDeal = hotDeal;
    this.provider = provider;
    this.webhookSecret = webhookSecret.clone();
  }

  /** What the HotDeal needs of the provider: held orders are never charged by it. */
  static PaymentGateway gateway(Provider provider, Executor executor) {
    return new PaymentGateway() {
      @Override
      public CompletionStage<ChargeResult> charge(Order order) {
        return CompletableFuture.completedFuture(
            new ChargeResult.Declined("this shop sells by its payment page only"));
      }

      @Override
      public CompletionStage<ChargeResult> statusOrVoid(Order order) {
        return CompletableFuture.supplyAsync(
            () ->
                provider
                    .paymentOrExpire(key(order))
                    .<ChargeResult>map(ChargeResult.Charged::new)
                    .orElseGet(() -> new ChargeResult.Declined("not paid")),
            executor);
      }

      @Override
      public CompletionStage<?> refund(Order order) {
        return CompletableFuture.runAsync(
            () -> provider.paymentOrExpire(key(order)).ifPresent(provider::refund), executor);
      }

      @Override
      public CompletionStage<?> refund(Order order, String paymentId) {
        return CompletableFuture.runAsync(() -> provider.refund(paymentId), executor);
      }
    };
  }

  private static String key(Order order) {
    return order.dealId() + "/" + order.id();
  }

  /** A buyer wants one: the address of the payment page, or why there is none. */
  String buy(Order order) {
    OrderResult result = hotDeal.hold(order, TIME_TO_PAY);
    if (result instanceof OrderResult.Held held) {
      return provider.openSession(key(order), held.until());
    } else if (result instanceof OrderResult.Placed) {
      return "/orders/" + order.id();
    } else if (result instanceof Refusal) {
      return "/sold-out"; // or not open, closed, the limit reached: see the type
    }
    return "/start-again"; // expired or cancelled: a new attempt needs a new order id
  }

  /**
   * The provider reports a payment, as often as it likes.
   *
   * @param signature hex of HMAC-SHA-256 over the body
   * @param body key and payment id, separated by a blank
   * @return the HTTP status: the provider repeats its message unless it gets 200
   */
  int webhook(String signature, String body) throws GeneralSecurityException {
    if (!isSigned(signature, body)) {
      return 400;
    }
    String[] parts = body.split("[/ ]", 3);
    try {
      OrderResult result = hotDeal.confirm(parts[0], parts[1], parts[2]);
      if (result instanceof Refusal) {
        System.err.println("a payment for no held order: " + body + ", " + result);
      }
      return 200; // placed, or refunded: this payment is decided for good
    } catch (HotDealException e) {
      return 503; // not decided yet: the provider sends it again
    }
  }

  private boolean isSigned(String signature, String body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(webhookSecret, "HmacSHA256"));
    byte[] expected = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    return MessageDigest.isEqual(
        HexFormat.of().formatHex(expected).getBytes(StandardCharsets.UTF_8),
        signature.getBytes(StandardCharsets.UTF_8));
  }

  /** The buyer leaves the payment page. */
  OrderResult leave(String dealId, String orderId) {
    return hotDeal.cancel(dealId, orderId, "left the payment page");
  }
}
