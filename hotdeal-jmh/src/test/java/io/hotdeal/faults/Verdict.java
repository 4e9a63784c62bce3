package io.hotdeal.faults;

import io.hotdeal.Deal;
import io.hotdeal.spi.Stock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with a deal after the faults and the resolver: the invariants, each as a figure
 * that has to be 0.
 *
 * @param oversold units taken above the quantity, or above a buyer's limit
 * @param lost orders that were answered as placed, without a PAID row
 * @param chargedNotPaid charges that were kept, without a PAID row
 * @param paidNotCharged PAID rows without a charge
 * @param leaked units that no order has and nobody can buy, or that are counted twice: the log's
 *     balance, rows left RESERVED, and the counter against the log
 * @param contradictory orders that got two final answers, or one that differs from the log
 * @param happened orders that were answered as NothingHappened, and are sold or claimed
 */
record Verdict(
    long oversold,
    long lost,
    long chargedNotPaid,
    long paidNotCharged,
    long leaked,
    long contradictory,
    long happened) {

  static final Verdict CLEAN = new Verdict(0, 0, 0, 0, 0, 0, 0);

  static Verdict of(
      Deal deal, LogBooks log, Optional<Stock> counter, Acks acks, Map<String, Bank.Money> bank) {
    return new Verdict(
        Math.max(0, log.taken() - log.total()) + log.aboveLimit(deal.limitPerBuyer()),
        acks.placed().stream().filter(id -> !log.isPaid(id)).count(),
        bank.entrySet().stream()
            .filter(it -> it.getValue() == Bank.Money.TAKEN && !log.isPaid(it.getKey()))
            .count(),
        log.rows().entrySet().stream()
            .filter(it -> it.getValue().isPaid() && bank.get(it.getKey()) != Bank.Money.TAKEN)
            .count(),
        Math.abs(log.total() - log.taken() - log.left())
            + log.withStatus("RESERVED")
            + counter.map(stock -> leaked(stock, log)).orElse(0L),
        acks.contradictions() + acks.declined().stream().filter(id -> !log.isCancelled(id)).count(),
        acks.onlyRefused().stream().filter(log::isPaid).count());
  }

  private static long leaked(Stock counter, LogBooks log) {
    return Math.abs(counter.remaining() - log.left());
  }

  boolean isClean() {
    return equals(CLEAN);
  }

  Verdict plus(Verdict other) {
    return new Verdict(
        oversold + other.oversold,
        lost + other.lost,
        chargedNotPaid + other.chargedNotPaid,
        paidNotCharged + other.paidNotCharged,
        leaked + other.leaked,
        contradictory + other.contradictory,
        happened + other.happened);
  }

  Verdict plusHappened(long more) {
    return plus(new Verdict(0, 0, 0, 0, 0, 0, more));
  }

  /** Oversold, paid orders lost, units leaked; and the rest, if there is any. */
  String brief() {
    String three = oversold + "/" + lost + "/" + leaked;
    return isClean() ? three : three + " " + this;
  }

  /** The figures, as the table and the report name them. */
  List<Map.Entry<String, Long>> figures() {
    return List.of(
        Map.entry("oversold", oversold),
        Map.entry("lost", lost),
        Map.entry("charged, not paid", chargedNotPaid),
        Map.entry("paid, not charged", paidNotCharged),
        Map.entry("leaked", leaked),
        Map.entry("contradictory", contradictory),
        Map.entry("nothing, yet happened", happened));
  }
}
