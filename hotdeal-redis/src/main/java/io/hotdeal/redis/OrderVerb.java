package io.hotdeal.redis;

import io.hotdeal.Order;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A verb of the counter that takes orders.
 *
 * @param script runs once for the orders of one deal
 * @param args the script's arguments for these orders
 * @param results the results of these orders in the script's reply
 * @param <O> the result of one order
 */
record OrderVerb<O>(
    Script script,
    Function<List<Order>, List<String>> args,
    BiFunction<List<Order>, ScriptReply, List<O>> results) {

  /** A verb without results. */
  static OrderVerb<Void> withoutResults(Script script, Function<List<Order>, List<String>> args) {
    return new OrderVerb<>(script, args, (orders, reply) -> List.of());
  }
}
