package io.hotdeal.demo.workshop;

import io.hotdeal.demo.workshop.HttpConnection.Answer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Counts the answers to all users: an outcome is read from the body, never from the status alone.
 */
final class Score {

  private static final long LONGEST_MICROS = 600_000_000;

  private final LongAdder sold = new LongAdder();
  private final LongAdder soldOut = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final Set<String> orderIds = ConcurrentHashMap.newKeySet();
  private final LongAccumulator lastSale = new LongAccumulator(Math::max, 0);
  private final LongAccumulator lastAnswer = new LongAccumulator(Math::max, 0);
  private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
  private volatile String firstError = "";

  /**
   * @param sinceStart nanoseconds from the start of the event to the answer
   * @param took nanoseconds from request to answer
   */
  void add(Answer answer, long sinceStart, long took) {
    time(sinceStart, took);
    if (answer.status() == 200 && isNumber(answer.body())) {
      addSale(answer.orderId(), sinceStart);
    } else if (answer.status() == 200 && answer.body().equals("Out Of Stock")) {
      soldOut.increment();
    } else {
      error(answer.status() + " " + answer.body());
    }
  }

  private void addSale(String orderId, long sinceStart) {
    if (orderIds.add(orderId)) {
      sold.increment();
      lastSale.accumulate(sinceStart);
    } else {
      error("order " + orderId + " was sold twice");
    }
  }

  void addFailure(Exception e, long sinceStart, long took) {
    time(sinceStart, took);
    error(e.toString());
  }

  long sold() {
    return sold.sum();
  }

  long soldOut() {
    return soldOut.sum();
  }

  long errors() {
    return errors.sum();
  }

  long requests() {
    return sold() + soldOut() + errors();
  }

  /** Seconds from the start to the last answer of any kind. */
  double seconds() {
    return lastAnswer.get() / 1e9;
  }

  double requestsPerSecond() {
    return perSecond(requests(), lastAnswer.get());
  }

  /** Measured up to the last sale; the refusals after it do not count. */
  double soldPerSecond() {
    return perSecond(sold(), lastSale.get());
  }

  double percentileMillis(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }

  /** The first error; empty if there was none. */
  String firstError() {
    return firstError;
  }

  private void time(long sinceStart, long took) {
    lastAnswer.accumulate(sinceStart);
    micros.recordValue(Math.min(took / 1_000, LONGEST_MICROS));
  }

  private void error(String what) {
    if (errors.sum() == 0) {
      firstError = what;
    }
    errors.increment();
  }

  private static boolean isNumber(String body) {
    return !body.isEmpty() && body.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static double perSecond(long count, long nanos) {
    return nanos == 0 ? 0 : count / (nanos / 1e9);
  }
}
