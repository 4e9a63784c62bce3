package io.hotdeal.oracle;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.oracle.OracleContainer;

/**
 * Runs a test on a real Oracle: on the one that HOTDEAL_ORACLE_URL, HOTDEAL_ORACLE_USER and
 * HOTDEAL_ORACLE_PASSWORD name, else on one in a container. Without either the test is skipped with
 * a reason; with HOTDEAL_REQUIRE_DOCKER=true it fails instead.
 */
final class NeedsOracle implements ExecutionCondition {

  private static final String URL = "HOTDEAL_ORACLE_URL";
  private static final String IMAGE = "gvenzl/oracle-free:23-slim-faststart";
  private static final Duration TO_START = Duration.ofMinutes(5);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (variable(URL).isPresent()) {
      return ConditionEvaluationResult.enabled(URL + " is set");
    }
    boolean required = variable("HOTDEAL_REQUIRE_DOCKER").filter("true"::equals).isPresent();
    return required || DockerClientFactory.instance().isDockerAvailable()
        ? ConditionEvaluationResult.enabled("Docker is there, or required")
        : ConditionEvaluationResult.disabled("no Oracle: " + URL + " is not set, and no Docker");
  }

  /** The pool, started at the first call. */
  static HikariDataSource pool() {
    return Started.POOL;
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  private static final class Started {
    static final HikariDataSource POOL =
        variable(URL).map(Started::connect).orElseGet(Started::start);

    private static HikariDataSource connect(String url) {
      return Database.withTables(
          OracleSchema.ORACLE,
          OraclePools.config(
              url,
              variable("HOTDEAL_ORACLE_USER").orElseThrow(),
              variable("HOTDEAL_ORACLE_PASSWORD").orElseThrow()));
    }

    @SuppressWarnings("resource") // ends with the JVM
    private static HikariDataSource start() {
      OracleContainer oracle = new OracleContainer(IMAGE).withStartupTimeout(TO_START);
      oracle.start();
      return Database.withTables(
          OracleSchema.ORACLE,
          OraclePools.config(oracle.getJdbcUrl(), oracle.getUsername(), oracle.getPassword()));
    }
  }
}
