package io.hotdeal.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * All scenarios, one after the other; only the network faults of the three Redis clients run
 * concurrently.
 */
final class Scenarios {

  private final Stage stage;
  private final Options options;
  private final Progress progress;
  private final List<Score> scores = new ArrayList<>();

  Scenarios(Stage stage, Options options, Progress progress) {
    this.stage = stage;
    this.options = options;
    this.progress = progress;
  }

  List<Score> run() throws Exception {
    run(options.jvmKills(), n -> new SellerKills(stage, progress).run(n));
    StoreKills kills = new StoreKills(stage, progress);
    run(options.redisKills(), kills::redis);
    int half = (options.databaseKills() + 1) / 2;
    run(half, n -> kills.database(stage.postgres(), "PostgreSQL", n));
    run(options.databaseKills() - half, n -> kills.database(stage.h2(), "the H2 server", n));
    LostClaims lost = new LostClaims(stage, progress);
    run(options.promotions(), lost::promotions);
    run(options.wipes(), lost::wipes);
    run(options.snapshots(), lost::snapshots);
    network();
    run(options.jdbc(), n -> new NetworkFaults(stage, progress).database(n));
    run(options.outages(), this::outages);
    run(options.freezes(), n -> new Freezes(stage, progress).run(n));
    run(options.fleetMinutes(), n -> new FleetRun(FleetPlan.ORDERS, stage, progress).minutes(n));
    run(options.holds(), n -> new FleetRun(FleetPlan.HOLDS, stage, progress).faults(n));
    run(options.deafRounds(), n -> new DeafRedis(stage, progress).run(n));
    run(options.stalls(), n -> new Stalls(stage, progress).run(n));
    return scores;
  }

  private interface Scenario {
    Score run(int faults) throws Exception;
  }

  private void run(int faults, Scenario scenario) throws Exception {
    if (faults > 0) {
      scores.add(scenario.run(faults));
    }
  }

  private void network() throws Exception {
    if (options.network() == 0) {
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(Client.values().length);
    try {
      List<Callable<Score>> clients = new ArrayList<>();
      for (Client client : Client.values()) {
        clients.add(() -> new NetworkFaults(stage, progress).redis(client, options.network()));
      }
      for (Future<Score> score : threads.invokeAll(clients)) {
        scores.add(score.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Score outages(int count) throws Exception {
    return new Outages(stage, progress).run(count);
  }
}
