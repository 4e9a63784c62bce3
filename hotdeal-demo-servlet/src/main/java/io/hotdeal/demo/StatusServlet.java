package io.hotdeal.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the stores hold now, as JSON; null where a store does not answer. */
final class StatusServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final JSON JSON_WITH_NULLS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private final transient Status status;

  StatusServlet(Status status) {
    this.status = status;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    Reply.send(response, "application/json", JSON_WITH_NULLS.asString(status.read()));
  }
}
