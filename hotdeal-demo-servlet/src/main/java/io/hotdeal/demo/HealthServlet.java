package io.hotdeal.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The servlet for load balancers and monitors: 200 or 503, and one line. */
final class HealthServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Health health;

  HealthServlet(Health health) {
    this.health = health;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    health.check().send(response);
  }
}
