package io.hotdeal.spi;

import io.hotdeal.HotDealException;
import java.time.Duration;
import java.util.List;

/**
 * The assignment of deals to processes: of all that look after a deal, one at a time sweeps it and
 * reconciles its counter.
 *
 * <p>A housekeeper has one lease, for all its deals together, so that renewing it costs the same
 * for any number of deals (as etcd attaches keys to a lease). While it lasts, by the log's clock,
 * nobody else gets one of these deals; then they are free.
 *
 * <p>This saves calls, and nothing depends on it: sweeps by several processes at a time are
 * correct. So a housekeeper that was paused past the end of its lease does no harm, and {@link
 * #EVERYBODY} is correct for a store that has no leases.
 *
 * <p>Methods block, may be repeated, and fail with a {@link HotDealException}. Implementations are
 * thread-safe.
 */
public interface Housekeeping {

  /**
   * A process that keeps house.
   *
   * @param id identifies it among all, see {@link io.hotdeal.Ids}
   * @param lease how long it has its deals from each renewal on, by the log's clock; at least 1 ms
   */
  record Housekeeper(String id, Duration lease) {}

  /**
   * Who has a deal, and whether there is anything to do.
   *
   * @param keeper the id of its housekeeper
   * @param remaining how long the lease of that one lasts; zero where there are no leases
   * @param closed whether the deal is closed
   * @param unfinished whether it has an order RESERVED or RETURNING, or HELD past its deadline
   */
  record Assignment(
      String dealId, String keeper, Duration remaining, boolean closed, boolean unfinished) {}

  /**
   * Takes those of the deals that nobody has, and renews the housekeeper's lease if it has any of
   * these deals then; a lease of which seven eighths remain may be left as it is. Costs the same
   * however many orders the deals have that need no housekeeping.
   *
   * @return the deals that the log knows, in any order
   */
  List<Assignment> take(Housekeeper housekeeper, List<String> dealIds);

  /** Frees those of the deals that the housekeeper has; the rest remain as they are. */
  void giveUp(String housekeeperId, List<String> dealIds);

  /** Ends the housekeeper's lease, and so frees all its deals. */
  void retire(String housekeeperId);

  /** No leases: every process has every deal, and each may have something to do. */
  Housekeeping EVERYBODY =
      new Housekeeping() {
        @Override
        public List<Assignment> take(Housekeeper housekeeper, List<String> dealIds) {
          return dealIds.stream()
              .map(id -> new Assignment(id, housekeeper.id(), Duration.ZERO, false, true))
              .toList();
        }

        @Override
        public void giveUp(String housekeeperId, List<String> dealIds) {}

        @Override
        public void retire(String housekeeperId) {}
      };
}
