package io.hotdeal.demo;

import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The servlet of an endpoint: it sells one order per request. GET buys too, because that is what
 * {@code ab} sends; HEAD, prefetches and requests from pages of other sites do not.
 */
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
      Optional<Reply> refusal = refusal(request);
      if (refusal.isPresent()) {
        refusal.get().send(response);
      } else {
        sell(request, response);
      }
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

  /** The reply to a request that must not buy, if it is one. */
  static Optional<Reply> refusal(HttpServletRequest request) {
    if (Browsers.isPrefetch(request)) {
      return Optional.of(new Reply(403, "a prefetch buys nothing"));
    } else if (Browsers.isCrossSite(request)) {
      return Optional.of(new Reply(403, "another site's request buys nothing"));
    }
    return Bodies.isUnsupported(request) ? Optional.of(Bodies.UNSUPPORTED) : Optional.empty();
  }

  private void sell(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Order order = OrderRequest.read(request, endpoint);
    if (endpoint.sells(order.dealId())) {
      response.setHeader("X-Order-Id", order.id());
      answer(request, response, endpoint.sell(order));
    } else {
      new Reply(404, "no such deal at " + endpoint.path()).send(response);
    }
  }

  static void answer(
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
