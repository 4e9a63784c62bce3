package io.hotdeal.redis;

import io.hotdeal.Ids;
import java.util.List;

/**
 * The keys of a deal. The deal id in braces is their hash tag: in a cluster all of them live in one
 * slot.
 */
final class DealKeys {

  private DealKeys() {}

  /** The keys of every script, in the order that {@code deal.lua} gives them names. */
  static List<String> of(String dealId) {
    String tag = "{" + Ids.check("deal id", dealId) + "}";
    return List.of(
        tag + "-quantity", tag + "-deal", tag + "-held", tag + "-settled", tag + "-buyers");
  }
}
