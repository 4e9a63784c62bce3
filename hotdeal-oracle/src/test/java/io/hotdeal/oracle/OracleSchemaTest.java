package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("OracleSchema")
class OracleSchemaTest {

  private static final Pattern TABLE = Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?(\\w+)");
  private static final Pattern COLUMN = Pattern.compile("(?m)^ {2}([A-Z_]+) +[A-Z]");

  @ParameterizedTest
  @EnumSource(OracleSchema.class)
  @DisplayName("has the same tables and columns in every variant")
  void same(OracleSchema schema) {
    assertThat(names(TABLE, schema)).isEqualTo(names(TABLE, OracleSchema.ORACLE));
    assertThat(names(COLUMN, schema)).isEqualTo(names(COLUMN, OracleSchema.ORACLE));
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  @DisplayName("can be applied again")
  void again(Database database) throws SQLException {
    OracleSchema.valueOf(database.name()).applyTo(database.pool());
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  @DisplayName("refuses a deal with more units left and written off than it has")
  void writtenOff(Database database) throws SQLException {
    String dealId = Crowd.freshDealId();
    OracleOrderLog.conditionalUpdate(database.pool()).open(Deal.of(dealId, 5));
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement()) {
      for (String nonsense : List.of("WRITTEN_OFF = 1", "QUANTITY = -1", "QUANTITY = 6")) {
        assertThatThrownBy(
                () ->
                    statement.execute(
                        "UPDATE HOTDEAL_LIST SET %s WHERE PROD_ID = '%s'"
                            .formatted(nonsense, dealId)))
            .isInstanceOf(SQLException.class);
      }
      statement.execute(
          "UPDATE HOTDEAL_LIST SET QUANTITY = 4, WRITTEN_OFF = 1 WHERE PROD_ID = '%s'"
              .formatted(dealId));
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  @DisplayName("is named in the error of a missing table, with how to apply it")
  void missing(Database database) throws SQLException {
    try (HikariDataSource pool = database.tablesOfItsOwn()) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("DROP TABLE HOTDEAL_LIST");
      }
      OrderLog log = OracleOrderLog.conditionalUpdate(pool);
      assertThatThrownBy(() -> log.open(Deal.of("deal", 1)))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("a table of hotdeal is missing")
          .hasMessageContaining("/io/hotdeal/oracle/schema-oracle.sql")
          .hasMessageContaining("OracleSchema.<database>.applyTo(dataSource)");
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  @DisplayName("keeps a deal that is open or not swept: a purge fails, and says what to do first")
  void purge(Database database) {
    OrderLog log = OracleOrderLog.conditionalUpdate(database.pool());
    String dealId = Crowd.freshDealId();
    log.open(Deal.of(dealId, 1));
    log.reserve(Crowd.orders(dealId, 1), OrderState.RESERVED);
    assertThatThrownBy(() -> log.purge(dealId))
        .hasMessageContaining("first close it, by HotDeal.closeDeal")
        .hasMessageContaining("sweep it, by HotDeal.resolver().sweep");
    log.close(dealId);
    assertThatThrownBy(() -> log.purge(dealId))
        .hasMessageNotContaining("closeDeal")
        .hasMessageContaining("sweep it, by HotDeal.resolver().sweep");
  }

  @Test
  @DisplayName(
      "has one block per deal on Oracle, and hash partitions only in the partitioned variant")
  void storage() {
    assertThat(OracleSchema.ORACLE.statements().get(0))
        .endsWith("PCTFREE 99 PCTUSED 1 INITRANS 16");
    assertThat(OracleSchema.ORACLE.script()).doesNotContain("PARTITION BY");
    assertThat(OracleSchema.ORACLE_PARTITIONED.statements())
        .filteredOn(ddl -> ddl.contains("GLOBAL PARTITION BY HASH (PROD_ID, ORDER_ID)"))
        .hasSize(2);
  }

  private static List<String> names(Pattern pattern, OracleSchema schema) {
    return schema.statements().stream()
        .filter(ddl -> !ddl.contains("DUAL"))
        .flatMap(ddl -> pattern.matcher(ddl).results())
        .map((MatchResult match) -> match.group(1))
        .filter(name -> !name.equals("CONSTRAINT"))
        .toList();
  }
}
