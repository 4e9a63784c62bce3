package io.hotdeal.faults;

import com.zaxxer.hikari.util.DriverDataSource;
import io.hotdeal.oracle.OracleSchema;
import java.util.Properties;
import javax.sql.DataSource;

/** A real database server process, which can be killed and started again on the same files. */
interface DatabaseNode extends AutoCloseable {

  /** The JDBC URL for direct connections. */
  String url();

  /** The JDBC URL for connections through a proxy on another port. */
  String urlThrough(int port);

  int port();

  String user();

  OracleSchema schema();

  /** Opens a new connection for every call, directly. */
  default DataSource dataSource() {
    return dataSource(url());
  }

  /** The same for another URL. */
  default DataSource dataSource(String url) {
    return new DriverDataSource(url, null, new Properties(), user(), "");
  }

  /** SIGKILL, to all of its processes. */
  void kill();

  /** Starts it and waits until it answers. */
  void start();

  @Override
  void close();
}
