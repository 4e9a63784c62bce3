package io.hotdeal.demo;

import io.hotdeal.HotDeal;
import io.hotdeal.HotDealException;
import io.hotdeal.Ids;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The servlet of one step of a purchase in two steps, by POST only: hold, confirm or cancel. */
final class HoldServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final long DEFAULT_SECONDS = 120;
  private static final long MOST_SECONDS = Duration.ofHours(1).toSeconds();

  /** A step: reads its parameters and starts it. */
  @FunctionalInterface
  private interface Step {
    CompletableFuture<OrderResult> start(HttpServletRequest request, HttpServletResponse response);
  }

  private final transient Endpoint endpoint;
  private final transient HotDeal hotDeal;
  private final transient SimulatedPayments payments;
  private final transient Step step;

  private HoldServlet(Endpoint endpoint, HotDeal hotDeal, SimulatedPayments payments, Verb verb) {
    this.endpoint = endpoint;
    this.hotDeal = hotDeal;
    this.payments = payments;
    this.step =
        switch (verb) {
          case HOLD -> this::hold;
          case CONFIRM -> this::confirm;
          case CANCEL -> this::cancel;
        };
  }

  /** The steps. */
  enum Verb {
    HOLD,
    CONFIRM,
    CANCEL
  }

  static HoldServlet of(Verb verb, Endpoint endpoint, HotDeal hotDeal, SimulatedPayments payments) {
    return new HoldServlet(endpoint, hotDeal, payments, verb);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      Optional<Reply> refusal = OrderServlet.refusal(request);
      if (refusal.isPresent()) {
        refusal.get().send(response);
      } else if (!endpoint.sells(endpoint.resolve(request.getParameter("deal")))) {
        new Reply(404, "no such deal at " + endpoint.path()).send(response);
      } else {
        OrderServlet.answer(request, response, step.start(request, response));
      }
    } catch (IllegalArgumentException e) {
      Reply.badRequest(e).send(response);
    } catch (HotDealException e) {
      Reply.of(e).send(response);
    }
  }

  /** {@code seconds}: how long the units are held. */
  private CompletableFuture<OrderResult> hold(
      HttpServletRequest request, HttpServletResponse response) {
    Order order = OrderRequest.read(request, endpoint);
    String seconds = request.getParameter("seconds");
    long time =
        seconds == null ? DEFAULT_SECONDS : Numbers.parse("seconds", seconds, 1, MOST_SECONDS);
    response.setHeader("X-Order-Id", order.id());
    return hotDeal.holdAsync(order, Duration.ofSeconds(time));
  }

  /** The report of the payment provider; {@code payment}: the payment's id, made up if missing. */
  private CompletableFuture<OrderResult> confirm(
      HttpServletRequest request, HttpServletResponse response) {
    String dealId = endpoint.resolve(request.getParameter("deal"));
    String orderId = orderId(request);
    String payment = OrderRequest.orElseFresh(request.getParameter("payment"));
    payments.pay(dealId, orderId, Ids.check("payment id", payment));
    response.setHeader("X-Payment-Id", payment);
    return hotDeal.confirmAsync(dealId, orderId, payment);
  }

  private CompletableFuture<OrderResult> cancel(
      HttpServletRequest request, HttpServletResponse response) {
    String dealId = endpoint.resolve(request.getParameter("deal"));
    return hotDeal.cancelAsync(dealId, orderId(request), "cancelled by the buyer");
  }

  private static String orderId(HttpServletRequest request) {
    String id = request.getParameter("order");
    if (id == null) {
      throw new IllegalArgumentException("the parameter order is missing: the id of a held order");
    }
    return Ids.check("order id", id);
  }
}
