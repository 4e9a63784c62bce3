package io.hotdeal.redis;

import io.hotdeal.ClaimResult;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.Refusal;
import java.util.ArrayList;
import java.util.List;

/** A decoder of the claim script's reply: one result for all orders, or one for each. */
final class ClaimReply {

  private ClaimReply() {}

  static List<ClaimResult> read(List<Order> orders, ScriptReply answer) {
    if (answer.word(0).equals("all")) {
      return all(orders, answer.number(1));
    }
    if (answer.size() != 2 * orders.size()) {
      throw new OutcomeUnknownException(
          "the claim script answered " + answer.size() + " values to " + orders.size() + " orders");
    }
    return each(answer);
  }

  private static List<ClaimResult> all(List<Order> orders, long leftBehindAll) {
    ClaimResult[] results = new ClaimResult[orders.size()];
    long left = leftBehindAll;
    for (int i = results.length - 1; i >= 0; i--) {
      results[i] = new ClaimResult.Claimed(left, false);
      left += orders.get(i).quantity();
    }
    return List.of(results);
  }

  private static List<ClaimResult> each(ScriptReply answer) {
    List<ClaimResult> results = new ArrayList<>(answer.size() / 2);
    for (int i = 0; i < answer.size(); i += 2) {
      results.add(result(answer.word(i), answer.number(i + 1)));
    }
    return results;
  }

  private static ClaimResult result(String word, long number) {
    return switch (word) {
      case "claimed" -> new ClaimResult.Claimed(number, false);
      case "replayed" -> new ClaimResult.Claimed(number, true);
      case "sold-out" -> new Refusal.SoldOut(number);
      case "limit-reached" -> new Refusal.LimitReached(number);
      case "not-yet-open" -> new Refusal.NotYetOpen();
      case "closed" -> new Refusal.Closed();
      case "paused" -> new Refusal.Paused();
      case "unknown-deal" -> new Refusal.UnknownDeal();
      case "conflict" -> new Refusal.Conflict();
      default -> throw new OutcomeUnknownException("the claim script answered " + word);
    };
  }
}
