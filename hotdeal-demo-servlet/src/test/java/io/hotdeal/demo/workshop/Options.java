package io.hotdeal.demo.workshop;

import java.nio.file.Path;
import java.util.Properties;

/**
 * The options of the command line.
 *
 * @param port where the demo listens
 * @param address the interface it listens on
 * @param paymentMillis how long the simulated payment takes
 * @param stock units on sale at each endpoint
 * @param orders requests sent to each endpoint
 * @param users how many send them at once
 * @param warmupSeconds how long each endpoint is warmed up before it is measured
 * @param war the web application
 * @param output where the report goes
 */
record Options(
    int port,
    String address,
    int paymentMillis,
    int stock,
    int orders,
    int users,
    int warmupSeconds,
    Path war,
    Path output) {

  /**
   * @throws IllegalArgumentException naming the property, its value and its limits
   */
  static Options of(Properties given) {
    return new Options(
        number(given, "demo.port", 8080, 0, 65_535),
        given.getProperty("demo.address", "127.0.0.1"),
        number(given, "workshop.payment", 30, 0, 60_000),
        number(given, "workshop.stock", 1_000, 1, 1_000_000),
        number(given, "workshop.orders", 3_000, 1, 10_000_000),
        number(given, "workshop.users", 150, 1, 2_000),
        number(given, "workshop.warmup", 6, 0, 600),
        Path.of(given.getProperty("demo.war", "target/hotdeal-demo-servlet.war")),
        Path.of(given.getProperty("workshop.output", "target/workshop")));
  }

  private static int number(Properties given, String name, int fallback, int min, int max) {
    String text = given.getProperty(name, Integer.toString(fallback)).strip();
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of its limits.
    }
    throw new IllegalArgumentException(
        name + " '" + text + "' is not a whole number within " + min + " and " + max);
  }
}
