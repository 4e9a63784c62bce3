package io.hotdeal.demo;

/** The embedded stores, for code of other packages. */
public final class StoresForExamples implements AutoCloseable {

  private final EmbeddedDatabase database = new EmbeddedDatabase();
  private final EmbeddedRedis redis = EmbeddedRedis.start();

  private StoresForExamples() {}

  /** Starts an H2 in Oracle mode without tables, and a Redis. */
  public static StoresForExamples start() {
    return new StoresForExamples();
  }

  public String jdbcUrl() {
    return database.url();
  }

  public String user() {
    return EmbeddedDatabase.USER;
  }

  public String redisUri() {
    return redis.uri();
  }

  @Override
  public void close() {
    redis.close();
    database.close();
  }
}
