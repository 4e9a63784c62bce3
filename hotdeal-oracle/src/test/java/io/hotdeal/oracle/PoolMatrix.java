package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.testkit.MatrixTable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last step of {@code mvn -Pmatrix verify}; no other build runs it. */
class PoolMatrix {

  @Test
  void everyRowPassed() throws IOException {
    List<MatrixTable.Row> rows = MatrixTable.read();
    System.out.println(MatrixTable.text(rows));
    assertThat(rows).hasSizeGreaterThan(1).allMatch(MatrixTable.Row::passed);
  }
}
