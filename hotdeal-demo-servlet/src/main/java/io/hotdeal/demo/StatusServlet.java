package io.hotdeal.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.jr.ob.JSON;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the stores hold now, as JSON; null where a store does not answer. */
final class StatusServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** Without buffers that stay in the server's threads, and this application with them. */
  private static final JSON JSON_WITH_NULLS =
      new JSON(JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build())
          .with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private final transient Status status;

  StatusServlet(Status status) {
    this.status = status;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Reply.send(response, "application/json", JSON_WITH_NULLS.asString(status.read()));
  }
}
