package io.hotdeal.simulation;

import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.StockCounter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A counter that records its writes, so that it can lose the last ones. */
final class SimulatedRedis {

  private record Write(Instant at, Consumer<StockCounter> command) {}

  private final World world;
  private final UnaryOperator<StockCounter> flaw;
  private final List<Write> writes = new ArrayList<>();
  private Instant replaying;
  private long clockSkewMillis;
  private StockCounter counter;

  SimulatedRedis(World world, UnaryOperator<StockCounter> flaw) {
    this.world = world;
    this.flaw = flaw;
    this.counter = empty();
  }

  private StockCounter empty() {
    return flaw.apply(new InMemoryStockCounter(this::now));
  }

  private Instant now() {
    return replaying != null ? replaying : world.now().plusMillis(clockSkewMillis);
  }

  StockCounter counter() {
    return counter;
  }

  /** Makes a write, and records it for a later failover. */
  void write(Consumer<StockCounter> command) {
    writes.add(new Write(now(), command));
    command.accept(counter);
  }

  int writes() {
    return writes.size();
  }

  /**
   * Fails over to a replica that lacks the last writes; if it lacks all of them, that is a wipe.
   */
  void lose(int lastWrites) {
    writes.subList(writes.size() - lastWrites, writes.size()).clear();
    counter = empty();
    for (Write write : writes) {
      replaying = write.at;
      write.command.accept(counter);
    }
    replaying = null;
  }

  void jump(long millis) {
    clockSkewMillis += millis;
  }
}
