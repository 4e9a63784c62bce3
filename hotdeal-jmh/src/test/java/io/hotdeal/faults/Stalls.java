package io.hotdeal.faults;

import io.hotdeal.Deal;
import io.hotdeal.faults.Ack.Kind;
import io.hotdeal.faults.Callers.Seen;
import io.hotdeal.testkit.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Loses the Redis primary during a sale, and its replica answers at the same address shortly after:
 * measures the longest gap without a sale.
 */
final class Stalls {

  private static final int CALLERS = 150;
  private static final long WARM_UP_MILLIS = 1_000;
  private static final double AFTER_SECONDS = 4;
  private static final double LONGEST_RETURN_SECONDS = 10;
  private static final double LIMIT_SECONDS = 1;

  private final List<Double> returns = new ArrayList<>();
  private final Stage stage;
  private final Progress progress;

  Stalls(Stage stage, Progress progress) {
    this.stage = stage;
    this.progress = progress;
  }

  /** Loses the primary this many times, in each way, with each client. */
  Score run(int times) throws Exception {
    Score score = new Score("the primary lost behind its address");
    for (Client client : DeafRedis.CLIENTS) {
      for (ReplicaPair.Loss loss : ReplicaPair.Loss.values()) {
        run(score, client, loss, times);
      }
    }
    return score.done();
  }

  private void run(Score score, Client client, ReplicaPair.Loss loss, int times) throws Exception {
    String name = client + ", " + loss;
    List<Double> gaps = new ArrayList<>();
    long failed = 0;
    returns.clear();
    for (int i = 0; i < times; i++) {
      failed += sale(score, client, loss, gaps);
    }
    List<Double> sorted = gaps.stream().sorted().toList();
    double longest = sorted.get(sorted.size() - 1);
    String figures =
        String.format(
            Locale.ROOT,
            "longest gap without a sale %.2f s (median %.2f s of %d), claims at the new primary"
                + " after %s s, failed or refused %d",
            longest,
            sorted.get(sorted.size() / 2),
            times,
            returns.stream().map(it -> String.format(Locale.ROOT, "%.2f", it)).toList(),
            failed);
    score.injected(loss.name(), times);
    score.note(name, figures);
    if (longest > LIMIT_SECONDS) {
      score.problem(name + ": " + figures);
    }
    progress.say(name + ": " + figures);
  }

  /** Waits until claims are made at the new primary, and at least for a while. */
  private void awaitReturn(ReplicaPair pair, String dealId) {
    long lost = System.nanoTime();
    String left = pair.leftAtReplica(dealId);
    double seconds = 0;
    double returned = Double.NaN;
    while (seconds < AFTER_SECONDS
        || (Double.isNaN(returned) && seconds < LONGEST_RETURN_SECONDS)) {
      seconds = (System.nanoTime() - lost) / 1e9;
      if (Double.isNaN(returned) && !Objects.equals(left, pair.leftAtReplica(dealId))) {
        returned = seconds;
      }
      Wait.load(20);
    }
    returns.add(returned);
  }

  private long sale(Score score, Client client, ReplicaPair.Loss loss, List<Double> gaps)
      throws Exception {
    try (Resources resources = new Resources()) {
      ReplicaPair pair = resources.add(new ReplicaPair(resources));
      Deal deal = Deal.of(Stage.dealId("stall"), 10_000_000);
      int port = pair.proxy().port();
      DefaultHotDeal hotDeal = resources.add(DefaultHotDeal.over(stage.postgres(), client, port));
      hotDeal.hotDeal().open(deal);
      pair.follow();
      Callers callers = new Callers(hotDeal.hotDeal(), List.of(deal.id()), "stall").start(CALLERS);
      Wait.load(WARM_UP_MILLIS);
      callers.watchGaps();
      pair.lose(loss);
      awaitReturn(pair, deal.id());
      gaps.add(callers.longestGapSeconds());
      Seen seen = callers.stop();
      score.answered(Kind.PLACED, seen.placed());
      score.answered(Kind.REFUSED, seen.refused());
      score.answered(Kind.UNKNOWN, seen.failed());
      return seen.failed() + seen.refused();
    }
  }
}
