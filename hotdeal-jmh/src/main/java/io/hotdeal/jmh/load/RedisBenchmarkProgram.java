package io.hotdeal.jmh.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * The {@code redis-benchmark} program as a scenario: plain DECR over 50 connections without
 * pipelining. It is neither idempotent nor audited, and its client is written in C: the rate of the
 * server itself.
 */
public final class RedisBenchmarkProgram implements ScenarioRunner {

  /** As on the command line, beside the strategies. */
  public static final String NAME = "redis-benchmark-decr";

  private static final int FIRST = 20_000;
  private static final double LEAST_PER_SECOND = 1_000;

  private final String program;
  private final RunStores stores;
  private double perSecond;

  public RedisBenchmarkProgram(String program, RunStores stores) {
    this.program = program;
    this.stores = stores;
  }

  /** Whether the program is there. */
  public boolean isInstalled() {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs a number of commands, not a time: as many as its last rate makes in that time. */
  @Override
  public RoundResult run(Scenario scenario, int round, Duration leadIn, Duration time)
      throws InterruptedException {
    URI uri = stores.redis(scenario.profile().roundTripMillis());
    if (uri.getUserInfo() != null || !"redis".equals(uri.getScheme())) {
      throw new IllegalArgumentException(NAME + " cannot log in, nor use TLS: it would show how");
    }
    if (perSecond == 0) {
      perSecond = decrements(uri, FIRST);
    }
    long orders = (long) (Math.max(LEAST_PER_SECOND, perSecond) * time.toNanos() / 1e9) + 1;
    perSecond = decrements(uri, orders);
    return new RoundResult(
        scenario,
        round,
        orders,
        orders / perSecond,
        orders,
        0,
        0,
        0,
        orders,
        CallCounts.NONE,
        new Histogram(2),
        List.of());
  }

  private double decrements(URI uri, long orders) throws InterruptedException {
    String count = Long.toString(orders);
    String port = Integer.toString(uri.getPort());
    String[] command = {
      program,
      "-h",
      uri.getHost(),
      "-p",
      port,
      "-P",
      "1",
      "-c",
      "50",
      "-n",
      count,
      "--csv",
      "DECR",
      "hotdeal-benchmark-decr"
    };
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(NAME + " failed: " + output);
      }
      return perSecond(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads {@code "DECR key","45662.10",…}, with or without a header line. */
  static double perSecond(String csv) {
    return csv.lines()
        .filter(line -> line.toUpperCase(Locale.ROOT).startsWith("\"DECR"))
        .map(line -> line.split(",", -1)[1].replace("\"", ""))
        .mapToDouble(Double::parseDouble)
        .filter(rate -> rate > 0)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(NAME + " said " + Objects.toString(csv)));
  }
}
