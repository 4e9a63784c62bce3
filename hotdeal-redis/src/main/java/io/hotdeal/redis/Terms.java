package io.hotdeal.redis;

import io.hotdeal.Deal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** The terms of a deal as five numbers: quantity, limit, opens, closes, hold (in milliseconds). */
final class Terms {

  private Terms() {}

  static List<String> of(Deal deal) {
    return LongStream.of(
            deal.quantity(),
            deal.limitPerBuyer(),
            deal.opens().toEpochMilli(),
            deal.closes().toEpochMilli(),
            deal.hold().toMillis())
        .mapToObj(Long::toString)
        .toList();
  }

  static Deal read(String dealId, Answer answer, int from) {
    return new Deal(
        dealId,
        answer.number(from),
        answer.number(from + 1),
        Instant.ofEpochMilli(answer.number(from + 2)),
        Instant.ofEpochMilli(answer.number(from + 3)),
        Duration.ofMillis(answer.number(from + 4)));
  }
}
