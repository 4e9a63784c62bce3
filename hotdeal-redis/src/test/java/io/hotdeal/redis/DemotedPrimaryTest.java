package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.DealState;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.contract.Crowd;
import io.hotdeal.contract.Race;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.testkit.FreePorts;
import io.hotdeal.testkit.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** The proxy stands for a virtual IP, a DNS name or a cloud's primary endpoint. */
@Timeout(60)
@DisplayName("When the primary behind an address is lost, and its connections stay open,")
class DemotedPrimaryTest {

  private static final int CONNECTIONS = 6;

  private final Deal deal = Deal.of(Crowd.freshDealId(), 100);
  private EmbeddedRedis before;
  private EmbeddedRedis after;
  private TcpProxy address;

  @BeforeEach
  void start() throws IOException {
    before = new EmbeddedRedis();
    after = new EmbeddedRedis();
    address = new TcpProxy(before.uri().getPort());
  }

  @AfterEach
  void stop() {
    address.close();
    after.close();
    before.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "a call that is answered READONLY has no effect, and the next one reaches the new primary")
  void writes(Client client) throws IOException {
    try (Client.Connected connected = client.connect(address.uri("redis"))) {
      RedisStockCounter counter = connected.counter();
      counter.open(deal);
      useConnections(client, counter);
      demote();
      List<Order> orders = List.of(Order.of("late", deal.id(), "x", 1));
      assertThatThrownBy(() -> counter.claim(orders))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("READONLY");
      assertThat(counter.claim(orders)).containsExactly(new UnknownDeal());
      counter.open(deal);
      assertThat(counter.claim(orders)).containsExactly(new Claimed(99, false));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("no call returns data of the demoted primary: every verb fails with READONLY")
  void reads(Client client) throws IOException {
    try (Client.Connected connected = client.connect(address.uri("redis"))) {
      RedisStockCounter counter = connected.counter();
      counter.open(deal);
      counter.claim(List.of(Order.of("all", deal.id(), "x", 100)));
      List<Runnable> calls =
          List.of(
              () -> counter.claim(List.of(Order.of("more", deal.id(), "x", 1))),
              () -> counter.claim(List.of(Order.of("all", deal.id(), "x", 100))),
              () -> counter.stock(deal.id()),
              () -> counter.held(deal.id(), 1),
              () -> counter.overdue(deal.id(), 1),
              () -> counter.settle(List.of(Order.of("all", deal.id(), "x", 100))),
              () -> counter.giveBack(List.of(Order.of("all", deal.id(), "x", 100))),
              () -> counter.giveBack(List.of(Order.of("all", deal.id(), "other", 1))),
              () ->
                  counter.postpone(
                      List.of(
                          Order.of("other", deal.id(), "x", 1)
                              .withPayWithin(Duration.ofMinutes(1)))),
              () -> counter.change(new DealTerms(deal, DealState.PAUSED, 2)),
              () -> counter.change(DealTerms.opened(deal)),
              () -> counter.release(List.of(Order.of("other", deal.id(), "x", 1))),
              () -> counter.restore(deal, 1, 1),
              () -> counter.open(deal),
              () -> counter.purge(deal.id()),
              () -> counter.close(deal.id()));
      turnIntoReplica(before);
      for (Runnable call : calls) {
        assertThatThrownBy(call::run)
            .isInstanceOf(NothingHappenedException.class)
            .hasMessageContaining("READONLY");
      }
      address.pointTo(after.uri().getPort());
      assertThat(counter.stock(deal.id())).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("one call times out for all silent connections, and the next one succeeds")
  void silence(Client client) {
    try (Client.Connected connected =
        client.connect(address.uri("redis"), Duration.ofMillis(300))) {
      RedisStockCounter counter = connected.counter();
      counter.open(deal);
      useConnections(client, counter);
      address.silenceOpenConnections();
      List<Order> orders = List.of(Order.of("late", deal.id(), "x", 1));
      assertThatThrownBy(() -> counter.claim(orders)).isInstanceOf(OutcomeUnknownException.class);
      assertThat(counter.claim(orders)).hasOnlyElementsOfType(Claimed.class);
    }
  }

  /** Jedis has a pool: while Redis pauses, every caller gets a connection of its own. */
  private void useConnections(Client client, RedisStockCounter counter) {
    before
        .admin()
        .executeCommand(new CommandArguments(Command.CLIENT).add("PAUSE").add(100).add("ALL"));
    Race.run(
        CONNECTIONS,
        IntStream.range(0, CONNECTIONS).boxed().toList(),
        i -> counter.stock(deal.id()).orElseThrow());
    assertThat(address.accepted()).isEqualTo(client == Client.JEDIS ? CONNECTIONS : 1);
  }

  private void demote() throws IOException {
    turnIntoReplica(before);
    address.pointTo(after.uri().getPort());
  }

  private static void turnIntoReplica(EmbeddedRedis redis) throws IOException {
    redis
        .admin()
        .executeCommand(
            new CommandArguments(Command.REPLICAOF).add("127.0.0.1").add(FreePorts.next()));
  }
}
