package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A check, made once, for a memory policy that may evict deals. It logs a warning, or nothing where
 * INFO is not permitted. Thread-safe.
 */
final class EvictionCheck {

  private static final Logger LOG = LoggerFactory.getLogger(EvictionCheck.class);

  private final ScriptRunner runner;
  private final AtomicBoolean done = new AtomicBoolean();

  EvictionCheck(ScriptRunner runner) {
    this.runner = runner;
  }

  void runOnce(List<String> keys) {
    if (done.compareAndSet(false, true)) {
      String policy = policy(keys);
      if (policy.startsWith("allkeys-")) {
        LOG.warn(
            "Redis has maxmemory-policy {}: it may evict deals. Use noeviction or volatile-*",
            policy);
      }
    }
  }

  private String policy(List<String> keys) {
    try {
      ScriptReply answer = Script.EVICTION.run(runner, keys, List.of());
      return answer.isEmpty() ? "" : answer.word(0);
    } catch (HotDealException e) {
      LOG.debug("cannot read Redis' memory policy: {}", e.getMessage());
      return "";
    }
  }
}
