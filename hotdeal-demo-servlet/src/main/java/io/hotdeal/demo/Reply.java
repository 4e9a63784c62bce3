package io.hotdeal.demo;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.OrderResult;
import io.hotdeal.Refusal;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A reply to a buyer: a status and one line of text.
 *
 * <p>The bodies for a placed order and for sold out are the workshop's: the units left, or {@code
 * Out Of Stock}. Both have status 200, because {@code ab} counts others separately.
 */
record Reply(int status, String text) {

  private static final int OK = HttpServletResponse.SC_OK;
  private static final int CONFLICT = HttpServletResponse.SC_CONFLICT;
  private static final String RETRY_AFTER_SECONDS = "1";

  static final Reply NOTHING_HAPPENED =
      new Reply(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "nothing happened: try again");
  static final Reply OUTCOME_UNKNOWN =
      new Reply(
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          "outcome unknown: ask again with the same order id");

  static Reply badRequest(IllegalArgumentException e) {
    return new Reply(HttpServletResponse.SC_BAD_REQUEST, String.valueOf(e.getMessage()));
  }

  /** The reply to a result or a failure; exactly one of the two is not null. */
  static Reply of(@Nullable OrderResult result, @Nullable Throwable failure) {
    return result != null ? of(result) : of(failure);
  }

  private static Reply of(OrderResult result) {
    if (result instanceof OrderResult.Placed placed) {
      return new Reply(OK, Long.toString(placed.remaining()));
    } else if (result instanceof Refusal.SoldOut) {
      return new Reply(OK, "Out Of Stock");
    } else if (result instanceof OrderResult.Held held) {
      return new Reply(OK, "held until " + held.until());
    } else if (result instanceof Refusal.UnknownDeal) {
      return new Reply(HttpServletResponse.SC_NOT_FOUND, "no such deal");
    } else if (result instanceof Refusal.UnknownOrder) {
      return new Reply(HttpServletResponse.SC_NOT_FOUND, "no such order");
    }
    return new Reply(CONFLICT, refusal(result));
  }

  private static String refusal(OrderResult result) {
    if (result instanceof Refusal.LimitReached reached) {
      return "limit of " + reached.limit() + " per buyer reached";
    } else if (result instanceof Refusal.NotYetOpen) {
      return "deal is not yet open";
    } else if (result instanceof Refusal.Closed) {
      return "deal is closed";
    } else if (result instanceof Refusal.Paused) {
      return "deal is paused: order again later";
    } else if (result instanceof OrderResult.Returned) {
      return "order was given back: order again with another id";
    } else if (result instanceof OrderResult.Declined) {
      return "order was cancelled: order again with another id";
    } else if (result instanceof OrderResult.Expired expired) {
      return "hold expired at " + expired.until() + ": order again with another id";
    } else if (result instanceof OrderResult.PaymentRefused refused) {
      return "payment buys nothing, the order is "
          + refused.state()
          + (refused.refunded() ? ": it was refunded" : ": it has to be refunded");
    }
    return "order id belongs to another order";
  }

  /**
   * The reply to a failure: "nothing happened" only if that is certain. It omits the cause, which
   * may name hosts.
   */
  static Reply of(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof NothingHappenedException ? NOTHING_HAPPENED : OUTCOME_UNKNOWN;
  }

  void send(ServletResponse response) throws IOException {
    HttpServletResponse http = (HttpServletResponse) response;
    http.setStatus(status);
    if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      http.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
    send(http, "text/plain;charset=utf-8", text);
  }

  /** Writes a response that browsers neither cache nor sniff for another content type. */
  static void send(HttpServletResponse response, String type, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
