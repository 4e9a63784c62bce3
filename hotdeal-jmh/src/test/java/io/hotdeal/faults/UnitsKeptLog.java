package io.hotdeal.faults;

import io.hotdeal.Order;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** A faulty log in which the units of an expired hold are not left again. */
final class UnitsKeptLog extends ForwardingLog {

  private final DataSource database;

  UnitsKeptLog(OrderLog delegate, DataSource database) {
    super(delegate);
    this.database = database;
  }

  @Override
  public List<OrderState> endHolds(List<Order> orders, OrderState as) {
    List<OrderState> states = super.endHolds(orders, as);
    for (int i = 0; i < orders.size(); i++) {
      if (states.get(i) == OrderState.EXPIRED) {
        take(orders.get(i));
      }
    }
    return states;
  }

  private void take(Order order) {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE HOTDEAL_LIST SET QUANTITY = QUANTITY - ? WHERE PROD_ID = ? AND QUANTITY >= ?")) {
      update.setLong(1, order.quantity());
      update.setString(2, order.dealId());
      update.setLong(3, order.quantity());
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot take the units of " + order, e);
    }
  }
}
