package io.hotdeal.faults;

import io.hotdeal.faults.Ack.Kind;
import io.hotdeal.testkit.ChildProcess;
import io.hotdeal.testkit.DaemonThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A client of one process of a fleet, to which it sends requests over a pipe, with a time-out.
 * After a kill another process, without any state, takes its place. Thread-safe.
 */
final class FleetSeller implements AutoCloseable {

  /** After this time the outcome is unknown, and the buyer asks another process. */
  private static final int TIMEOUT_SECONDS = 3;

  private static final int MOST_UNSENT = 5_000;

  private record Asked(CompletableFuture<Kind> answer, Consumer<Kind> late) {}

  /** A process, and its requests without an answer. */
  private static final class Life {

    private final ChildProcess process;
    private final BlockingQueue<String> unsent = new LinkedBlockingQueue<>(MOST_UNSENT);
    private final Map<Long, Asked> open = new ConcurrentHashMap<>();
    private volatile boolean ended;

    Life(ChildProcess process) {
      this.process = process;
    }
  }

  private final Shop shop;
  private final AtomicLong numbers = new AtomicLong();
  private volatile Life life;

  private FleetSeller(Shop shop) {
    this.shop = shop;
  }

  static FleetSeller start(Shop shop) {
    FleetSeller seller = new FleetSeller(shop);
    seller.start();
    return seller;
  }

  /** Starts a process in place of the one that was killed. */
  void start() {
    Life started = new Life(ChildProcess.java(FleetSellerMain.class, shop.toWords()));
    DaemonThreads.start("fleet-write", () -> writeAll(started));
    DaemonThreads.start("fleet-read", () -> readAll(started));
    life = started;
  }

  Shop shop() {
    return shop;
  }

  /**
   * Sends a request.
   *
   * @param request see {@link FleetRequest}
   * @param late gets an answer that comes after the time-out
   * @return the answer, or unknown after the time-out
   */
  CompletableFuture<Kind> ask(String request, Consumer<Kind> late) {
    Life asked = life;
    long number = numbers.incrementAndGet();
    CompletableFuture<Kind> answer = new CompletableFuture<>();
    asked.open.put(number, new Asked(answer, late));
    if (!asked.unsent.offer(FleetSellerMain.question(number, request))) {
      asked.open.remove(number);
      return CompletableFuture.completedFuture(Kind.NOTHING);
    }
    if (asked.ended) {
      answer.complete(Kind.UNKNOWN);
    }
    return answer.completeOnTimeout(Kind.UNKNOWN, TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /** Sends it a line that has no answer. */
  void say(String line) {
    life.unsent.add(line);
  }

  private static void writeAll(Life life) throws IOException {
    OutputStream to = life.process.input();
    try {
      while (!life.ended) {
        String line = life.unsent.poll(100, TimeUnit.MILLISECONDS);
        if (line != null) {
          to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
          if (life.unsent.isEmpty()) {
            to.flush();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void readAll(Life life) throws IOException {
    try {
      for (String line = life.process.output().readLine();
          line != null;
          line = life.process.output().readLine()) {
        answered(life, line.split(" ", -1));
      }
    } finally {
      life.ended = true;
      life.open.values().forEach(asked -> asked.answer().complete(Kind.UNKNOWN));
    }
  }

  private static void answered(Life life, String[] words) {
    if (words.length != 3) {
      return; // incomplete: its writer was killed
    }
    Asked asked = life.open.remove(Long.parseLong(words[0]));
    Kind kind = Kind.valueOf(words[1]);
    if (asked != null && !asked.answer().complete(kind)) {
      asked.late().accept(kind);
    }
  }

  void freeze() {
    life.process.freeze();
  }

  void wake() {
    life.process.wake();
  }

  /** SIGKILL; false if it had ended before by itself. */
  boolean kill() {
    Life killed = life;
    killed.process.kill();
    Wait.until("all that it said is read", () -> killed.ended);
    boolean wasKilled = killed.process.wasKilled();
    killed.process.close();
    return wasKilled;
  }

  @Override
  public void close() {
    life.process.close();
  }
}
