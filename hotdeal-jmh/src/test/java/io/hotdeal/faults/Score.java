package io.hotdeal.faults;

import io.hotdeal.faults.Ack.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The result of one kind of fault: the sum over its sales. Not thread-safe. */
final class Score {

  private final String name;
  private final Map<String, Integer> faults = new TreeMap<>();
  private final Map<Kind, Long> told = new LinkedHashMap<>();
  private final Map<String, String> notes = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private Verdict verdict = Verdict.CLEAN;
  private long orders;
  private int sales;
  private long lostClaims;
  private long started = System.nanoTime();
  private double seconds;

  Score(String name) {
    this.name = name;
  }

  /** Counts faults that were really injected. */
  Score injected(String kind, int count) {
    faults.merge(kind, count, Integer::sum);
    return this;
  }

  Score lostClaims(long count) {
    lostClaims += count;
    return this;
  }

  /** Adds a sale that has ended, and the verdict on it. */
  Score add(Sale sale, Verdict found) {
    sales++;
    orders += sale.acks().orders();
    for (Kind kind : Kind.values()) {
      told.merge(kind, sale.acks().count(kind), Long::sum);
    }
    verdict = verdict.plus(found);
    if (!found.isClean()) {
      problem("deal " + sale.deal().id() + ": " + found);
    }
    return this;
  }

  /** Counts answers of a scenario that has no acknowledgements of its own. */
  Score answered(Kind kind, long count) {
    told.merge(kind, count, Long::sum);
    orders += count;
    return this;
  }

  /** Adds the result of one audit of many sales. */
  Score found(Verdict more) {
    verdict = verdict.plus(more);
    return this;
  }

  Score note(String what, Object value) {
    notes.put(what, String.valueOf(value));
    return this;
  }

  Score problem(String what) {
    problems.add(what);
    return this;
  }

  Score done() {
    seconds = (System.nanoTime() - started) / 1e9;
    return this;
  }

  String name() {
    return name;
  }

  int faults() {
    return faults.values().stream().mapToInt(Integer::intValue).sum();
  }

  Map<String, Integer> faultsByKind() {
    return faults;
  }

  int sales() {
    return sales;
  }

  long orders() {
    return orders;
  }

  long told(Kind kind) {
    return told.getOrDefault(kind, 0L);
  }

  long lostClaims() {
    return lostClaims;
  }

  Verdict verdict() {
    return verdict;
  }

  Map<String, String> notes() {
    return notes;
  }

  List<String> problems() {
    return problems;
  }

  double seconds() {
    return seconds;
  }
}
