package io.hotdeal.demo;

import java.util.Optional;

/**
 * The class names of JDBC drivers. A class is found both in the web application and in the server's
 * libraries, while {@link java.sql.DriverManager} knows only the drivers that were visible when it
 * was initialised.
 */
final class Drivers {

  private Drivers() {}

  /**
   * The driver class for a URL; empty for a database that the demo does not know.
   *
   * @throws IllegalArgumentException if the class is missing; the message does not contain the URL
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
