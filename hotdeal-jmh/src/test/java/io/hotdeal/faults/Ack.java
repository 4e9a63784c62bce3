package io.hotdeal.faults;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.OrderResult;
import java.util.Optional;

/**
 * The answer of HotDeal to an order.
 *
 * @param before the final answer that the order had before this attempt began; null for none
 */
record Ack(Kind kind, String id, Kind before) {

  /** The results of HotDeal; {@link #AGAIN} says that an id is about to be sent again. */
  enum Kind {
    PLACED,
    DECLINED,
    REFUSED,
    NOTHING,
    UNKNOWN,
    AGAIN,
    HELD,
    EXPIRED,
    PAYMENT_REFUSED;

    boolean isVerdict() {
      return this == PLACED || this == DECLINED;
    }

    boolean isAnswer() {
      return this != NOTHING && this != UNKNOWN && this != AGAIN;
    }
  }

  static Kind kindOf(OrderResult result, Throwable broken) {
    if (broken != null) {
      return broken instanceof NothingHappenedException ? Kind.NOTHING : Kind.UNKNOWN;
    } else if (result instanceof OrderResult.Placed) {
      return Kind.PLACED;
    } else if (result instanceof OrderResult.Held) {
      return Kind.HELD;
    } else if (result instanceof OrderResult.Expired) {
      return Kind.EXPIRED;
    } else if (result instanceof OrderResult.PaymentRefused) {
      return Kind.PAYMENT_REFUSED;
    }
    return result instanceof OrderResult.Declined ? Kind.DECLINED : Kind.REFUSED;
  }

  String toLine() {
    return kind + " " + id + " " + (before == null ? "-" : before) + " .";
  }

  /** Empty for an incomplete line, whose writer was killed. */
  static Optional<Ack> read(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 4 || !words[3].equals(".")) {
      return Optional.empty();
    }
    Kind before = words[2].equals("-") ? null : Kind.valueOf(words[2]);
    return Optional.of(new Ack(Kind.valueOf(words[0]), words[1], before));
  }
}
