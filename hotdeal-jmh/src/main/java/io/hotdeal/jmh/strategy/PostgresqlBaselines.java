package io.hotdeal.jmh.strategy;

import java.util.List;

/** What shops do in PostgreSQL alone, because the other databases have no such statement. */
final class PostgresqlBaselines {

  private static final String DESCRIBE =
      "one row per unit, SKIP LOCKED: insert, delete a row that nobody has locked, commit";

  private PostgresqlBaselines() {}

  static List<StrategyFamily> families() {
    return List.of(
        StrategyFamily.only(
            new SimpleStrategyFactory(
                "skip-locked",
                DESCRIBE + ", a connection per caller up to " + JdbcBaselines.MOST_CONNECTIONS,
                JdbcBaselines.SAFE,
                stores -> new SkipLocked(JdbcBaselines.poolOfCallers(stores)))),
        JdbcBaselines.pooled("skip-locked-", 16, DESCRIBE, JdbcBaselines.SAFE, SkipLocked::new));
  }
}
