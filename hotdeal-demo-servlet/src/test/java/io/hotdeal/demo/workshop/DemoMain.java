package io.hotdeal.demo.workshop;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Serves the WAR until it is stopped. */
final class DemoMain {

  private DemoMain() {}

  public static void main(String[] args) throws InterruptedException {
    endWithParent();
    try {
      serve(Options.of(System.getProperties()));
      new CountDownLatch(1).await();
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("hotdeal demo: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void serve(Options options) {
    WarServer server =
        WarServer.start(options.address(), options.port(), options.war(), parameters(options));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "hotdeal-demo-stop"));
    String url = "http://" + options.address() + ":" + server.port();
    System.out.printf(
        """
        hotdeal demo: %s  (/order  /order-oracle  /order-redis  /status; Ctrl-C stops it)
          buy       ab -c 150 -n 3000 %s/order-redis
          look      curl %s/status
          refill    curl -d stock=1000 %s/reset
        """,
        url, url, url, url);
  }

  static Map<String, String> parameters(Options options) {
    return Map.of("hotdeal.payment.millis", Integer.toString(options.paymentMillis()));
  }

  /** Maven may be killed without a chance to stop what it started. */
  static void endWithParent() {
    ProcessHandle.current().parent().ifPresent(DemoMain::endWith);
  }

  private static void endWith(ProcessHandle parent) {
    var unused = parent.onExit().thenRun(() -> System.exit(0));
  }
}
