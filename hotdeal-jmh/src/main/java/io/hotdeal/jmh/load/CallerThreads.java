package io.hotdeal.jmh.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The threads that send the orders of one round, and the statistics of each. */
final class CallerThreads {

  /** In an open loop an order that is due behind so many others is dropped. */
  private static final int MOST_WAITING = 10_000;

  private final List<Thread> threads = new ArrayList<>();
  private final List<CallerStats> allStats = new ArrayList<>();

  private CallerThreads() {}

  /** The callers that a load needs. Asynchronous orders take one thread. */
  static List<Caller> callers(Instances instances, DealsOnSale onSale, LoadProfile profile) {
    int count = profile.callers();
    if (profile.isSoldOut()) {
      boolean async = profile.model().isAsync();
      return many(count, i -> new SoldOutCaller(instances.ofCaller(i), onSale.newSource(), async));
    }
    Schedule schedule = new Schedule(Math.max(1, profile.rate()), MOST_WAITING);
    return switch (profile.model()) {
      case BLOCKING ->
          many(count, i -> new BlockingCaller(instances.ofCaller(i), onSale.newSource()));
      case ASYNC -> List.of(new AsyncCaller(instances, onSale.newSource(), count));
      case OPEN ->
          many(count, i -> new OpenLoopCaller(instances.ofCaller(i), onSale.newSource(), schedule));
      case OPEN_ASYNC -> List.of(new AsyncOpenLoopCaller(instances, onSale.newSource(), schedule));
    };
  }

  private static List<Caller> many(int count, IntFunction<Caller> maker) {
    return IntStream.range(0, count).mapToObj(maker).toList();
  }

  /** Starts a thread for every caller. */
  static CallerThreads start(List<Caller> callers, Window window, int deals) {
    CallerThreads started = new CallerThreads();
    for (Caller caller : callers) {
      CallerStats stats = new CallerStats(window, deals);
      Thread thread = new Thread(() -> run(caller, window, stats), "caller");
      thread.setDaemon(true);
      started.allStats.add(stats);
      started.threads.add(thread);
    }
    started.threads.forEach(Thread::start);
    return started;
  }

  private static void run(Caller caller, Window window, CallerStats stats) {
    try {
      caller.run(window, stats);
    } catch (InterruptedException | RuntimeException | Error e) {
      stats.failed(e);
    }
  }

  long answeredSoFar() {
    return allStats.stream().mapToLong(CallerStats::answeredSoFar).sum();
  }

  /**
   * Waits until every thread has the answer to its last order.
   *
   * @throws IllegalStateException if one has not, two minutes after the window
   */
  List<CallerStats> awaitEnd(Window window) throws InterruptedException {
    long until = window.ends() + 2 * AsyncCaller.ANSWER_TIMEOUT_NANOS;
    for (Thread thread : threads) {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
      if (thread.isAlive()) {
        throw new IllegalStateException("callers still wait for an answer, minutes after the end");
      }
    }
    return allStats;
  }
}
