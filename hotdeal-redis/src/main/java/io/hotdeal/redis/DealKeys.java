package io.hotdeal.redis;

import io.hotdeal.Ids;
import java.util.List;

/**
 * The keys of a deal. The deal id in braces is their hash tag, which places them all in one hash
 * slot of a cluster.
 */
final class DealKeys {

  private DealKeys() {}

  /**
   * The keys that every script takes, in the order in which {@code deal.lua} reads them.
   *
   * @throws IllegalArgumentException if the deal id is not valid
   */
  static List<String> of(String dealId) {
    String tag = "{" + Ids.check("deal id", dealId) + "}";
    return List.of(
        tag + "-quantity", tag + "-deal", tag + "-held", tag + "-settled", tag + "-buyers");
  }
}
