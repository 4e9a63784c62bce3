package io.hotdeal.redis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A warning, once per loss, of deals that Redis lost while they were on sale. Thread-safe. */
final class LostDealWarning {

  private static final Logger LOG = LoggerFactory.getLogger(LostDealWarning.class);

  /** The most deals watched at a time; the loss of others is not reported. */
  private static final int MAX_DEALS = 10_000;

  private final Set<String> watched = ConcurrentHashMap.newKeySet();

  void onSale(String dealId) {
    if (!watched.contains(dealId) && watched.size() < MAX_DEALS) {
      watched.add(dealId);
    }
  }

  /** Stops watching: a closed deal may be purged at any time, by any process. */
  void closed(String dealId) {
    watched.remove(dealId);
  }

  void unknown(String dealId) {
    if (watched.remove(dealId)) {
      LOG.warn(
          "Redis lost deal {} or keys of it, while it was on sale: it is unknown until it is"
              + " restored from the log. Evicted, flushed, or a failover to a replica without it?",
          dealId);
    }
  }
}
