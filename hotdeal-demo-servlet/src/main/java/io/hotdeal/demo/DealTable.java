package io.hotdeal.demo;

import io.hotdeal.NothingHappenedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The numbered deals of one endpoint, read from the log's table, so that all processes that share
 * the log agree on the last one, across restarts too. Methods that query the table block.
 *
 * @param prefix what the ids start with; the number follows
 * @param first the number of the first deal
 */
record DealTable(DataSource dataSource, String prefix, long first) {

  private static final String ALL = "SELECT PROD_ID FROM HOTDEAL_LIST WHERE PROD_ID LIKE ?";
  private static final String OPEN = ALL + " AND STATE = 'OPEN'";

  /**
   * The open deals, the last first.
   *
   * @throws NothingHappenedException if the database does not answer
   */
  List<String> open() {
    return ids(OPEN);
  }

  /**
   * The id after the last, counting closed deals too. If two processes get the same one, they open
   * the same deal.
   *
   * @throws NothingHappenedException if the database does not answer
   */
  String next() {
    Optional<String> last = ids(ALL).stream().findFirst();
    return prefix + last.map(id -> number(id) + 1).orElse(first);
  }

  /** Whether the id is one of this endpoint's deals. */
  boolean contains(String dealId) {
    return number(dealId) >= 0;
  }

  /** Whether the first deal was opened before the other. */
  boolean isBefore(String dealId, String other) {
    return number(dealId) < number(other);
  }

  private List<String> ids(String select) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query = connection.prepareStatement(select)) {
      query.setString(1, prefix + "%");
      List<String> ids = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
      return ids.stream()
          .filter(this::contains)
          .sorted(Comparator.comparingLong(this::number).reversed())
          .toList();
    } catch (SQLException e) {
      throw new NothingHappenedException("cannot look for the deals " + prefix + "*", e);
    }
  }

  /** The number in the id; negative if the id is not of this endpoint. */
  private long number(String id) {
    String digits = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
  }
}
