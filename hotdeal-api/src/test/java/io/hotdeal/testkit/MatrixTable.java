package io.hotdeal.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The results of the same tests with each set of versions: one file per row, see {@link MatrixRow}.
 */
public final class MatrixTable {

  /** Where the rows are, of each module. */
  static final Path FOLDER = Path.of("target", "matrix");

  /** One set of versions, with the numbers of tests. */
  public record Row(String versions, long tests, long failed, long skipped) {

    /** Whether any test ran, and none failed. */
    public boolean passed() {
      return tests > skipped && failed == 0;
    }

    private String text() {
      return String.format(
          Locale.ROOT, "| %s | %,d | %,d | %,d |%n", versions, tests, failed, skipped);
    }
  }

  private MatrixTable() {}

  /** The rows of this module, by name. */
  public static List<Row> read() throws IOException {
    List<Row> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        String[] counts = Files.readString(file).split(" ", -1);
        rows.add(
            new Row(
                file.getFileName().toString(),
                Long.parseLong(counts[0]),
                Long.parseLong(counts[1]),
                Long.parseLong(counts[2])));
      }
    }
    return rows;
  }

  /** The rows as a table in Markdown. */
  public static String text(List<Row> rows) {
    StringBuilder text = new StringBuilder("\n| versions | tests | failed | skipped |\n");
    text.append("|---|---|---|---|\n");
    rows.forEach(row -> text.append(row.text()));
    return text.toString();
  }
}
