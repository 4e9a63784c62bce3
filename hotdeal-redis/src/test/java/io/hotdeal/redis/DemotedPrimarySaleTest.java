package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.OrderResult;
import io.hotdeal.PaymentGateway;
import io.hotdeal.SweepReport;
import io.hotdeal.contract.Crowd;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.testkit.FreePorts;
import io.hotdeal.testkit.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

@Timeout(60)
@DisplayName("A sale whose Redis primary is demoted behind its address")
class DemotedPrimarySaleTest {

  private final Deal deal = Deal.of(Crowd.freshDealId(), 100).withLimitPerBuyer(2);
  private final InMemoryOrderLog log = new InMemoryOrderLog();

  @ParameterizedTest
  @EnumSource
  @DisplayName("continues with refuseWhenCounterIsDown, and one sweep makes the new counter exact")
  void continuesSelling(Client client) throws IOException {
    try (EmbeddedRedis before = new EmbeddedRedis();
        EmbeddedRedis after = new EmbeddedRedis();
        TcpProxy address = new TcpProxy(before.uri().getPort());
        Client.Connected connected = client.connect(address.uri("redis"));
        Client.Connected direct = client.connect(after.uri());
        HotDeal hotDeal =
            HotDeal.builder()
                .counter(connected.counter())
                .log(log)
                .payments(PaymentGateway.none())
                .refuseWhenCounterIsDown()
                .breakerOpenFor(Duration.ofMillis(1))
                .build()) {
      hotDeal.open(deal);
      for (int i = 0; i < 30; i++) {
        assertThat(buy(hotDeal, "early-" + i)).isInstanceOf(OrderResult.Placed.class);
      }
      demote(before);
      address.pointTo(after.uri().getPort());
      int sold = 0;
      for (int i = 0; sold < 10; i++) {
        sold += sells(hotDeal, "late-" + i) ? 1 : 0;
      }
      SweepReport report = hotDeal.resolver().sweep(deal.id());
      assertThat(report.reconciliation().isExact()).as("%s", report).isTrue();
      assertThat(direct.counter().stock(deal.id()).orElseThrow().remaining())
          .isEqualTo(log.tally(deal.id()).orElseThrow().left())
          .isEqualTo(60);
    }
  }

  private boolean sells(HotDeal hotDeal, String buyer) {
    try {
      return buy(hotDeal, buyer) instanceof OrderResult.Placed;
    } catch (NothingHappenedException refused) {
      return false;
    }
  }

  private OrderResult buy(HotDeal hotDeal, String buyer) {
    return hotDeal.order(hotDeal.newOrder(deal.id(), buyer, 1));
  }

  private static void demote(EmbeddedRedis redis) throws IOException {
    redis
        .admin()
        .executeCommand(
            new CommandArguments(Command.REPLICAOF).add("127.0.0.1").add(FreePorts.next()));
  }
}
