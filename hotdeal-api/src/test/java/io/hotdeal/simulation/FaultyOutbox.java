package io.hotdeal.simulation;

import io.hotdeal.DealEvent;
import io.hotdeal.spi.Outbox;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The outbox as one process calls it, with faults. */
record FaultyOutbox(Jvm process, Outbox outbox, Faults faults) implements Outbox {

  @Override
  public void register(Collection<String> consumers, String dealId) {
    run("register consumers " + consumers, () -> outbox.register(consumers, dealId));
  }

  @Override
  public void unregister(String consumer, String dealId) {
    run("unregister consumer " + consumer, () -> outbox.unregister(consumer, dealId));
  }

  @Override
  public List<String> pending(String consumer, List<String> dealIds) {
    return faults.call(process, "look for events", () -> outbox.pending(consumer, dealIds));
  }

  @Override
  public List<DealEvent> next(Reader reader, String dealId, int limit) {
    return faults.call(process, "read events", () -> outbox.next(reader, dealId, limit));
  }

  @Override
  public boolean acknowledge(Reader reader, String dealId, long sequence, boolean last) {
    return faults.call(
        process,
        "acknowledge event " + sequence,
        () -> outbox.acknowledge(reader, dealId, sequence, last));
  }

  @Override
  public Optional<Lag> lag(String consumer, String dealId) {
    return faults.call(process, "read the lag", () -> outbox.lag(consumer, dealId));
  }

  private void run(String what, Runnable effect) {
    boolean unused =
        faults.call(
            process,
            what,
            () -> {
              effect.run();
              return true;
            });
  }
}
