package io.hotdeal.spi;

import io.hotdeal.Ids;
import io.hotdeal.OrderKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The wish to hold a held order for longer.
 *
 * @param id the order id
 * @param until the new deadline, by the log's clock, truncated to the millisecond
 */
public record HoldExtension(String dealId, String id, Instant until) implements OrderKey {

  public HoldExtension {
    Ids.check("deal id", dealId);
    Ids.check("order id", id);
    until = until.truncatedTo(ChronoUnit.MILLIS);
  }
}
