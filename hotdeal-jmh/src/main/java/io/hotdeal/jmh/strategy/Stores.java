package io.hotdeal.jmh.strategy;

import java.net.URI;
import javax.sql.DataSource;

/**
 * The stores of one run, started when first asked for. Where a round-trip time is asked for, every
 * connection goes through a proxy that adds it.
 */
public interface Stores {

  /** A new pool of this many connections, closed with the run; the hotdeal tables exist. */
  DataSource pool(int connections);

  /** A new connection for every call: what a shop without a pool does. */
  DataSource unpooled();

  /** Where Redis is; may hold a password, so it is never printed. */
  URI redis();

  /** How many callers the run brings, for strategies that size a pool by it. */
  int callers();
}
