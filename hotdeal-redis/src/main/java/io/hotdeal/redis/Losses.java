package io.hotdeal.redis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of a deal that Redis had while it was on sale and has no more, once per loss. */
final class Losses {

  private static final Logger LOG = LoggerFactory.getLogger(Losses.class);

  /** Deals watched at a time; of more than these no loss is told. */
  private static final int MOST = 10_000;

  private final Set<String> onSale = ConcurrentHashMap.newKeySet();

  void isOnSale(String dealId) {
    if (!onSale.contains(dealId) && onSale.size() < MOST) {
      onSale.add(dealId);
    }
  }

  /** It was closed, so that it may be purged at any time, by any process. */
  void isOver(String dealId) {
    onSale.remove(dealId);
  }

  void isUnknown(String dealId) {
    if (onSale.remove(dealId)) {
      LOG.warn(
          "Redis lost deal {} or keys of it, while it was on sale: it is unknown until it is"
              + " restored from the log. Evicted, flushed, or a failover to a replica without it?",
          dealId);
    }
  }
}
