package io.hotdeal.demo;

import io.hotdeal.HotDealException;
import io.hotdeal.Units;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The servlet that opens deals of {@code stock} units, at all endpoints or one {@code path}; POST
 * only.
 */
final class ResetServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient List<Endpoint> endpoints;
  private final transient ResetPermit permit;
  private final long defaultStock;

  ResetServlet(List<Endpoint> endpoints, Settings settings) {
    this.endpoints = endpoints;
    defaultStock = settings.stock();
    permit = new ResetPermit(settings.resetToken());
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!permit.allows(request)) {
      new Reply(HttpServletResponse.SC_FORBIDDEN, permit.refusal()).send(response);
    } else if (Bodies.isUnsupported(request)) {
      Bodies.UNSUPPORTED.send(response);
    } else {
      reset(request, response);
    }
  }

  private void reset(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try {
      long stock = stock(request.getParameter("stock"));
      chosen(request.getParameter("path")).forEach(endpoint -> endpoint.reset(stock));
      new Reply(HttpServletResponse.SC_OK, Long.toString(stock)).send(response);
    } catch (IllegalArgumentException e) {
      Reply.badRequest(e).send(response);
    } catch (HotDealException e) {
      Reply.of(e).send(response);
    }
  }

  private long stock(@Nullable String text) {
    return text == null ? defaultStock : Numbers.parse("stock", text, 1, Units.MAX);
  }

  private List<Endpoint> chosen(@Nullable String path) {
    if (path == null) {
      return endpoints;
    }
    return endpoints.stream()
        .filter(endpoint -> endpoint.path().equals(path))
        .findFirst()
        .map(List::of)
        .orElseThrow(() -> new IllegalArgumentException("no endpoint has this path"));
  }
}
