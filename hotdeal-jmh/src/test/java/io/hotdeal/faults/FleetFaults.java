package io.hotdeal.faults;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Faults of every kind, one after the other, on a fleet and on its stores. */
final class FleetFaults {

  enum Kind {
    KILL_SELLER("SIGKILL of a seller"),
    FREEZE_SELLER("SIGSTOP of a seller"),
    KILL_REDIS("SIGKILL of Redis, started again empty"),
    FREEZE_REDIS("SIGSTOP of Redis"),
    KILL_DATABASE("SIGKILL of PostgreSQL"),
    STOP_DATABASE("immediate stop of PostgreSQL"),
    FREEZE_DATABASE("SIGSTOP of PostgreSQL"),
    KILL_ALL("SIGKILL of a seller, Redis and PostgreSQL at once"),
    FREEZE_ALL("SIGSTOP of a seller, Redis and PostgreSQL at once");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private final List<Kind> round;
  private final Fleet fleet;
  private final RedisNode redis;
  private final PostgresNode database;
  private final Random random;
  private final int longestMillis;
  private final Score score;
  private final Deque<Kind> next = new ArrayDeque<>();

  /**
   * Faults of which none is injected yet.
   *
   * @param round the faults of one round, which occur in a random order
   * @param longestMillis how long a freeze lasts, or until a killed process is started again
   */
  FleetFaults(
      List<Kind> round,
      Fleet fleet,
      RedisNode redis,
      PostgresNode database,
      long seed,
      int longestMillis,
      Score score) {
    this.round = round;
    this.fleet = fleet;
    this.redis = redis;
    this.database = database;
    this.random = new Random(seed);
    this.longestMillis = longestMillis;
    this.score = score;
  }

  /** Injects one fault and ends it; each of the round occurs before the next round. */
  Kind one() {
    if (next.isEmpty()) {
      List<Kind> kinds = new ArrayList<>(round);
      Collections.shuffle(kinds, random);
      next.addAll(kinds);
    }
    Kind kind = next.poll();
    inject(kind);
    score.injected(kind.text, 1);
    return kind;
  }

  /** Whether some fault of the round is still to occur, or none occurred yet. */
  boolean isInTheMiddle() {
    return score.faults() % round.size() != 0 || score.faults() == 0;
  }

  private void inject(Kind kind) {
    int index = random.nextInt(fleet.size());
    FleetSeller seller = fleet.seller(index);
    switch (kind) {
      case KILL_SELLER -> during(() -> kill(seller), () -> fleet.restart(index));
      case FREEZE_SELLER -> during(seller::freeze, seller::wake);
      case KILL_REDIS -> during(redis::kill, redis::start);
      case FREEZE_REDIS -> during(redis::freeze, redis::wake);
      case KILL_DATABASE -> during(database::kill, database::start);
      case STOP_DATABASE -> during(database::stopImmediately, database::start);
      case FREEZE_DATABASE -> during(database::freeze, database::wake);
      case KILL_ALL ->
          during(
              () -> {
                kill(seller);
                redis.kill();
                database.kill();
              },
              () -> {
                redis.start();
                fleet.restart(index);
                database.start();
              });
      case FREEZE_ALL ->
          during(
              () -> {
                seller.freeze();
                redis.freeze();
                database.freeze();
              },
              () -> {
                seller.wake();
                database.wake();
                redis.wake();
              });
    }
  }

  private void during(Runnable begin, Runnable end) {
    begin.run();
    Wait.load(longestMillis / 10 + random.nextInt(longestMillis));
    end.run();
  }

  private static void kill(FleetSeller seller) {
    if (!seller.kill()) {
      throw new IllegalStateException("a selling process had ended by itself");
    }
  }
}
