package io.hotdeal.faults;

import io.hotdeal.faults.Ack.Kind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All answers that the sellers of one deal got. Thread-safe. */
final class Acks implements Consumer<Ack> {

  private final Map<String, Set<Kind>> byId = new ConcurrentHashMap<>();
  private final Map<Kind, AtomicLong> counts = new EnumMap<>(Kind.class);
  private final AtomicLong contradictions = new AtomicLong();

  Acks() {
    for (Kind kind : Kind.values()) {
      counts.put(kind, new AtomicLong());
    }
  }

  @Override
  public void accept(Ack ack) {
    counts.get(ack.kind()).incrementAndGet();
    byId.compute(ack.id(), (id, told) -> with(told, ack.kind()));
    if (ack.before() != null && ack.kind().isAnswer() && ack.kind() != ack.before()) {
      contradictions.incrementAndGet();
    }
  }

  private static Set<Kind> with(Set<Kind> told, Kind kind) {
    Set<Kind> more = told == null ? EnumSet.noneOf(Kind.class) : EnumSet.copyOf(told);
    more.add(kind);
    return more;
  }

  long count(Kind kind) {
    return counts.get(kind).get();
  }

  long orders() {
    return byId.size();
  }

  /** Final answers that changed: among the answers, not compared with the log. */
  long contradictions() {
    return contradictions.get()
        + byId.values().stream()
            .filter(told -> told.contains(Kind.PLACED) && told.contains(Kind.DECLINED))
            .count();
  }

  Collection<String> placed() {
    return idsTold(Kind.PLACED);
  }

  Collection<String> declined() {
    return idsTold(Kind.DECLINED);
  }

  /** The orders of which every attempt was answered as having no effect. */
  Collection<String> onlyRefused() {
    Set<Kind> noEffect = EnumSet.of(Kind.REFUSED, Kind.NOTHING);
    return byId.entrySet().stream()
        .filter(it -> noEffect.containsAll(it.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** The orders that got a final answer, or whose outcome is unknown. */
  Collection<String> worthAskingAgain() {
    return byId.entrySet().stream()
        .filter(it -> it.getValue().stream().anyMatch(k -> k.isVerdict() || k == Kind.UNKNOWN))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  boolean isTold(String id, Kind kind) {
    return byId.getOrDefault(id, Set.of()).contains(kind);
  }

  /** The final answer to the id; null for none. */
  Kind verdict(String id) {
    return byId.getOrDefault(id, Set.of()).stream()
        .filter(Kind::isVerdict)
        .findFirst()
        .orElse(null);
  }

  private Collection<String> idsTold(Kind kind) {
    return byId.entrySet().stream()
        .filter(it -> it.getValue().contains(kind))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
