package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
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

  @Test
  @DisplayName("puts deals into blocks of their own, and spreads the keys where it is asked to")
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
