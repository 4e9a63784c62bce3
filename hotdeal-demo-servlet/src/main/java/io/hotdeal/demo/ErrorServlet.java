package io.hotdeal.demo;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** The error page for all other failures: one line, without a stack trace. */
public final class ErrorServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Map<Integer, String> LINES =
      Map.of(
          400, "bad request",
          404, "not found",
          405, "method not allowed",
          413, "too large");

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int code = status instanceof Integer known ? known : HttpServletResponse.SC_NOT_FOUND;
    new Reply(code, LINES.getOrDefault(code, "cannot be served")).send(response);
  }
}
