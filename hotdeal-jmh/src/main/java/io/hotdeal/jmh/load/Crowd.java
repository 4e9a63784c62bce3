package io.hotdeal.jmh.load;

import io.hotdeal.jmh.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The threads that bring the load, and what each of them saw. */
final class Crowd {

  /** How many threads keep asynchronous orders under way: few, the machine is the strategy's. */
  private static final int DRIVERS = 1;

  /** In an open loop, later orders than so many are dropped. */
  private static final int MOST_WAITING = 10_000;

  private final List<Thread> threads = new ArrayList<>();
  private final List<Sheet> sheets = new ArrayList<>();

  private Crowd() {}

  /** Those that this load needs. */
  static List<Worker> workers(Strategy strategy, Sale sale, Shape shape) {
    if (shape.isSoldOut()) {
      boolean async = shape.drive().isAsync();
      return many(shape.callers(), () -> new LateCaller(strategy, sale.newBuyer(), async));
    }
    Schedule schedule = new Schedule(Math.max(1, shape.rate()), MOST_WAITING);
    return switch (shape.drive()) {
      case BLOCKING -> many(shape.callers(), () -> new BlockingCaller(strategy, sale.newBuyer()));
      case ASYNC -> drivers(strategy, sale, shape.callers());
      case OPEN ->
          many(shape.callers(), () -> new ScheduledCaller(strategy, sale.newBuyer(), schedule));
      case OPEN_ASYNC -> List.of(new ScheduledDriver(strategy, sale.newBuyer(), schedule));
    };
  }

  private static List<Worker> many(int count, java.util.function.Supplier<Worker> maker) {
    return Stream.generate(maker).limit(count).toList();
  }

  private static List<Worker> drivers(Strategy strategy, Sale sale, int callers) {
    int drivers = Math.min(DRIVERS, callers);
    return IntStream.range(0, drivers)
        .<Worker>mapToObj(
            i ->
                new AsyncDriver(
                    strategy, sale.newBuyer(), callers / drivers + (i < callers % drivers ? 1 : 0)))
        .toList();
  }

  /** Starts a thread for every worker. */
  static Crowd start(List<Worker> workers, Window window, int deals) {
    Crowd crowd = new Crowd();
    for (Worker worker : workers) {
      Sheet sheet = new Sheet(window, deals);
      Thread thread = new Thread(() -> run(worker, window, sheet), "caller");
      thread.setDaemon(true);
      crowd.sheets.add(sheet);
      crowd.threads.add(thread);
    }
    crowd.threads.forEach(Thread::start);
    return crowd;
  }

  private static void run(Worker worker, Window window, Sheet sheet) {
    try {
      worker.work(window, sheet);
    } catch (InterruptedException | RuntimeException | Error e) {
      sheet.failed(e);
    }
  }

  long answeredSoFar() {
    return sheets.stream().mapToLong(Sheet::answeredSoFar).sum();
  }

  /**
   * Waits until all have their last answer.
   *
   * @throws IllegalStateException if they have not, after a minute and more
   */
  List<Sheet> end(Window window) throws InterruptedException {
    long until = window.ends() + 2 * AsyncDriver.PATIENCE_NANOS;
    for (Thread thread : threads) {
      long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()));
      thread.join(left);
      if (thread.isAlive()) {
        throw new IllegalStateException("callers still wait for an answer, minutes after the end");
      }
    }
    return sheets;
  }
}
