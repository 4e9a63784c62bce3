package io.hotdeal.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.DeliveryReport;
import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Reconciliation;
import io.hotdeal.Reconciliation.Outcome;
import io.hotdeal.SweepReport;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

@DisplayName("The logging listener")
class LoggingListenerTest {

  private final List<String> lines = new ArrayList<>();
  private final LoggingListener listener = new LoggingListener(recordTo(lines));

  private static SweepReport report(long claims, long rows, List<HotDealException> failures) {
    Reconciliation exact = new Reconciliation("deal", Outcome.EXACT, 1, 1, 0);
    return new SweepReport("deal", claims, rows, 0, 0, 0, 0, 0, 0, 0, exact, failures);
  }

  @Test
  @DisplayName("logs a sweep that found a claim or a row, and none that found nothing")
  void sweeps() {
    listener.sweepCompleted(report(0, 0, List.of()));
    assertThat(lines).isEmpty();
    listener.sweepCompleted(report(1, 0, List.of()));
    listener.sweepCompleted(report(0, 1, List.of()));
    listener.sweepCompleted(report(1, 1, List.of()));
    assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("info"));
  }

  @Test
  @DisplayName("warns of a sweep that failed in part, even if it found nothing")
  void failures() {
    listener.sweepCompleted(
        report(0, 0, List.of(new NothingHappenedException("the counter is down"))));
    assertThat(lines).singleElement().asString().startsWith("warn").contains("the counter is down");
  }

  @Test
  @DisplayName("warns of a deal that was not swept, and of a failed round of sweeps")
  void notSwept() {
    listener.sweepFailed("prod-001", new IllegalStateException("by the test"));
    listener.sweepFailed(null, new IllegalStateException("by the test"));
    assertThat(lines)
        .containsExactly(
            "warn deal prod-001 was not swept: java.lang.IllegalStateException: by the test",
            "warn a round of sweeps failed");
  }

  @Test
  @DisplayName("warns of events that a consumer did not take, and is silent about all others")
  void events() {
    listener.eventsDelivered(new DeliveryReport("mail", "prod-001", 3, null));
    assertThat(lines).isEmpty();
    listener.eventsDelivered(
        new DeliveryReport("mail", "prod-001", 0, new IllegalStateException("by the test")));
    assertThat(lines)
        .containsExactly(
            "warn events of deal prod-001 were not taken by consumer mail, and are delivered again");
  }

  /** Keeps the level and the formatted message of each line. */
  private static Logger recordTo(List<String> lines) {
    return (Logger)
        Proxy.newProxyInstance(
            Logger.class.getClassLoader(),
            new Class<?>[] {Logger.class},
            (self, method, args) -> {
              Object[] arguments =
                  args[1] instanceof Object[] many
                      ? many
                      : Arrays.copyOfRange(args, 1, args.length);
              String message = MessageFormatter.basicArrayFormat((String) args[0], arguments);
              lines.add(method.getName() + " " + message);
              return null;
            });
  }
}
