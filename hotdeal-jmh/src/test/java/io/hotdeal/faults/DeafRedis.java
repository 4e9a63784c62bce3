package io.hotdeal.faults;

import io.hotdeal.Deal;
import io.hotdeal.faults.Ack.Kind;
import io.hotdeal.faults.Callers.Seen;
import io.hotdeal.testkit.FreePorts;
import io.hotdeal.testkit.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Sells many deals from the log while Redis does not answer, and compares the rate with that of a
 * HotDeal without a counter. Each round runs both; the order alternates.
 */
final class DeafRedis {

  /** Why there is no answer. */
  enum Silence {
    FROZEN_IN_MID_SALE,
    SILENT_FROM_THE_START,
    UNREACHABLE
  }

  static final List<Client> CLIENTS = List.of(Client.JEDIS, Client.LETTUCE);

  private static final List<Integer> DEALS = List.of(50, 20, 12);
  private static final int CALLERS = 150;
  private static final long SLICE_MILLIS = 1_500;
  private static final long SHORT_SLICE_MILLIS = 400;
  private static final long UNTIL_FROZEN_MILLIS = 400;

  /** The least median of the orders per second, relative to those without a counter. */
  private static final double LIMIT = 0.8;

  private final Stage stage;
  private final Progress progress;

  DeafRedis(Stage stage, Progress progress) {
    this.stage = stage;
    this.progress = progress;
  }

  /** Runs every case and checks the ratio. */
  Score run(int rounds) throws Exception {
    Score score = new Score("Redis silent, many deals");
    for (Client client : CLIENTS) {
      for (Silence silence : Silence.values()) {
        for (int deals : DEALS) {
          compare(score, client, silence, deals, rounds);
        }
      }
    }
    return score.done();
  }

  private void compare(Score score, Client client, Silence silence, int deals, int rounds)
      throws Exception {
    String name = client + ", " + silence + ", " + deals + " deals";
    try (Case it = new Case(client, silence, deals);
        DefaultHotDeal plain = DefaultHotDeal.over(stage.postgres())) {
      List<Double> ratios = new ArrayList<>();
      Seen all = new Seen(0, 0, 0, 0, 0);
      it.slice(plain, "warm", SLICE_MILLIS);
      for (int i = 0; i < rounds; i++) {
        boolean plainFirst = i % 2 == 1;
        Seen first = it.slice(plainFirst ? plain : it.hotDeal, "first" + i, SLICE_MILLIS);
        Seen second = it.slice(plainFirst ? it.hotDeal : plain, "second" + i, SLICE_MILLIS);
        Seen deaf = plainFirst ? second : first;
        Seen without = plainFirst ? first : second;
        ratios.add(deaf.placedPerSecond() / without.placedPerSecond());
        all = all.plus(deaf);
      }
      note(score, name, ratios, all);
      progress.say(name + ": " + score.notes().get(name));
    }
  }

  /** Runs one slice for one client and silence, and returns only the counts. */
  Seen count(Client client, Silence silence, int deals) throws Exception {
    try (Case it = new Case(client, silence, deals)) {
      return it.slice(it.hotDeal, "deaf", SHORT_SLICE_MILLIS);
    }
  }

  private static void note(Score score, String name, List<Double> ratios, Seen seen) {
    List<Double> sorted = ratios.stream().sorted().toList();
    double median = sorted.get(sorted.size() / 2);
    score.injected(name.substring(name.indexOf(' ') + 1), 1);
    score.answered(Kind.PLACED, seen.placed());
    score.answered(Kind.REFUSED, seen.refused());
    score.answered(Kind.UNKNOWN, seen.failed());
    String figures =
        String.format(
            Locale.ROOT,
            "%.2f of the speed without a counter (%.2f to %.2f); "
                + "placed %d, refused %d, failed %d, over %d ms %d",
            median,
            sorted.get(0),
            sorted.get(sorted.size() - 1),
            seen.placed(),
            seen.refused(),
            seen.failed(),
            Callers.SLOW_MILLIS,
            seen.slow());
    score.note(name, figures);
    if (median < LIMIT || seen.refused() > 0 || seen.failed() > 0 || seen.placed() == 0) {
      score.problem(name + ": " + figures);
    }
  }

  /** A HotDeal whose Redis does not answer, or stops answering. */
  private final class Case implements AutoCloseable {

    private final Resources resources = new Resources();
    private final Silence silence;
    private final RedisNode redis;
    private final List<Deal> deals;
    private final DefaultHotDeal hotDeal;
    private boolean frozen;

    Case(Client client, Silence silence, int count) throws Exception {
      this.silence = silence;
      redis = silence == Silence.FROZEN_IN_MID_SALE ? RedisNode.forgetful(resources) : null;
      deals =
          IntStream.range(0, count)
              .mapToObj(i -> Deal.of(Stage.dealId("deaf"), 10_000_000))
              .toList();
      hotDeal = resources.add(DefaultHotDeal.over(stage.postgres(), client, port()));
      hotDeal.openAll(deals);
    }

    private int port() {
      return switch (silence) {
        case FROZEN_IN_MID_SALE -> redis.port();
        case SILENT_FROM_THE_START -> listenOnly();
        case UNREACHABLE -> FreePorts.next();
      };
    }

    /** The operating system accepts connections, and no process reads from them. */
    private int listenOnly() {
      try {
        return resources
            .add(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()))
            .getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Seen slice(DefaultHotDeal at, String name, long millis) {
      List<String> ids = deals.stream().map(Deal::id).toList();
      Callers callers = new Callers(at.hotDeal(), ids, name).start(CALLERS);
      if (silence == Silence.FROZEN_IN_MID_SALE && at == hotDeal && !frozen) {
        Wait.load(UNTIL_FROZEN_MILLIS);
        redis.freeze();
        frozen = true;
      }
      Wait.load(millis);
      return callers.stop();
    }

    @Override
    public void close() {
      if (frozen) {
        redis.wake();
      }
      resources.close();
    }
  }
}
