package io.hotdeal.jmh.load;

import io.hotdeal.jmh.strategy.Strategy.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * The answers that one caller thread got. Written by that thread alone and read after its end, but
 * for {@link #answeredSoFar}, which any thread may read.
 */
final class CallerStats {

  private static final int MESSAGES = 3;

  private final Window window;
  private final AtomicLong answered = new AtomicLong();
  private final Total total;

  CallerStats(Window window, int deals) {
    this.window = window;
    this.total = new Total(deals);
  }

  /**
   * Records an answer.
   *
   * @param startedAt when the order was due
   */
  void answered(Answer answer, int deal, long startedAt, long endedAt) {
    int inTime = window.includes(endedAt) ? 1 : 0;
    if (answer == Answer.SOLD) {
      total.sold++;
      total.soldInTime += inTime;
      total.soldOfDeal[deal]++;
    } else {
      total.soldOut++;
      total.soldOutInTime += inTime;
    }
    if (window.includes(startedAt)) {
      total.latencies.recordValue(Math.max(0, endedAt - startedAt));
    }
    answered.lazySet(answered.getPlain() + 1);
  }

  /** Records refusals that are too fast to be timed one by one. */
  void soldOut(int orders, long endedAt) {
    total.soldOut += orders;
    total.soldOutInTime += window.includes(endedAt) ? orders : 0;
    answered.lazySet(answered.getPlain() + orders);
  }

  /** Records the latency of one answer that {@link #soldOut} counts. */
  void sampled(long nanos) {
    total.latencies.recordValue(nanos);
  }

  void failed(Throwable cause) {
    total.errors++;
    total.addMessage(cause.toString());
  }

  /** Records an order that was due and not sent, because too many were waiting. */
  void dropped(long dueAt) {
    total.dropped += window.includes(dueAt) ? 1 : 0;
  }

  long answeredSoFar() {
    return answered.get();
  }

  long errors() {
    return total.errors;
  }

  /** The statistics of all threads together. */
  static Total sum(List<CallerStats> all, int deals) {
    Total sum = new Total(deals);
    all.forEach(stats -> sum.add(stats.total));
    return sum;
  }

  /** Counts of one thread, or of all. */
  static final class Total {

    private final long[] soldOfDeal;
    private final Histogram latencies = new Histogram(2);
    private final List<String> messages = new ArrayList<>();
    private long soldInTime;
    private long soldOutInTime;
    private long sold;
    private long soldOut;
    private long errors;
    private long dropped;

    Total(int deals) {
      soldOfDeal = new long[deals];
    }

    /** As another process told it by {@link #writeTo}. */
    static Total of(Message message) {
      long[] sold = message.numbers("soldOfDeal");
      Total total = new Total(sold.length);
      System.arraycopy(sold, 0, total.soldOfDeal, 0, sold.length);
      total.latencies.add(Histograms.decode(message.text("latencies")));
      message.texts("messages").forEach(total::addMessage);
      total.soldInTime = message.number("soldInTime");
      total.soldOutInTime = message.number("soldOutInTime");
      total.sold = message.number("sold");
      total.soldOut = message.number("soldOut");
      total.errors = message.number("errors");
      total.dropped = message.number("dropped");
      return total;
    }

    void writeTo(Message message) {
      message
          .with("soldOfDeal", Arrays.stream(soldOfDeal).boxed().toList())
          .with("latencies", Histograms.encode(latencies))
          .with("messages", messages)
          .with("soldInTime", soldInTime)
          .with("soldOutInTime", soldOutInTime)
          .with("sold", sold)
          .with("soldOut", soldOut)
          .with("errors", errors)
          .with("dropped", dropped);
    }

    void add(Total other) {
      for (int deal = 0; deal < soldOfDeal.length; deal++) {
        soldOfDeal[deal] += other.soldOfDeal[deal];
      }
      latencies.add(other.latencies);
      other.messages.forEach(this::addMessage);
      soldInTime += other.soldInTime;
      soldOutInTime += other.soldOutInTime;
      sold += other.sold;
      soldOut += other.soldOut;
      errors += other.errors;
      dropped += other.dropped;
    }

    private void addMessage(String message) {
      if (messages.size() < MESSAGES && !messages.contains(message)) {
        messages.add(message);
      }
    }

    /** Acknowledged units by deal, those of {@code before} included. */
    long[] acknowledged(long[] before) {
      long[] sums = before.clone();
      for (int deal = 0; deal < sums.length; deal++) {
        sums[deal] += soldOfDeal[deal];
      }
      return sums;
    }

    long soldInTime() {
      return soldInTime;
    }

    long soldOutInTime() {
      return soldOutInTime;
    }

    long sold() {
      return sold;
    }

    long soldOut() {
      return soldOut;
    }

    long errors() {
      return errors;
    }

    long dropped() {
      return dropped;
    }

    Histogram latencies() {
      return latencies;
    }

    /** A few different messages of the errors. */
    List<String> messages() {
      return List.copyOf(messages);
    }
  }
}
