package io.hotdeal.memory;

import io.hotdeal.Ids;
import io.hotdeal.spi.Housekeeping;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The assignment of deals in the in-memory log, under its lock. */
final class InMemoryHousekeeping implements Housekeeping {

  private final InMemoryOrderLog log;
  private final Map<String, Instant> leases = new HashMap<>();
  private final Map<String, String> keepers = new HashMap<>();

  InMemoryHousekeeping(InMemoryOrderLog log) {
    this.log = log;
  }

  @Override
  public List<Assignment> take(Housekeeper housekeeper, List<String> dealIds) {
    Ids.check("housekeeper", housekeeper.id());
    synchronized (log) {
      Instant now = log.now();
      List<LoggedDeal> deals =
          dealIds.stream().distinct().map(log::known).flatMap(Optional::stream).toList();
      for (LoggedDeal deal : deals) {
        if (isFree(deal.id(), now)) {
          keepers.put(deal.id(), housekeeper.id());
        }
      }
      if (deals.stream().anyMatch(it -> housekeeper.id().equals(keepers.get(it.id())))) {
        leases.put(housekeeper.id(), now.plus(housekeeper.lease()));
      }
      return deals.stream().map(deal -> assignment(deal, now)).toList();
    }
  }

  private boolean isFree(String dealId, Instant now) {
    String keeper = keepers.get(dealId);
    return keeper == null || !leases.getOrDefault(keeper, Instant.MIN).isAfter(now);
  }

  private Assignment assignment(LoggedDeal deal, Instant now) {
    String keeper = keepers.getOrDefault(deal.id(), "");
    return new Assignment(
        deal.id(),
        keeper,
        Duration.between(now, leases.getOrDefault(keeper, now)),
        deal.terms().closed(),
        deal.isUnfinished(now));
  }

  @Override
  public void giveUp(String housekeeperId, List<String> dealIds) {
    synchronized (log) {
      dealIds.forEach(id -> keepers.remove(id, housekeeperId));
    }
  }

  @Override
  public void retire(String housekeeperId) {
    synchronized (log) {
      leases.remove(housekeeperId);
    }
  }
}
