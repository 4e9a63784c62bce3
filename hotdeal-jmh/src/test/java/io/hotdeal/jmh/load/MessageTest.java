package io.hotdeal.jmh.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hotdeal.jmh.load.InstanceTask.StoreAddresses;
import io.hotdeal.jmh.strategy.Strategy.Answer;
import io.hotdeal.oracle.OracleSchema;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A message between the processes of a fleet")
final class MessageTest {

  private static final JdbcTarget DATABASE =
      new JdbcTarget(
          "jdbc:postgresql://host:1/db", "user", "pass\"word\n", OracleSchema.POSTGRESQL);

  private static Message sent(Message message) {
    assertThat(message.line()).doesNotContain("\n");
    return Message.parse(message.line());
  }

  @Test
  @DisplayName("is the share of an instance: its callers and rate, the deals, the stores")
  void task() {
    LoadProfile all =
        LoadProfile.closed(LoadModel.BLOCKING, 7)
            .withRate(90)
            .withDeals(2)
            .withStock(11)
            .withInstances(3);
    DealsOnSale onSale = DealsOnSale.of(all);
    StoreAddresses stores = new StoreAddresses(DATABASE, URI.create("redis://host:2"), true);

    InstanceTask task = InstanceTask.of(new Scenario("row-lock", all), 0, onSale, stores);
    InstanceTask read = InstanceTask.of(sent(task.toMessage()));

    LoadProfile share = all.withCallers(3).withRate(30).withInstances(1);
    assertThat(read.scenario()).isEqualTo(new Scenario("row-lock", share));
    assertThat(read.stores()).isEqualTo(stores);
    assertThat(read.onSale().deals()).isEqualTo(onSale.deals());
    assertThat(read.onSale().newSource().order(0).id())
        .isNotEqualTo(onSale.newSource().order(0).id());
  }

  @Test
  @DisplayName("names only the stores that are started")
  void noStores() {
    LoadProfile all = LoadProfile.closed(LoadModel.ASYNC, 5);
    StoreAddresses none = new StoreAddresses(null, null, false);

    InstanceTask task =
        InstanceTask.of(new Scenario("hotdeal-memory", all), 0, DealsOnSale.of(all), none);

    assertThat(InstanceTask.of(sent(task.toMessage())).stores()).isEqualTo(none);
  }

  @Test
  @DisplayName("is what the callers were told, to be added up")
  void result() {
    Window window = Window.startingNow(Duration.ZERO, Duration.ofSeconds(10));
    CallerStats stats = new CallerStats(window, 2);
    stats.answered(Answer.SOLD, 1, window.begins(), window.begins() + 1_000);
    stats.answered(Answer.SOLD, 1, window.begins(), window.ends() + 1_000);
    stats.answered(Answer.SOLD_OUT, 0, window.begins(), window.begins() + 5_000);
    stats.failed(new IllegalStateException("no \"answer\""));
    stats.dropped(window.begins());
    Message message = new Message();
    CallerStats.sum(List.of(stats), 2).writeTo(message);
    new CallCounts(1, 2, 3, 4, 5).writeTo(message);

    CallerStats.Total twice = new CallerStats.Total(2);
    twice.add(CallerStats.Total.of(sent(message)));
    twice.add(CallerStats.Total.of(sent(message)));

    assertThat(twice.acknowledged(new long[2])).containsExactly(0L, 4L);
    assertThat(twice.sold()).isEqualTo(4);
    assertThat(twice.soldInTime()).isEqualTo(2);
    assertThat(twice.soldOut()).isEqualTo(2);
    assertThat(twice.soldOutInTime()).isEqualTo(2);
    assertThat(twice.errors()).isEqualTo(2);
    assertThat(twice.dropped()).isEqualTo(2);
    assertThat(twice.messages()).containsExactly("java.lang.IllegalStateException: no \"answer\"");
    assertThat(twice.latencies().getTotalCount()).isEqualTo(6);
    assertThat(CallCounts.of(sent(message)).plus(CallCounts.of(sent(message))))
        .isEqualTo(new CallCounts(2, 4, 6, 8, 10));
  }

  @Test
  @DisplayName("is a window on the wall clock that the processes share")
  void window() {
    Message times =
        Window.message(Duration.ofSeconds(1), Duration.ofMillis(5), Duration.ofMillis(7));

    Window window = Window.of(sent(times));

    assertThat(window.begins() - System.nanoTime()).isBetween(0L, 1_000_000_000L);
    assertThat(window.counts() - window.begins()).isEqualTo(5_000_000);
    assertThat(window.ends() - window.counts()).isEqualTo(7_000_000);
  }

  @Test
  @DisplayName("fails if a value is missing, and names it")
  void missing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sent(new Message().with("a", 1)).number("b"))
        .withMessage("the message has no b");
  }
}
