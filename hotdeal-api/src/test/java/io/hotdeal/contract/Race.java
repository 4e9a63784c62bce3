package io.hotdeal.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Many threads that start together and share out a list of calls among them. */
public final class Race {

  private static final int PATIENCE_SECONDS = 120;

  private Race() {}

  /**
   * Calls {@code call} once for every input, from {@code threads} threads.
   *
   * @return the outcomes, position by position
   */
  public static <I, O> List<O> run(int threads, List<I> inputs, Function<I, O> call) {
    AtomicInteger next = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    List<O> outcomes = new ArrayList<>(Collections.nCopies(inputs.size(), null));
    Callable<Void> runner =
        () -> {
          start.await();
          for (int i = next.getAndIncrement(); i < inputs.size(); i = next.getAndIncrement()) {
            outcomes.set(i, call.apply(inputs.get(i)));
          }
          return null;
        };
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Void>> runners = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        runners.add(pool.submit(runner));
      }
      start.countDown();
      for (Future<Void> each : runners) {
        each.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      return outcomes;
    } catch (ExecutionException e) {
      throw new AssertionError("a call of the race failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the race did not end within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
