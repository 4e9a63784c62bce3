package io.hotdeal.faults;

import java.lang.reflect.Proxy;
import java.sql.DriverManager;
import javax.sql.DataSource;

/** A data source without a pool, for what is done once. */
final class Connecting {

  private Connecting() {}

  static DataSource to(DatabaseNode database) {
    return to(database.url(), database.user());
  }

  static DataSource to(String url, String user) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> {
              if (method.getName().equals("getConnection")) {
                return DriverManager.getConnection(url, user, "");
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
