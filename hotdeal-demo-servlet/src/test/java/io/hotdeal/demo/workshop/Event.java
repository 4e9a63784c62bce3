package io.hotdeal.demo.workshop;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** One endpoint's sale: resets it, sends the orders, and reads the result from /status. */
final class Event {

  private static final long FIGURES_SETTLE_WITHIN = TimeUnit.SECONDS.toNanos(5);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Options options;
  private final int port;

  Event(Options options, int port) {
    this.options = options;
    this.port = port;
  }

  EndpointResult run(String path) throws IOException, InterruptedException {
    reset(path);
    Score score = new Score();
    Progress progress = new Progress(path, options.orders(), score);
    send(path, score, counted());
    progress.end();
    return settled(path, score);
  }

  /** The current content of /status. */
  Map<String, Object> status() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri("/status")).build();
    return JSON.std.mapFrom(http.send(request, BodyHandlers.ofString()).body());
  }

  /** Repeats the event without measuring it, so that the JIT has compiled the code before. */
  void rehearse(String path) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.warmupSeconds());
    Score score = new Score();
    Progress progress = new Progress(path + " (rehearsal)", 0, score);
    while (System.nanoTime() < end) {
      reset(path);
      BooleanSupplier counted = counted();
      send(path, score, () -> System.nanoTime() < end && counted.getAsBoolean());
    }
    progress.end();
  }

  private void send(String path, Score score, BooleanSupplier more) throws InterruptedException {
    new Crowd(port, path, more, score).run(options.users());
  }

  private BooleanSupplier counted() {
    AtomicInteger sent = new AtomicInteger();
    return () -> sent.getAndIncrement() < options.orders();
  }

  private void reset(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/reset?path=" + path + "&stock=" + options.stock()))
            .POST(BodyPublishers.noBody())
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException("/reset: " + response.statusCode() + " " + response.body());
    }
  }

  /** Reads again what does not add up: the counter is updated shortly after the buyer's answer. */
  private EndpointResult settled(String path, Score score)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + FIGURES_SETTLE_WITHIN;
    while (true) {
      StockAudit audit = StockAudit.of(path, status());
      EndpointResult result = EndpointResult.of(path, score, audit, options.stock());
      List<String> problems = Verdict.problems(result, options.stock());
      if (problems.isEmpty() || System.nanoTime() > end) {
        return result;
      }
      Thread.sleep(100);
    }
  }

  private URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + port + pathAndQuery);
  }
}
