package io.hotdeal.jmh.load;

import io.hotdeal.jmh.strategy.Strategy.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * What one thread of the load saw. Written by that thread alone, and read when it has ended, but
 * for {@link #answeredSoFar}.
 */
final class Sheet {

  private static final int MESSAGES = 3;

  private final Window window;
  private final long[] soldOfDeal;
  private final Histogram latencies = new Histogram(2);
  private final List<String> messages = new ArrayList<>();
  private final AtomicLong answered = new AtomicLong();
  private long soldInTime;
  private long soldOutInTime;
  private long sold;
  private long soldOut;
  private long errors;
  private long dropped;

  Sheet(Window window, int deals) {
    this.window = window;
    this.soldOfDeal = new long[deals];
  }

  /**
   * An answer.
   *
   * @param startedAt when the order was meant to start
   */
  void answered(Answer answer, int deal, long startedAt, long endedAt) {
    refusedOrSold(answer, deal, window.includes(endedAt) ? 1 : 0);
    if (window.includes(startedAt)) {
      latencies.recordValue(Math.max(0, endedAt - startedAt));
    }
    answered.lazySet(answered.getPlain() + 1);
  }

  private void refusedOrSold(Answer answer, int deal, int inTime) {
    if (answer == Answer.SOLD) {
      sold++;
      soldInTime += inTime;
      soldOfDeal[deal]++;
    } else {
      soldOut++;
      soldOutInTime += inTime;
    }
  }

  /** So many refusals, too quick to time one by one. */
  void soldOut(int orders, long endedAt) {
    soldOut += orders;
    soldOutInTime += window.includes(endedAt) ? orders : 0;
    answered.lazySet(answered.getPlain() + orders);
  }

  /** How long one answer took. */
  void sampled(long nanos) {
    latencies.recordValue(nanos);
  }

  void failed(Throwable cause) {
    errors++;
    if (messages.size() < MESSAGES) {
      messages.add(cause.toString());
    }
  }

  /** An order that was due, and not brought, because too many waited. */
  void dropped(long dueAt) {
    dropped += window.includes(dueAt) ? 1 : 0;
  }

  long answeredSoFar() {
    return answered.get();
  }

  long errors() {
    return errors;
  }

  /** Adds all of it up. */
  static Count sum(List<Sheet> sheets, int deals) {
    long[] soldOfDeal = new long[deals];
    Histogram latencies = new Histogram(2);
    List<String> messages = new ArrayList<>();
    long[] sums = new long[6];
    for (Sheet sheet : sheets) {
      for (int deal = 0; deal < deals; deal++) {
        soldOfDeal[deal] += sheet.soldOfDeal[deal];
      }
      latencies.add(sheet.latencies);
      messages.addAll(sheet.messages);
      sums[0] += sheet.soldInTime;
      sums[1] += sheet.soldOutInTime;
      sums[2] += sheet.sold;
      sums[3] += sheet.soldOut;
      sums[4] += sheet.errors;
      sums[5] += sheet.dropped;
    }
    List<String> few = messages.stream().distinct().limit(MESSAGES).toList();
    return new Count(
        sums[0],
        sums[1],
        sums[2],
        sums[3],
        sums[4],
        sums[5],
        Arrays.stream(soldOfDeal).boxed().toList(),
        latencies,
        few);
  }

  /** What all threads saw together. */
  record Count(
      long soldInTime,
      long soldOutInTime,
      long sold,
      long soldOut,
      long errors,
      long dropped,
      List<Long> soldOfDeal,
      Histogram latencies,
      List<String> messages) {}
}
