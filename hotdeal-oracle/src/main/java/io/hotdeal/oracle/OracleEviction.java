package io.hotdeal.oracle;

import com.zaxxer.hikari.SQLExceptionOverride;
import io.hotdeal.oracle.internal.jdbc.SqlErrorKind;
import java.sql.SQLException;

/**
 * A HikariCP override that evicts connections on the errors by which Oracle reports a lost
 * connection.
 *
 * <p>On its own HikariCP goes by SQLState 08 and a short list of codes, and hands out again a
 * session that was killed (ORA-00028), timed out (ORA-02396) or cut (ORA-03135, ORA-12571,
 * ORA-17800). {@link OraclePools} sets this class; for another pool see {@code
 * HikariConfig.setExceptionOverrideClassName}. Stateless and thread-safe.
 */
public final class OracleEviction implements SQLExceptionOverride {

  /** Called by HikariCP. */
  public OracleEviction() {}

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException error) {
    return SqlErrorKind.of(error) == SqlErrorKind.CONNECTION_LOST
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
