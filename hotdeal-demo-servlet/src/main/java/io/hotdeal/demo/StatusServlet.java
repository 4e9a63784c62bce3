package io.hotdeal.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.jr.ob.JSON;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The servlet that returns the contents of the stores as JSON; null means no answer. */
final class StatusServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** Without recycled buffers, which would stay in the server's threads after an undeploy. */
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
