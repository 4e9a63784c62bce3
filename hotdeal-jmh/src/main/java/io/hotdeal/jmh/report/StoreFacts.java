package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.RunStores;
import io.hotdeal.redis.JedisClients;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import redis.clients.jedis.RedisClient;

/** What stores say of themselves. */
final class StoreFacts {

  private StoreFacts() {}

  static Map<String, String> of(RunStores stores) {
    Map<String, String> facts = new LinkedHashMap<>();
    if (stores.hasDatabase()) {
      addDatabase(stores, facts);
    }
    if (stores.hasRedis()) {
      addRedis(stores, facts);
    }
    return facts;
  }

  private static void addDatabase(RunStores stores, Map<String, String> facts) {
    try (Connection connection = stores.connect()) {
      var data = connection.getMetaData();
      facts.put("Database", data.getDatabaseProductName() + " " + data.getDatabaseProductVersion());
      facts.put("JDBC driver", data.getDriverName() + " " + data.getDriverVersion());
      facts.put("HikariCP", version("com.zaxxer", "HikariCP"));
      facts.put("Durability", durability(connection, data.getDatabaseProductName()));
    } catch (SQLException e) {
      facts.put("Database", "does not say what it is: SQLState " + e.getSQLState());
    }
  }

  private static String durability(Connection connection, String product) throws SQLException {
    return switch (product) {
      case "PostgreSQL" ->
          "fsync "
              + ask(connection, "SHOW fsync")
              + ", synchronous_commit "
              + ask(connection, "SHOW synchronous_commit")
              + ", full_page_writes "
              + ask(connection, "SHOW full_page_writes")
              + ", wal_sync_method "
              + ask(connection, "SHOW wal_sync_method");
      case "H2" ->
          "WRITE_DELAY "
              + ask(
                  connection,
                  "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
                      + " WHERE SETTING_NAME = 'WRITE_DELAY'")
              + " ms, handed to the operating system, not waited for the disk";
      default -> "as the server is configured; not asked";
    };
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "unknown";
    }
  }

  private static void addRedis(RunStores stores, Map<String, String> facts) {
    try (RedisClient client = JedisClients.standalone(stores.redis())) {
      Map<String, String> server = info(client.info("server"));
      Map<String, String> persistence = info(client.info("persistence"));
      facts.put("Redis", server.getOrDefault("redis_version", "unknown"));
      facts.put(
          "Redis persistence",
          "1".equals(persistence.get("aof_enabled")) ? "append-only file" : "no append-only file");
      facts.put("Jedis", version("redis.clients", "jedis"));
      facts.put("Lettuce", version("io.lettuce", "lettuce-core"));
    }
  }

  private static Map<String, String> info(String text) {
    Map<String, String> facts = new LinkedHashMap<>();
    text.lines()
        .map(line -> line.split(":", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> facts.put(pair[0], pair[1].strip()));
    return facts;
  }

  /** As its build wrote it into the jar; in a jar of jars too. */
  private static String version(String group, String artifact) {
    Properties properties = new Properties();
    String resource = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
    try (InputStream in = StoreFacts.class.getResourceAsStream(resource)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
