package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hotdeal.ClaimResult;
import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.PartialFailureException;
import io.hotdeal.testkit.Fault;
import io.hotdeal.testkit.FreePorts;
import io.hotdeal.testkit.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

@Timeout(60)
@DisplayName("A call of several deals that fails for some of them")
class SeveralDealsFailTest {

  private static final Duration SHORT = Duration.ofMillis(300);

  /** A reply of the claim script: claimed, and so many are left. */
  private static final String LEFT_7 = "*2\r\n$3\r\nall\r\n:7";

  private static final String LEFT_8 = "*2\r\n$3\r\nall\r\n:8";

  private final String a = Crowd.freshDealId();
  private final String b = Crowd.freshDealId();
  private final String c = Crowd.freshDealId();
  private final List<Order> orders = List.of(order(a), order(b), order(c));

  @ParameterizedTest
  @CsvSource({
    "JEDIS, OOM command not allowed",
    "LETTUCE, OOM command not allowed",
    "JEDIS, READONLY You can't write",
    "LETTUCE, READONLY You can't write"
  })
  @DisplayName("has the results of the others where Redis refuses one, to which nothing happened")
  void refused(Client client, String reply) {
    try (FakeRedis redis = FakeRedis.answering(LEFT_7, "-" + reply, LEFT_8);
        Client.Connected connected = client.connect(redis.uri())) {
      PartialFailureException partial = fails(connected.counter());
      assertThat(partial.results())
          .containsExactly(new Claimed(7, false), null, new Claimed(8, false));
      assertThat(partial.failures()).containsOnlyKeys(b);
      assertThat(partial.failures().get(b))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining(reply);
      connected.counter().claim(orders.subList(0, 1));
      assertThat(redis.accepted()).as("connections").isEqualTo(reply.startsWith("OOM") ? 1 : 2);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("has the results of the others where one deal's key has another type")
  void wrongType(Client client) {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        Client.Connected connected = client.connect(redis.uri())) {
      orders.forEach(order -> connected.counter().open(Deal.of(order.dealId(), 5)));
      redis.admin().rename("{" + b + "}-deal", "{" + b + "}-quantity");
      PartialFailureException partial = fails(connected.counter());
      assertThat(partial.results())
          .containsExactly(new Claimed(4, false), null, new Claimed(4, false));
      assertThat(partial.failures()).containsOnlyKeys(b);
      assertThat(partial.failures().get(b))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("is a hash, not a string");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("does not know what became of a deal with an error of no known kind")
  void unclassified(Client client) {
    try (FakeRedis redis = FakeRedis.answering(LEFT_7, LEFT_8, "-ERR something new");
        Client.Connected connected = client.connect(redis.uri())) {
      PartialFailureException partial = fails(connected.counter());
      assertThat(partial.results())
          .containsExactly(new Claimed(7, false), new Claimed(8, false), null);
      assertThat(partial.failures().get(c)).isInstanceOf(OutcomeUnknownException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("sends the text of the script to those that did not know it, and to no other")
  void noScript(Client client) {
    try (FakeRedis redis =
            FakeRedis.answering(LEFT_7, "-NOSCRIPT No", "-OOM no", LEFT_8, "-ERR x");
        Client.Connected connected = client.connect(redis.uri())) {
      PartialFailureException partial = fails(connected.counter());
      assertThat(partial.results())
          .containsExactly(new Claimed(7, false), new Claimed(8, false), null);
      assertThat(partial.failures().get(c))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("OOM");
    }
  }

  @ParameterizedTest
  @CsvSource({"JEDIS, hang up", "LETTUCE, hang up", "JEDIS, silence", "LETTUCE, silence"})
  @DisplayName(
      "has the results that came before the connection was lost, or the time-out; the others are"
          + " unknown")
  void lostInTheMiddle(Client client, String end) {
    try (FakeRedis redis = FakeRedis.answering(LEFT_7, end);
        Client.Connected connected = client.connect(redis.uri(), SHORT)) {
      long start = System.nanoTime();
      PartialFailureException partial = fails(connected.counter());
      assertThat(System.nanoTime() - start).isLessThan(2 * SHORT.toNanos());
      assertThat(partial.results()).containsExactly(new Claimed(7, false), null, null);
      assertThat(partial.failures()).containsOnlyKeys(b, c);
      assertThat(partial.failures().values()).hasOnlyElementsOfType(OutcomeUnknownException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("waits for one time-out only: what did not fit into its pipeline is not sent")
  void silence(Client client) {
    List<Order> many =
        IntStream.range(0, DealCalls.PIPELINE + 3)
            .mapToObj(i -> order(Crowd.freshDealId()))
            .toList();
    try (FakeRedis redis = FakeRedis.answering(FakeRedis.SILENCE);
        Client.Connected connected = client.connect(redis.uri(), SHORT)) {
      Map<String, HotDealException> failures = failuresOf(connected.counter(), many);
      assertThat(failures).hasSize(many.size());
      for (int i = 0; i < many.size(); i++) {
        HotDealException failure = failures.get(many.get(i).dealId());
        if (i < DealCalls.PIPELINE) {
          assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
        } else {
          assertThat(failure)
              .isInstanceOf(NothingHappenedException.class)
              .hasMessageContaining("not sent");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("has a failure for each deal if Redis is down: nothing happened to any")
  void allFail(Client client) throws IOException {
    URI closedPort = URI.create("redis://127.0.0.1:" + FreePorts.next());
    try (Client.Connected connected = client.connect(closedPort)) {
      RedisStockCounter counter = connected.counter();
      List<Runnable> calls =
          List.of(
              () -> counter.claim(orders),
              () -> counter.settle(orders),
              () -> counter.release(orders),
              () -> counter.giveBack(orders),
              () ->
                  counter.postpone(
                      orders.stream().map(it -> it.withPayWithin(Duration.ofDays(1))).toList()));
      for (Runnable call : calls) {
        assertThat(failuresOfAll(call))
            .allSatisfy(
                failure ->
                    assertThat(failure)
                        .isInstanceOf(NothingHappenedException.class)
                        .hasMessageContaining("connect"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("tells of verbs without results which deals are done")
  void withoutResults(Client client) {
    String done = "*1\r\n:1";
    try (FakeRedis redis = FakeRedis.answering(done, "-OOM no", done, done, "-OOM no", done);
        Client.Connected connected = client.connect(redis.uri())) {
      PartialFailureException settled =
          catchThrowableOfType(
              PartialFailureException.class, () -> connected.counter().settle(orders));
      assertThat(settled.failures()).containsOnlyKeys(b);
      assertThat(settled.results()).containsExactly(true, null, true);
      List<Order> someHolds = new ArrayList<>(List.of(order(a)));
      orders.forEach(it -> someHolds.add(it.withPayWithin(Duration.ofDays(1))));
      PartialFailureException postponed =
          catchThrowableOfType(
              PartialFailureException.class, () -> connected.counter().postpone(someHolds));
      assertThat(postponed.failures()).containsOnlyKeys(b);
      assertThat(postponed.results()).containsExactly(true, true, null, true);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("does not know what became of those whose replies are lost after the scripts ran")
  void repliesLost(Client client) throws IOException {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        Client.Connected connected = client.connect(proxy.uri("redis"));
        Client.Connected direct = client.connect(redis.uri())) {
      orders.forEach(order -> direct.counter().open(Deal.of(order.dealId(), 5)));
      connected.counter().claim(List.of(Order.of("before", a, "x", 1)));
      proxy.closeOnNextReply();
      Map<String, HotDealException> failures = failuresOf(connected.counter(), orders);
      assertThat(failures)
          .containsOnlyKeys(a, b, c)
          .extracting(a)
          .isInstanceOf(OutcomeUnknownException.class);
      List<ClaimResult> truth = direct.counter().claim(orders);
      assertThat(truth.get(0)).isEqualTo(new Claimed(3, true));
      for (int i = 1; i < 3; i++) { // Lettuce may have noticed before it sent these
        boolean unknown = failures.get(orders.get(i).dealId()) instanceof OutcomeUnknownException;
        assertThat(truth.get(i)).isIn(new Claimed(4, false), new Claimed(4, unknown));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("leaves no late reply to the next call")
  void lateReplies(Client client) {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        Client.Connected connected = client.connect(proxy.uri("redis"), SHORT)) {
      RedisStockCounter counter = connected.counter();
      assertThat(counter.claim(orders)).containsOnly(new UnknownDeal());
      counter.open(Deal.of(a, 5));
      counter.open(Deal.of(b, 50));
      counter.open(Deal.of(c, 500));
      proxy.holdReplies(true);
      assertThat(failuresOfAll(() -> counter.claim(orders)))
          .hasOnlyElementsOfType(OutcomeUnknownException.class);
      proxy.holdReplies(false);
      for (int i = 0; i < 20; i++) {
        assertThat(counter.claim(List.of(order(c), order(a))))
            .containsExactly(new Claimed(499, true), new Claimed(4, true));
        assertThat(counter.claim(List.of(order(b)))).containsExactly(new Claimed(49, true));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("reaches the new primary in the next call after the old one refused")
  void demoted(Client client) throws IOException {
    try (EmbeddedRedis before = new EmbeddedRedis();
        EmbeddedRedis after = new EmbeddedRedis();
        TcpProxy address = new TcpProxy(before.uri().getPort());
        Client.Connected connected = client.connect(address.uri("redis"))) {
      connected.counter().claim(orders);
      before
          .admin()
          .executeCommand(
              new CommandArguments(Command.REPLICAOF).add("127.0.0.1").add(FreePorts.next()));
      address.pointTo(after.uri().getPort());
      JedisCounters.on(after.admin()).open(Deal.of(b, 9));
      assertThat(failuresOfAll(() -> connected.counter().claim(orders)))
          .allSatisfy(
              failure ->
                  assertThat(failure)
                      .isInstanceOf(NothingHappenedException.class)
                      .hasMessageContaining("READONLY"));
      assertThat(connected.counter().claim(orders))
          .containsExactly(new UnknownDeal(), new Claimed(8, false), new UnknownDeal());
    }
  }

  /** Many deals, so that the pipeline is sent in several parts, of which some are cut off. */
  @ParameterizedTest
  @EnumSource
  @DisplayName("never reports that nothing happened to a deal to which something did")
  void cuts(Client client) {
    List<String> deals = IntStream.range(0, 400).mapToObj(i -> Crowd.freshDealId()).toList();
    Map<Class<?>, Integer> counts = new HashMap<>();
    try (EmbeddedRedis redis = new EmbeddedRedis();
        TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        Client.Connected connected = client.connect(proxy.uri("redis"), SHORT)) {
      RedisStockCounter direct = JedisCounters.on(redis.admin());
      deals.forEach(deal -> direct.open(Deal.of(deal, 1_000)));
      int round = 0;
      for (Fault fault :
          List.of(
              Fault.CUT_BEFORE,
              Fault.CUT_AFTER,
              Fault.REPLY_RESET,
              Fault.REPLY_SWALLOWED,
              Fault.HALF_OPEN)) {
        for (int healthy = 0; healthy < 6; healthy++) {
          String id = "round-" + round++;
          List<Order> all = deals.stream().map(deal -> Order.of(id, deal, "x", 1)).toList();
          connectAgain(connected.counter());
          failAfter(proxy, healthy, fault);
          Map<String, HotDealException> failures = failuresOf(connected.counter(), all);
          proxy.inject(() -> null, 0);
          List<ClaimResult> truth = direct.claim(all);
          for (int i = 0; i < all.size(); i++) {
            HotDealException failure = failures.get(all.get(i).dealId());
            if (failure instanceof NothingHappenedException) {
              assertThat(truth.get(i)).isEqualTo(new Claimed(1_000 - round, false));
            }
            counts.merge(failure == null ? Claimed.class : failure.getClass(), 1, Integer::sum);
          }
        }
      }
    }
    assertThat(counts).containsKeys(Claimed.class, OutcomeUnknownException.class);
  }

  private void connectAgain(RedisStockCounter counter) {
    Throwable failure = catchThrowable(() -> counter.claim(orders));
    if (failure != null) {
      assertThat(counter.claim(orders)).containsOnly(new UnknownDeal());
    }
  }

  private static void failAfter(TcpProxy proxy, int healthy, Fault fault) {
    AtomicInteger parts = new AtomicInteger();
    proxy.inject(() -> parts.getAndIncrement() < healthy ? null : fault, 0);
  }

  private static Map<String, HotDealException> failuresOf(
      RedisStockCounter counter, List<Order> orders) {
    try {
      counter.claim(orders);
      return Map.of();
    } catch (PartialFailureException e) {
      return e.failures();
    } catch (HotDealException e) {
      Map<String, HotDealException> all = new HashMap<>();
      orders.forEach(order -> all.put(order.dealId(), e));
      return all;
    }
  }

  /** The failures of the orders' deals, none of which has a result. */
  private Collection<HotDealException> failuresOfAll(Runnable call) {
    PartialFailureException partial =
        catchThrowableOfType(PartialFailureException.class, call::run);
    assertThat(partial.results()).hasSameSizeAs(orders).containsOnlyNulls();
    assertThat(partial.failures()).containsOnlyKeys(a, b, c);
    return partial.failures().values();
  }

  private PartialFailureException fails(RedisStockCounter counter) {
    return catchThrowableOfType(PartialFailureException.class, () -> counter.claim(orders));
  }

  private static Order order(String dealId) {
    return Order.of("x", dealId, "buyer", 1);
  }
}
