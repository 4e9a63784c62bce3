package io.hotdeal.demo;

import io.hotdeal.Ids;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The simulated page of a payment provider for one held order, with two buttons: pay, which posts
 * what the provider would report to the shop, and cancel.
 */
final class PaymentPageServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** Ids need no escaping, see {@link Ids}. */
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Pay for order %1$s</title>
      <h1>A simulated payment page</h1>
      <p>Order <b>%1$s</b> is held for you.</p>
      <form method="post" action="confirm">
        <input type="hidden" name="order" value="%1$s">
        <input type="hidden" name="deal" value="%2$s">
        <button>Pay</button>
        <button formaction="cancel">Cancel</button>
      </form>
      </html>
      """;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      String order = Ids.check("order id", orEmpty(request.getParameter("order")));
      String deal = request.getParameter("deal");
      String page =
          PAGE.formatted(order, deal == null ? Endpoint.DEAL : Ids.check("deal id", deal));
      response.setHeader("Content-Security-Policy", "default-src 'none'; form-action 'self'");
      Reply.send(response, "text/html;charset=utf-8", page);
    } catch (IllegalArgumentException e) {
      Reply.badRequest(e).send(response);
    }
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
