package io.hotdeal.demo;

import io.hotdeal.Deal;
import io.hotdeal.HotDealException;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The status of every endpoint, read from the stores; null where a store does not answer. */
final class Status {

  private final List<Endpoint> endpoints;
  private final Database database;
  private final RedisStore redis;
  private final Duration payment;

  Status(List<Endpoint> endpoints, Database database, RedisStore redis, Duration payment) {
    this.endpoints = endpoints;
    this.database = database;
    this.redis = redis;
    this.payment = payment;
  }

  Map<String, @Nullable Object> read() {
    String log = database.description();
    Map<String, @Nullable Object> status = new LinkedHashMap<>();
    status.put("paymentMillis", payment.toMillis());
    status.put("log", log);
    status.put("counter", redis.description());
    status.put("endpoints", endpoints.stream().map(it -> books(it, log != null)).toList());
    return status;
  }

  private static Map<String, @Nullable Object> books(Endpoint endpoint, boolean logAnswers) {
    Deal deal = endpoint.current();
    StockCounter counter = endpoint.counter();
    Map<String, @Nullable Object> books = new LinkedHashMap<>();
    books.put("path", endpoint.path());
    books.put("deal", deal == null ? null : deal.id());
    putLog(books, logAnswers ? ask(deal, endpoint.log()::tally) : Optional.empty());
    putCounter(books, counter == null ? Optional.empty() : ask(deal, counter::stock));
    return books;
  }

  private static void putLog(Map<String, @Nullable Object> books, Optional<Tally> tally) {
    books.put("quantity", tally.map(Tally::quantity).orElse(null));
    books.put("leftInLog", tally.map(Tally::left).orElse(null));
    books.put("reservedRows", tally.map(it -> it.reserved().orders()).orElse(null));
    books.put("paidRows", tally.map(it -> it.paid().orders()).orElse(null));
    books.put("cancelledRows", tally.map(it -> it.cancelled().orders()).orElse(null));
  }

  private static void putCounter(Map<String, @Nullable Object> books, Optional<Stock> stock) {
    books.put("leftInCounter", stock.map(Stock::remaining).orElse(null));
    books.put("claimedInCounter", stock.map(Stock::claimed).orElse(null));
    books.put("settledInCounter", stock.map(Stock::settled).orElse(null));
  }

  private static <T> Optional<T> ask(@Nullable Deal deal, Function<String, Optional<T>> store) {
    try {
      return deal == null ? Optional.empty() : store.apply(deal.id());
    } catch (HotDealException e) {
      return Optional.empty(); // shown as null
    }
  }
}
