package io.hotdeal.demo;

import java.util.Optional;

/**
 * JDBC drivers by name. A name is found in the web application and in the server's own libraries
 * alike; the JVM's list of drivers has those only which were there when it was first read.
 */
final class Drivers {

  private Drivers() {}

  /**
   * The class that serves a URL; empty for a database that the demo does not know.
   *
   * @throws IllegalArgumentException if it is not there; the message does not name the URL
   */
  static Optional<String> nameFor(String url) {
    Optional<String> name = known(url);
    name.ifPresent(Drivers::check);
    return name;
  }

  private static Optional<String> known(String url) {
    if (url.startsWith("jdbc:h2:")) {
      return Optional.of("org.h2.Driver");
    } else if (url.startsWith("jdbc:oracle:")) {
      return Optional.of("oracle.jdbc.OracleDriver");
    }
    return url.startsWith("jdbc:postgresql:")
        ? Optional.of("org.postgresql.Driver")
        : Optional.empty();
  }

  private static void check(String name) {
    try {
      Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "hotdeal.jdbc.url needs the driver "
              + name
              + ": put its jar into the WAR's WEB-INF/lib or the server's lib",
          e);
    }
  }
}
