package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.OrderKey;
import io.hotdeal.oracle.internal.jdbc.TransactionRunner;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import java.util.List;
import java.util.Optional;

/**
 * The payments, extensions and ends of holds of one call, each batch in one transaction if no id
 * occurs twice and the database refuses no row. For a row that it refuses to change, the result is
 * the row that stands.
 *
 * <p>Not thread-safe: one object per call.
 */
final class HoldDecisions {

  private final DealTables tables;
  private final TransactionRunner transactions;

  HoldDecisions(DealTables tables, TransactionRunner transactions) {
    this.tables = tables;
    this.transactions = transactions;
  }

  /**
   * @param payments at least one, all of one deal
   */
  List<Optional<OrderSnapshot>> confirm(List<HoldPayment> payments) {
    return EachIdOnce.run(
        payments,
        once ->
            BatchSplitter.run(
                once,
                some -> transactions.writeKeyed(new ConfirmHeldBatch(tables, some)),
                (payment, refused) -> standing(payment)));
  }

  /**
   * @param extensions at least one, all of one deal
   */
  List<Optional<OrderSnapshot>> extend(List<HoldExtension> extensions) {
    return EachIdOnce.run(
        extensions,
        once ->
            BatchSplitter.run(
                once,
                some -> transactions.writeKeyed(new ExtendBatch(tables, some)),
                (extension, refused) -> standing(extension)));
  }

  /**
   * @param orders at least one, all of one deal
   * @param as EXPIRED or CANCELLED
   */
  List<OrderState> end(List<Order> orders, OrderState as) {
    return EachIdOnce.run(
        orders,
        once ->
            BatchSplitter.run(
                once,
                some -> transactions.writeKeyed(new EndHoldsBatch(tables, some, as)),
                (order, refused) -> standingState(order)));
  }

  private Optional<OrderSnapshot> standing(OrderKey key) {
    return Optional.ofNullable(
            transactions
                .read(connection -> HoldRow.byId(connection, key.dealId(), List.of(key.id())))
                .get(key.id()))
        .map(row -> row.snapshot(row.state()));
  }

  private OrderState standingState(OrderKey key) {
    return transactions
        .read(connection -> tables.order(connection, key.dealId(), key.id()))
        .map(OrderRow::state)
        .orElse(OrderState.ABSENT);
  }
}
