package io.hotdeal.internal.recovery;

import io.hotdeal.internal.recovery.DealSweeps.Ending;
import io.hotdeal.spi.Housekeeping.Assignment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One round over the deals of a process: the pages of deals to ask for. First those that this
 * housekeeper has or that are new, then a sample of those of others whose leases should have ended,
 * then all deals of the ones that have gone. Not thread-safe.
 */
final class DutyRound {

  /** The most deals of one call. */
  static final int PAGE = 256;

  private final DealDuties duties;
  private final Duration lease;
  private final Deque<String> queue = new ArrayDeque<>();
  private final Set<String> asked = new HashSet<>();
  private final Set<String> doubtful;
  private final List<String> toGiveUp;

  DutyRound(DealDuties duties, Collection<String> dealIds, Duration lease) {
    Set<String> all = new LinkedHashSet<>(dealIds);
    this.duties = duties;
    this.lease = lease;
    this.toGiveUp = new ArrayList<>(duties.retain(all));
    this.doubtful = duties.dueKeepers();
    queue.addAll(duties.toTake(all));
    queue.addAll(duties.sample(doubtful, PAGE));
  }

  /** The next page of deals to ask for; empty at the end of the round. */
  List<String> nextPage() {
    if (queue.isEmpty() && !doubtful.isEmpty()) {
      duties.dealsOf(doubtful).stream().filter(it -> !asked.contains(it)).forEach(queue::add);
      doubtful.clear();
    }
    List<String> page = queue.stream().limit(PAGE).toList();
    page.forEach(first -> queue.removeFirst());
    asked.addAll(page);
    return page;
  }

  /** Notes the answers for a page; returns what is to be done. */
  List<Duty> answered(List<String> page, List<Assignment> answers) {
    Map<String, Assignment> known = new HashMap<>();
    answers.forEach(it -> known.put(it.dealId(), it));
    List<Duty> todo = new ArrayList<>();
    for (String dealId : page) {
      Assignment answer = known.get(dealId);
      if (answer == null) {
        todo.add(Duty.unknown(dealId));
      } else {
        duties.answered(answer, lease).ifPresent(todo::add);
        doubtful.remove(answer.keeper());
      }
    }
    return todo;
  }

  /** Asks for these deals again before the others: the lease may have ended meanwhile. */
  void askAgain(Collection<Duty> left) {
    List<String> dealIds = left.stream().map(Duty::dealId).toList();
    for (int i = dealIds.size() - 1; i >= 0; i--) {
      queue.addFirst(dealIds.get(i));
    }
  }

  void swept(Duty duty, Ending ending) {
    if (duties.swept(duty, ending)) {
      toGiveUp.add(duty.dealId());
    }
  }

  /** The deals that this housekeeper no longer wants; returned once. */
  List<String> toGiveUp() {
    List<String> dealIds = List.copyOf(toGiveUp);
    toGiveUp.clear();
    return dealIds;
  }

  Duration lease() {
    return lease;
  }
}
