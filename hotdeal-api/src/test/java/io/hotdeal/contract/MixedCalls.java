package io.hotdeal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.HotDealException;
import io.hotdeal.OrderKey;
import io.hotdeal.spi.CallsByDeal;
import io.hotdeal.spi.DealBusyException;
import io.hotdeal.spi.PartialFailureException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Calls of orders of several deals, made as the library makes them: the orders of a deal that the
 * store did not wait for are sent again, in a call of this deal alone, which waits.
 */
public final class MixedCalls {

  private MixedCalls() {}

  /**
   * Makes one call of all, and one more for each deal that was busy.
   *
   * @return the results, position by position
   * @throws PartialFailureException if deals failed that were not busy, with the results of all
   *     others
   */
  public static <I extends OrderKey, O> List<O> call(
      List<I> items, Function<List<I>, List<O>> call) {
    Map<String, List<I>> byDeal = CallsByDeal.byDeal(items);
    try {
      List<O> results = call.apply(items);
      assertThat(results).as("results of a call").hasSameSizeAs(items);
      return results;
    } catch (PartialFailureException e) {
      assertPartial(items, byDeal, e);
      return completed(items, resultsOf(items, e), e.failures(), call);
    } catch (HotDealException e) {
      assertThat(byDeal).as("deals of a call that fails as a whole, with %s", e).hasSize(1);
      assertThat(e).as("failure of a call of one deal").isNotInstanceOf(DealBusyException.class);
      throw e;
    }
  }

  /** The same for a call without results. */
  public static <I extends OrderKey> void run(List<I> items, Consumer<List<I>> call) {
    List<Boolean> unused =
        call(
            items,
            some -> {
              call.accept(some);
              return Collections.nCopies(some.size(), true);
            });
  }

  private static <I extends OrderKey> void assertPartial(
      List<I> items, Map<String, List<I>> byDeal, PartialFailureException e) {
    assertThat(byDeal).as("deals of a call that fails in part").hasSizeGreaterThan(1);
    assertThat(byDeal)
        .as("deals of the call")
        .containsKeys(e.failures().keySet().toArray(String[]::new));
    assertThat(e.results().stream().map(Objects::isNull))
        .as("which orders have no result, of a call that failed for %s", e.failures().keySet())
        .containsExactlyElementsOf(
            items.stream().map(it -> e.failures().containsKey(it.dealId())).toList());
  }

  @SuppressWarnings("unchecked")
  private static <I extends OrderKey, O> Map<String, List<O>> resultsOf(
      List<I> items, PartialFailureException e) {
    Map<String, List<O>> results = new LinkedHashMap<>();
    CallsByDeal.byDeal(items).keySet().stream()
        .filter(dealId -> !e.failures().containsKey(dealId))
        .forEach(dealId -> results.put(dealId, new ArrayList<>()));
    for (int i = 0; i < items.size(); i++) {
      List<O> ofDeal = results.get(items.get(i).dealId());
      if (ofDeal != null) {
        ofDeal.add((O) e.results().get(i));
      }
    }
    return results;
  }

  private static <I extends OrderKey, O> List<O> completed(
      List<I> items,
      Map<String, List<O>> results,
      Map<String, HotDealException> failures,
      Function<List<I>, List<O>> call) {
    Map<String, HotDealException> remaining = new LinkedHashMap<>();
    failures.forEach(
        (dealId, failure) -> {
          if (failure instanceof DealBusyException) {
            repeat(CallsByDeal.byDeal(items).get(dealId), results, remaining, call);
          } else {
            remaining.put(dealId, failure);
          }
        });
    return CallsByDeal.merged(items, results, remaining);
  }

  private static <I extends OrderKey, O> void repeat(
      List<I> ofDeal,
      Map<String, List<O>> results,
      Map<String, HotDealException> failures,
      Function<List<I>, List<O>> call) {
    String dealId = ofDeal.get(0).dealId();
    try {
      results.put(dealId, call(ofDeal, call));
    } catch (HotDealException e) {
      failures.put(dealId, e);
    }
  }
}
