package io.hotdeal.spi;

import io.hotdeal.HotDealException;
import io.hotdeal.OrderKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The split of a call of orders of any deals into calls of one deal each, for stores that have no
 * use for more: one call after the other, in the order in which the deals occur. The failure of one
 * leaves the others alone.
 */
public final class CallsByDeal {

  private CallsByDeal() {}

  /**
   * Makes a call for each deal.
   *
   * @param items orders, payments or extensions; may be empty
   * @param callOfOneDeal gets at least one, in their order, and returns one result for each
   * @return the results, position by position
   * @throws PartialFailureException if there were several calls, and any of them failed with a
   *     {@link HotDealException}
   */
  public static <I extends OrderKey, O> List<O> call(
      List<I> items, Function<List<I>, List<O>> callOfOneDeal) {
    Map<String, List<I>> byDeal = byDeal(items);
    if (byDeal.size() == 1) {
      return callOfOneDeal.apply(items);
    }
    Map<String, List<O>> results = new LinkedHashMap<>();
    Map<String, HotDealException> failures = new LinkedHashMap<>();
    byDeal.forEach(
        (dealId, group) -> {
          try {
            results.put(dealId, callOfOneDeal.apply(group));
          } catch (HotDealException e) {
            failures.put(dealId, e);
          }
        });
    return merged(items, results, failures);
  }

  /** The same for a call without results. */
  public static <I extends OrderKey> void run(List<I> items, Consumer<List<I>> callOfOneDeal) {
    List<Boolean> unused =
        call(
            items,
            group -> {
              callOfOneDeal.accept(group);
              return Collections.nCopies(group.size(), true);
            });
  }

  /** The items of each deal in their order, the deals in the order of their first items. */
  public static <I extends OrderKey> Map<String, List<I>> byDeal(List<I> items) {
    Map<String, List<I>> byDeal = new LinkedHashMap<>();
    for (I item : items) {
      byDeal.computeIfAbsent(item.dealId(), id -> new ArrayList<>()).add(item);
    }
    return byDeal;
  }

  /**
   * The results of calls by deal, position by position.
   *
   * @param items of the whole call
   * @param results by deal id, those of its items in their order
   * @param failures of the other deals
   * @throws PartialFailureException as {@link #call}
   */
  public static <I extends OrderKey, O> List<O> merged(
      List<I> items, Map<String, List<O>> results, Map<String, HotDealException> failures) {
    Map<String, Integer> next = new LinkedHashMap<>();
    List<O> merged = new ArrayList<>(items.size());
    List<@Nullable Object> some = new ArrayList<>(items.size());
    for (I item : items) {
      List<O> ofDeal = results.get(item.dealId());
      if (ofDeal == null) {
        some.add(null);
      } else {
        O result = ofDeal.get(next.merge(item.dealId(), 1, Integer::sum) - 1);
        merged.add(result);
        some.add(result);
      }
    }
    if (!failures.isEmpty()) {
      throw new PartialFailureException(some, failures);
    }
    return merged;
  }
}
