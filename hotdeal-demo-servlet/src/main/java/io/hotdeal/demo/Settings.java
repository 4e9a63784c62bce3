package io.hotdeal.demo;

import io.hotdeal.Units;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the demo: its stores, and how it sells. By default both stores are embedded.
 *
 * <p>Each value is looked up by its key: {@code hotdeal.jdbc.url}, {@code hotdeal.jdbc.user},
 * {@code hotdeal.jdbc.password}, {@code hotdeal.redis.uri}, {@code hotdeal.create.schema}, {@code
 * hotdeal.payment.millis}, {@code hotdeal.stock}, {@code hotdeal.reset.token}.
 */
final class Settings {

  private static final long LONGEST_PAYMENT_MILLIS = 60_000;

  private final Function<String, @Nullable String> lookup;
  private final Duration payment;
  private final long stock;

  /**
   * @param lookup returns the value of a key, or null
   * @throws IllegalArgumentException with the key, the value and its limits
   */
  Settings(Function<String, @Nullable String> lookup) {
    this.lookup = lookup;
    payment = Duration.ofMillis(number("hotdeal.payment.millis", 30, 0, LONGEST_PAYMENT_MILLIS));
    stock = number("hotdeal.stock", 1000, 1, Units.MAX);
  }

  /** The JDBC URL of an external database; empty for the embedded one. */
  Optional<String> jdbcUrl() {
    return text("hotdeal.jdbc.url");
  }

  String jdbcUser() {
    return text("hotdeal.jdbc.user").orElse("");
  }

  String jdbcPassword() {
    return text("hotdeal.jdbc.password").orElse("");
  }

  /** {@code redis://user:password@host:port} of an external Redis; empty for the embedded one. */
  Optional<String> redisUri() {
    return text("hotdeal.redis.uri");
  }

  /** Whether to create missing tables in an external database; false by default. */
  boolean createSchema() {
    return text("hotdeal.create.schema").map(Boolean::parseBoolean).orElse(false);
  }

  /** The duration of a simulated payment, 30 ms by default; zero for no payment. */
  Duration payment() {
    return payment;
  }

  /** The units of each endpoint's first deal, 1000 by default. */
  long stock() {
    return stock;
  }

  /** The token that a reset has to send; empty if a reset has to come from this host instead. */
  Optional<String> resetToken() {
    return text("hotdeal.reset.token");
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(lookup.apply(key)).filter(value -> !value.isBlank());
  }

  private long number(String key, long fallback, long min, long max) {
    return text(key).map(value -> Numbers.parse(key, value, min, max)).orElse(fallback);
  }
}
