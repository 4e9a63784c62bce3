package io.hotdeal.faults;

import io.hotdeal.testkit.ChildProcess;
import io.hotdeal.testkit.DaemonThreads;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The harness' handle of a selling process: what it acknowledged is what was read from it. */
final class Seller implements AutoCloseable {

  private final ChildProcess process;
  private final CountDownLatch selling = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private Seller(ChildProcess process) {
    this.process = process;
  }

  static Seller start(Sale sale, String name) {
    Seller seller =
        new Seller(
            ChildProcess.java(SellerMain.class, SellerMain.words(sale.shop(), sale.deal(), name)));
    DaemonThreads.start("acks-" + name, () -> seller.readAll(sale.acks()));
    return seller;
  }

  private void readAll(Acks acks) throws IOException {
    try {
      for (String line = process.output().readLine();
          line != null;
          line = process.output().readLine()) {
        Ack.read(line).ifPresent(acks);
        selling.countDown();
      }
    } finally {
      selling.countDown();
      ended.countDown();
    }
  }

  /** Waits for its first acknowledgement; false if it ended without one. */
  boolean awaitSelling() {
    await(selling);
    return process.isAlive();
  }

  void freeze() {
    process.freeze();
  }

  void wake() {
    process.wake();
  }

  /** Kills it and reads its remaining acknowledgements; false if it had ended before by itself. */
  boolean kill() {
    process.kill();
    await(ended);
    return process.wasKilled();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(120, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a selling process says nothing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
