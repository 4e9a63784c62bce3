package io.hotdeal.demo.workshop;

import java.util.ArrayList;
import java.util.List;

/** Whether the figures of an event add up. */
final class Verdict {

  private Verdict() {}

  /** One line for each inconsistency; none if all figures add up. */
  static List<String> problems(EndpointResult result, long stock) {
    List<String> problems = new ArrayList<>();
    if (result.oversold() > 0) {
      problems.add("oversold by " + result.oversold());
    }
    if (result.sold() != result.paidRows()) {
      problems.add(result.sold() + " sales acknowledged, " + result.paidRows() + " rows PAID");
    }
    if (result.leftInLog() + result.sold() != stock) {
      problems.add(sum("log", result.leftInLog(), result.sold(), stock));
    }
    Long leftInCounter = result.leftInCounter();
    if (leftInCounter != null && leftInCounter + result.sold() != stock) {
      problems.add(sum("counter", leftInCounter, result.sold(), stock));
    }
    if (result.soldOut() > 0 && result.sold() < stock) {
      problems.add("refused buyers although " + (stock - result.sold()) + " were not sold");
    }
    if (result.errors() > 0) {
      problems.add(result.errors() + " requests failed");
    }
    return problems.stream().map(problem -> result.path() + ": " + problem).toList();
  }

  private static String sum(String store, long left, long sold, long stock) {
    return left + " left in the " + store + " + " + sold + " sold is not " + stock;
  }
}
