package io.hotdeal.oracle.internal.jdbc;

import static io.hotdeal.oracle.internal.jdbc.SqlErrorKind.BUSY;
import static io.hotdeal.oracle.internal.jdbc.SqlErrorKind.CANNOT_CONNECT;
import static io.hotdeal.oracle.internal.jdbc.SqlErrorKind.CONNECTION_LOST;
import static io.hotdeal.oracle.internal.jdbc.SqlErrorKind.CONSTRAINT;
import static io.hotdeal.oracle.internal.jdbc.SqlErrorKind.DUPLICATE;
import static io.hotdeal.oracle.internal.jdbc.SqlErrorKind.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import io.hotdeal.oracle.OracleEviction;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("SqlErrorKind")
class SqlErrorKindTest {

  @ParameterizedTest(name = "Oracle {0} in state {1}: {2}")
  @DisplayName("classifies Oracle's error codes")
  @CsvSource({
    "1, 23000, DUPLICATE",
    "2290, 23000, CONSTRAINT",
    "1400, 23000, CONSTRAINT",
    "1407, 72000, CONSTRAINT",
    "12899, 72000, CONSTRAINT",
    "54, 61000, BUSY",
    "60, 61000, BUSY",
    "1013, 72000, BUSY",
    "8177, 72000, BUSY",
    "30006, 61000, BUSY",
    "28, 02000, CONNECTION_LOST",
    "1012, 72000, CONNECTION_LOST",
    "2396, 61000, CONNECTION_LOST",
    "3113, 08000, CONNECTION_LOST",
    "3114, 08000, CONNECTION_LOST",
    "3135, 66000, CONNECTION_LOST",
    "12571, 66000, CONNECTION_LOST",
    "17002, 08006, CONNECTION_LOST",
    "17008, 08003, CONNECTION_LOST",
    "17410, 08000, CONNECTION_LOST",
    "17800, 99999, CONNECTION_LOST",
    "25402, 44000, CONNECTION_LOST",
    "1017, 72000, CANNOT_CONNECT",
    "28000, 99999, CANNOT_CONNECT",
    "12514, 08006, CANNOT_CONNECT",
    "12516, 08006, CANNOT_CONNECT",
    "12519, 66000, CANNOT_CONNECT",
    "12541, 66000, CANNOT_CONNECT",
    "12170, 66000, CANNOT_CONNECT",
    "18714, 99999, CANNOT_CONNECT",
    "2091, 23000, CONSTRAINT",
    "2292, 23000, CONSTRAINT",
    "20001, 72000, CONSTRAINT",
    "20999, 72000, CONSTRAINT",
    "942, 42000, NO_TABLE",
    "904, 42000, NO_TABLE",
    "600, 60000, OTHER",
  })
  void oracle(int code, String state, SqlErrorKind kind) {
    assertThat(SqlErrorKind.of(new SQLException("?", state, code))).isEqualTo(kind);
  }

  @ParameterizedTest(name = "H2 {0}: {1}")
  @DisplayName("classifies H2's error codes")
  @CsvSource({
    "23505, DUPLICATE",
    "23513, CONSTRAINT",
    "23502, CONSTRAINT",
    "22001, CONSTRAINT",
    "50200, BUSY",
    "40001, BUSY",
    "57014, BUSY",
    "90067, CONNECTION_LOST",
    "90098, CONNECTION_LOST",
    "90121, CONNECTION_LOST",
    "28000, CANNOT_CONNECT",
    "90044, CONSTRAINT",
    "42102, NO_TABLE",
    "42104, NO_TABLE",
    "42122, NO_TABLE",
    "42000, OTHER",
  })
  void h2(int code, SqlErrorKind kind) {
    String state = code == 50200 ? "HYT00" : Integer.toString(code);
    assertThat(SqlErrorKind.of(new SQLException("?", state, code))).isEqualTo(kind);
  }

  @ParameterizedTest(name = "PostgreSQL {0}: {1}")
  @DisplayName("classifies PostgreSQL's SQL states")
  @CsvSource({
    "23505, DUPLICATE",
    "23514, CONSTRAINT",
    "23502, CONSTRAINT",
    "22001, CONSTRAINT",
    "40P01, BUSY",
    "40001, BUSY",
    "55P03, BUSY",
    "57014, BUSY",
    "08006, CONNECTION_LOST",
    "08003, CONNECTION_LOST",
    "57P01, CONNECTION_LOST",
    "57P05, CONNECTION_LOST",
    "25P03, CONNECTION_LOST",
    "25P04, CONNECTION_LOST",
    "08001, CANNOT_CONNECT",
    "28P01, CANNOT_CONNECT",
    "53300, CANNOT_CONNECT",
    "57P03, CANNOT_CONNECT",
    "23503, CONSTRAINT",
    "P0001, CONSTRAINT",
    "42P01, NO_TABLE",
    "42703, NO_TABLE",
    "42601, OTHER",
  })
  void postgresql(String state, SqlErrorKind kind) {
    assertThat(SqlErrorKind.of(new SQLException("?", state))).isEqualTo(kind);
  }

  @Test
  @DisplayName("classifies an exception without a known state or code by its class")
  void byClass() {
    assertThat(SqlErrorKind.of(new SQLTransientConnectionException("pool")))
        .isEqualTo(CANNOT_CONNECT);
    assertThat(SqlErrorKind.of(new SQLRecoverableException("?"))).isEqualTo(CONNECTION_LOST);
    assertThat(SqlErrorKind.of(new SQLTimeoutException("?"))).isEqualTo(BUSY);
    assertThat(SqlErrorKind.of(new SQLException("ORA-00001: unique constraint"))).isEqualTo(OTHER);
  }

  @Test
  @DisplayName("classifies the exception behind a batch update, a next exception or a cause")
  void chains() {
    SQLException batch = new BatchUpdateException("?", null, 0, new int[0]);
    batch.setNextException(new SQLException("?", "23505"));
    assertThat(SqlErrorKind.of(batch)).isEqualTo(DUPLICATE);
    assertThat(
            SqlErrorKind.of(
                new SQLException(new RuntimeException(new SQLException("?", "?", 2290)))))
        .isEqualTo(CONSTRAINT);
    SQLException circle = new SQLException("?");
    circle.initCause(new SQLException("?", circle));
    assertThat(SqlErrorKind.of(circle)).isEqualTo(OTHER);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("is the basis of OracleEviction, which evicts only lost connections")
  @CsvSource({
    "3135, MUST_EVICT",
    "1012, MUST_EVICT",
    "12571, MUST_EVICT",
    "2396, MUST_EVICT",
    "17800, MUST_EVICT",
    "28, MUST_EVICT",
    "1, CONTINUE_EVICT",
    "60, CONTINUE_EVICT",
  })
  void eviction(int code, Override verdict) {
    assertThat(new OracleEviction().adjudicate(new SQLException("?", "66000", code)))
        .isEqualTo(verdict);
  }
}
