package io.hotdeal.jmh.strategy;

import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.hotdeal.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Bucket4j over PostgreSQL: SELECT FOR UPDATE, compute, UPDATE, COMMIT, three round trips per
 * request; with batching, the callers of one process share a request. The bucket is durable; who
 * bought is not stored.
 */
final class Bucket4jPostgresql extends CountdownStrategy<BucketProxy> {

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS BUCKET (
        ID VARCHAR(80) PRIMARY KEY,
        STATE BYTEA,
        EXPIRES_AT BIGINT)
      """;

  private final ProxyManager<String> buckets;
  private final Optimization optimization;

  Bucket4jPostgresql(DataSource dataSource, Optimization optimization) {
    this.optimization = optimization;
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    } catch (SQLException e) {
      throw new IllegalStateException("the database could not make the table of buckets", e);
    }
    buckets =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
            .table("BUCKET")
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .build();
  }

  @Override
  BucketProxy open(String dealId, long units) {
    BucketProxy bucket =
        buckets.builder().withOptimization(optimization).build(dealId, () -> Buckets.of(units));
    bucket.getAvailableTokens(); // makes the bucket
    return bucket;
  }

  @Override
  long left(BucketProxy bucket) {
    return bucket.getAvailableTokens();
  }

  @Override
  public Answer sell(Order order) {
    return answer(handle(order).tryConsume(order.quantity()));
  }

  /** The pool is closed with the run that gave it. */
  @Override
  public void close() {}
}
