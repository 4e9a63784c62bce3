package io.hotdeal.oracle;

import io.hotdeal.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch of orders and takes their units, within one transaction.
 *
 * <p>Hope first, unless the deal was last seen with too little: insert all rows, add to the buyers,
 * take the sum of the units with one conditional update, and that was all. Where a row is there
 * already, or the update finds too little, roll back and go by rounds:
 *
 * <ol>
 *   <li>probe: insert the possible retries where absent, which waits for attempts under way, and
 *       roll back
 *   <li>look at the deal, the buyers and the rows, and plan who is taken
 *   <li>insert those, add to their buyers, take their units. If the picture was not true, again
 * </ol>
 *
 * <p>A row that the database refuses is not told from its neighbours here: see {@link Halving}.
 *
 * <p>What was looked at only proposes; the unique key and the conditional updates decide.
 */
final class Taking<R> implements Work<List<R>> {

  private static final int ROUNDS = 50;

  private final Ledger ledger;
  private final Terms terms;
  private final List<Order> orders;
  private final String status;
  private final boolean decided;
  private final Answers<R> answers;

  /**
   * @param orders at least one, all of one deal
   * @param status the word to write
   * @param decided whether that is final
   */
  Taking(
      Ledger ledger,
      Terms terms,
      List<Order> orders,
      String status,
      boolean decided,
      Answers<R> answers) {
    this.ledger = ledger;
    this.terms = terms;
    this.orders = orders;
    this.status = status;
    this.decided = decided;
    this.answers = answers;
  }

  @Override
  public List<R> on(Connection connection) throws SQLException {
    boolean probed = false;
    DealRow deal = remembered(connection);
    if (deal != null) {
      Plan<R> hope = plan(Picture.hopeful(deal), ledger.now());
      if (hope.takes().size() == ids().size() && hope.unitsTaken() <= deal.left()) {
        try {
          OptionalLong left = carryOut(connection, hope, deal);
          if (left.isPresent()) {
            return hope.answers(left.getAsLong());
          }
          probed = true;
        } catch (SQLException e) {
          rethrowUnless(OracleErrors.of(e).isViolation(), e);
        }
        connection.rollback();
      }
    }
    return byRounds(connection, probed);
  }

  private List<R> byRounds(Connection connection, boolean alreadyProbed) throws SQLException {
    boolean probed = alreadyProbed;
    int known = -1;
    for (int round = 0; round < ROUNDS; round++) {
      try {
        if (!probed) {
          probe(connection);
          probed = true;
        }
        Optional<List<R>> done = round(connection);
        if (done.isPresent()) {
          return done.get();
        }
      } catch (SQLException e) {
        rethrowUnless(OracleErrors.of(e) == OracleErrors.DUPLICATE, e);
        int knownNow = known(connection);
        rethrowUnless(knownNow > known, e);
        known = knownNow;
        probed = false;
      }
      connection.rollback();
    }
    throw new SQLException("the deal changed " + ROUNDS + " times under this batch", "40001");
  }

  /**
   * How many of the batch's keys are there. Whoever was first with a key has left it there; a
   * duplicate that adds none, again, is of a unique index that is not ours.
   */
  private int known(Connection connection) throws SQLException {
    connection.rollback();
    Picture picture = ledger.look(connection, ledger.deal(connection, dealId()), orders);
    return picture.orders().size() + picture.bought().size();
  }

  private void probe(Connection connection) throws SQLException {
    List<Order> retries = possibleRetries();
    ledger.insertOrdersIfAbsent(connection, retries, status, decidedAt(ledger.now()));
    connection.rollback();
  }

  /** Empty if the picture was not true. */
  private Optional<List<R>> round(Connection connection) throws SQLException {
    Optional<DealRow> deal = look(connection);
    Plan<R> plan = plan(ledger.look(connection, deal, orders), ledger.now());
    if (deal.isEmpty() || plan.takes().isEmpty()) {
      return Optional.of(plan.answers());
    }
    OptionalLong left = carryOut(connection, plan, deal.get());
    return left.isPresent() ? Optional.of(plan.answers(left.getAsLong())) : Optional.empty();
  }

  /** What is left behind the batch; empty if it does not fit. */
  private OptionalLong carryOut(Connection connection, Plan<R> plan, DealRow deal)
      throws SQLException {
    Instant now = ledger.now();
    ledger.insertOrders(connection, plan.takes(), status, decidedAt(now));
    if (!ledger.addToBuyers(connection, deal, plan.takes())) {
      return OptionalLong.empty();
    }
    OptionalLong left = ledger.takeUnits(connection, deal, plan.unitsTaken(), now);
    left.ifPresent(units -> terms.remember(dealId(), Optional.of(deal.withLeft(units))));
    return left;
  }

  private @Nullable DealRow remembered(Connection connection) throws SQLException {
    Optional<DealRow> deal = terms.of(dealId());
    return (deal.isPresent() ? deal : look(connection)).orElse(null);
  }

  private Optional<DealRow> look(Connection connection) throws SQLException {
    Optional<DealRow> deal = ledger.deal(connection, dealId());
    terms.remember(dealId(), deal);
    return deal;
  }

  private Plan<R> plan(Picture picture, Instant now) {
    return Plan.of(orders, status, picture, now, answers);
  }

  private @Nullable Instant decidedAt(Instant now) {
    return decided ? now : null;
  }

  private String dealId() {
    return orders.get(0).dealId();
  }

  private Set<String> ids() {
    Set<String> ids = new HashSet<>();
    orders.forEach(order -> ids.add(order.id()));
    return ids;
  }

  /** Each id once; an id that nobody sent before has no attempt under way. */
  private List<Order> possibleRetries() {
    Set<String> seen = new HashSet<>();
    return Ledger.sorted(
        orders.stream().filter(order -> !order.firstAttempt() && seen.add(order.id())).toList());
  }

  private static void rethrowUnless(boolean expected, SQLException e) throws SQLException {
    if (!expected) {
      throw e;
    }
  }
}
