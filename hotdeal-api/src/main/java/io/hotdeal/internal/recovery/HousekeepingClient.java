package io.hotdeal.internal.recovery;

import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.spi.Housekeeping;
import io.hotdeal.spi.Housekeeping.Assignment;
import io.hotdeal.spi.Housekeeping.Housekeeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log's assignment of deals, as one housekeeper uses it. Never blocks. Thread-safe. */
public final class HousekeepingClient {

  private static final Logger LOG = LoggerFactory.getLogger(HousekeepingClient.class);

  private final Housekeeping log;
  private final AsyncStoreCalls calls;
  private final String id;

  /** Whether this housekeeper may have a lease. */
  private volatile boolean mayHaveLease;

  public HousekeepingClient(Housekeeping log, AsyncStoreCalls calls, String id) {
    this.log = log;
    this.calls = calls;
    this.id = id;
  }

  String id() {
    return id;
  }

  CompletableFuture<List<Assignment>> take(List<String> dealIds, Duration lease) {
    return calls
        .call(() -> log.take(new Housekeeper(id, lease), dealIds))
        .whenComplete(
            (answers, broken) -> {
              if (broken != null || answers.stream().anyMatch(it -> it.keeper().equals(id))) {
                mayHaveLease = true;
              }
            });
  }

  /** Best effort: never fails. */
  CompletableFuture<Boolean> giveUp(List<String> dealIds) {
    return dealIds.isEmpty()
        ? CompletableFuture.completedFuture(true)
        : bestEffort("give up deals", () -> log.giveUp(id, dealIds));
  }

  /** Best effort: never fails. Makes no call if this housekeeper has no lease. */
  CompletableFuture<Boolean> retire() {
    if (!mayHaveLease) {
      return CompletableFuture.completedFuture(true);
    }
    mayHaveLease = false;
    return bestEffort("retire", () -> log.retire(id));
  }

  private CompletableFuture<Boolean> bestEffort(String what, Runnable call) {
    return calls
        .run(call)
        .exceptionally(
            broken -> {
              LOG.debug("could not {}: they are free after the end of the lease", what, broken);
              return false;
            });
  }
}
