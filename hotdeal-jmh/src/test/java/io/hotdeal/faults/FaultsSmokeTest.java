package io.hotdeal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Short fault injection on real processes and stores (in full: mvn -Pfaults verify):")
class FaultsSmokeTest {

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = new Stage();
  }

  @AfterAll
  static void end() {
    stage.close();
  }

  private static void assertClean(Score score, int faults) {
    assertThat(score.faults()).isEqualTo(faults);
    assertThat(score.told(Ack.Kind.PLACED)).isPositive();
    assertThat(score.verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Nested
  @DisplayName("nothing is oversold, lost or leaked")
  class Clean {

    @Test
    @DisplayName("when selling processes are killed")
    void sellers() throws Exception {
      assertClean(new SellerKills(stage, Progress.QUIET).run(3), 3);
    }

    @Test
    @DisplayName("when Redis is killed")
    void redis() throws Exception {
      assertClean(new StoreKills(stage, Progress.QUIET).redis(2), 2);
    }

    @Test
    @DisplayName("when an H2 server is killed")
    void h2() throws Exception {
      assertClean(new StoreKills(stage, Progress.QUIET).database(stage.h2(), "H2", 1), 1);
    }

    @Test
    @DisplayName("when a replica is promoted that lacks some claims")
    void promotions() throws Exception {
      assertClean(new LostClaims(stage, Progress.QUIET).promotions(2), 2);
    }

    @Test
    @DisplayName("when Redis is wiped, or starts from an old snapshot")
    void wipes() throws Exception {
      LostClaims lost = new LostClaims(stage, Progress.QUIET);
      assertClean(lost.wipes(1), 1);
      assertClean(lost.snapshots(1), 1);
    }

    @Test
    @DisplayName("when the network between Jedis and Redis fails")
    void jedis() throws Exception {
      assertClean(new NetworkFaults(stage, Progress.QUIET).redis(Client.JEDIS, 30), 30);
    }

    @Test
    @DisplayName("when the network between Jedis and a Redis cluster fails")
    void cluster() throws Exception {
      assertClean(new NetworkFaults(stage, Progress.QUIET).redis(Client.JEDIS_CLUSTER, 30), 30);
    }

    @Test
    @DisplayName("when the network between Lettuce and Redis fails")
    void lettuce() throws Exception {
      assertClean(new NetworkFaults(stage, Progress.QUIET).redis(Client.LETTUCE, 20), 20);
    }

    @Test
    @DisplayName("when the network between JDBC and the database fails")
    void jdbc() throws Exception {
      assertClean(new NetworkFaults(stage, Progress.QUIET).database(5), 5);
    }

    @Test
    @DisplayName("when Redis stops during the sale and is started again empty")
    void outage() throws Exception {
      assertClean(new Outages(stage, Progress.QUIET).run(1), 1);
    }

    @Test
    @DisplayName("when a selling process is frozen for longer than its claims are held")
    void freeze() throws Exception {
      assertClean(new Freezes(stage, Progress.QUIET).run(1), 1);
    }

    @Test
    @DisplayName("when processes of a fleet and both of its stores are killed and frozen")
    void fleet() throws Exception {
      assertClean(
          new FleetRun(FleetPlan.ORDERS, stage, Progress.QUIET).shortly(),
          FleetFaults.Kind.values().length);
    }

    @Test
    @DisplayName("when orders are held and paid elsewhere, and processes and stores are killed")
    void holds() throws Exception {
      Score score = new FleetRun(FleetPlan.HOLDS, stage, Progress.QUIET).shortly();
      assertClean(score, FleetPlan.HOLDS.faults().size());
      assertThat(score.told(Ack.Kind.HELD)).isPositive();
    }

    @Test
    @DisplayName("when reconciliation is off and no fault is injected")
    void control() throws Exception {
      assertThat(new RedFirst(stage).noReconciling()).isEqualTo(Verdict.CLEAN);
    }
  }

  @ParameterizedTest
  @CsvSource({"JEDIS, SILENT_FROM_THE_START", "LETTUCE, FROZEN_IN_MID_SALE"})
  @DisplayName("no order is refused or fails while Redis does not answer and many deals are sold")
  void deafRedis(Client client, DeafRedis.Silence silence) throws Exception {
    Callers.Seen seen = new DeafRedis(stage, Progress.QUIET).count(client, silence, 12);
    assertThat(seen.placed()).isPositive();
    assertThat(seen.refused()).isZero();
    assertThat(seen.failed()).isZero();
  }

  @Test
  @DisplayName("the audit finds damage when a safeguard is off")
  void redFirst() throws Exception {
    List<RedFirst.Proof> proofs = new RedFirst(stage).run();
    assertThat(proofs).allSatisfy(proof -> assertThat(proof.damage()).isPositive());
  }
}
