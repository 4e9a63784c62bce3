package io.hotdeal;

import java.util.List;

/**
 * A consumer of the events of deals, such as the delivery of sold items: see {@link
 * HotDealBuilder#consumer}.
 *
 * <p>Each event is delivered at least once: again after a crash, after a failure, and if this call
 * outlasts the lease. The events of one deal are delivered in order, those of different deals in
 * any order. So a consumer has to be idempotent, for instance by the order's id, or by keeping the
 * last {@link DealEvent#sequence} per deal.
 */
@FunctionalInterface
public interface EventConsumer {

  /**
   * Takes events of one deal. May block. What it did has to be durable when it returns: these
   * events are not delivered again then.
   *
   * @param events at least one, in order, without a gap to those before
   * @throws Exception if they were not taken: all of them are delivered again, later
   */
  void accept(List<DealEvent> events) throws Exception;
}
