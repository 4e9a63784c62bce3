package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;

/**
 * The yardstick of HotDeal over its log: the same batches, statements and commits, by a loop that
 * is written by hand. A batch is one INSERT of all its orders, an UPDATE for each of its deals, and
 * the commit.
 *
 * <p>The loop promises nothing: it knows no window, limit, retry or time-out. Only the tables
 * decide; a batch that they refuse is sold order by order.
 */
final class HandWritten implements Strategy {

  /** As HotDeal has it. */
  private static final int MAX_BATCH = 512;

  private final DataSource dataSource;
  private final JdbcStrategy single;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final List<Thread> loops = new ArrayList<>();

  private record Waiting(Order order, CompletableFuture<Answer> answer) {}

  private HandWritten(DataSource dataSource) {
    this.dataSource = dataSource;
    this.single = new ConditionalUpdate(dataSource);
  }

  /** Starts so many loops, which take orders from one queue, each with a connection at a time. */
  static HandWritten start(DataSource dataSource, int loops) {
    HandWritten started = new HandWritten(dataSource);
    for (int i = 0; i < loops; i++) {
      Thread loop = new Thread(started::run, "hand-written");
      loop.setDaemon(true);
      loop.start();
      started.loops.add(loop);
    }
    return started;
  }

  @Override
  public void open(List<Deal> deals) {
    single.open(deals);
  }

  @Override
  public Answer sell(Order order) {
    return add(order).join();
  }

  @Override
  public CompletionStage<Answer> sellAsync(Order order) {
    return add(order);
  }

  private CompletableFuture<Answer> add(Order order) {
    Waiting waiting = new Waiting(order, new CompletableFuture<>());
    queue.add(waiting);
    return waiting.answer();
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>(MAX_BATCH);
    try {
      while (true) {
        batch.add(queue.take());
        queue.drainTo(batch, MAX_BATCH - 1);
        sell(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void sell(List<Waiting> batch) {
    try {
      if (write(batch.stream().map(Waiting::order).toList())) {
        batch.forEach(it -> it.answer().complete(Answer.SOLD));
      } else {
        batch.forEach(it -> it.answer().complete(single.sell(it.order())));
      }
    } catch (SQLException | RuntimeException e) {
      batch.forEach(it -> it.answer().completeExceptionally(e));
    }
  }

  /** Whether the tables took the batch; if not, nothing is written. */
  private boolean write(List<Order> orders) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      boolean sold = false;
      try {
        JdbcStrategy.insertOrders(connection, orders);
        sold = JdbcStrategy.takeAll(connection, orders);
      } catch (SQLException e) {
        if (!JdbcStrategy.isDuplicate(e)) {
          throw e;
        }
      } finally {
        if (!sold) {
          connection.rollback();
        }
      }
      if (sold) {
        connection.commit();
      }
      return sold;
    }
  }

  @Override
  public long sold(String dealId) {
    return single.sold(dealId);
  }

  @Override
  public void close() {
    loops.forEach(Thread::interrupt);
  }
}
