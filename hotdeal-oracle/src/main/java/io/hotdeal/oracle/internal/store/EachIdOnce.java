package io.hotdeal.oracle.internal.store;

import io.hotdeal.OrderKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A helper for calls whose results depend on what an earlier item of the same id did. It makes a
 * second call for the second occurrences of ids, and so on.
 */
final class EachIdOnce {

  private EachIdOnce() {}

  /**
   * Runs the call with all items, or more than once if an id occurs more than once.
   *
   * @param call gets at least one item and returns one result per item
   * @return one result per item, position by position
   */
  static <K extends OrderKey, R> List<R> run(List<K> items, Function<List<K>, List<R>> call) {
    List<List<Integer>> rounds = rounds(items);
    if (rounds.size() == 1) {
      return call.apply(items);
    }
    Map<Integer, R> results = new HashMap<>();
    for (List<Integer> round : rounds) {
      List<R> some = call.apply(round.stream().map(items::get).toList());
      for (int i = 0; i < round.size(); i++) {
        results.put(round.get(i), some.get(i));
      }
    }
    List<R> inOrder = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      inOrder.add(results.get(i));
    }
    return inOrder;
  }

  /** The positions of the first occurrences, then those of the second ones, and so on. */
  private static <K extends OrderKey> List<List<Integer>> rounds(List<K> items) {
    Map<String, Integer> seen = new HashMap<>();
    List<List<Integer>> rounds = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      int round = seen.merge(items.get(i).id(), 1, Integer::sum) - 1;
      if (round == rounds.size()) {
        rounds.add(new ArrayList<>());
      }
      rounds.get(round).add(i);
    }
    return rounds;
  }
}
