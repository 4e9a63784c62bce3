package io.hotdeal.demo;

import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Sells one order per request. GET buys too, because that is what {@code ab} sends; HEAD not. */
final class OrderServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Endpoint endpoint;

  OrderServlet(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      Order order = OrderRequest.read(request, endpoint);
      response.setHeader("X-Order-Id", order.id());
      answer(request, response, endpoint.sell(order));
    } catch (IllegalArgumentException e) {
      Reply.badRequest(e).send(response);
    } catch (HotDealException e) {
      Reply.of(e).send(response);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    doGet(request, response);
  }

  @Override
  protected void doHead(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
  }

  private static void answer(
      HttpServletRequest request,
      HttpServletResponse response,
      CompletableFuture<OrderResult> result)
      throws IOException {
    if (result.isDone() && !result.isCompletedExceptionally()) {
      Reply.of(result.join(), null).send(response);
    } else {
      LateReply.to(request, result);
    }
  }
}
