package io.hotdeal.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the stores hold now, as JSON; null where a store does not answer. */
final class StatusServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Status status;

  StatusServlet(Status status) {
    this.status = status;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    Reply.send(response, "application/json", Json.of(status.read()));
  }
}
