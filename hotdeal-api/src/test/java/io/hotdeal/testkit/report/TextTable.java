package io.hotdeal.testkit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** A table of text: the first column is left-aligned, the others right-aligned. */
public final class TextTable {

  private static final int GAP = 2;

  private TextTable() {}

  /** The rows as lines, the columns two spaces apart. All rows have the same number of cells. */
  public static String of(List<String> headers, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>(List.of(headers));
    all.addAll(rows);
    int[] widths =
        IntStream.range(0, headers.size())
            .map(column -> all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .map(width -> width + GAP)
            .toArray();
    var table =
        picocli.CommandLine.Help.TextTable.forColumnWidths(
            new ColorScheme.Builder(Ansi.OFF).build(), widths);
    for (List<String> row : all) {
      table.addRowValues(
          IntStream.range(0, row.size())
              .mapToObj(column -> aligned(row.get(column), column, widths[column] - GAP))
              .toArray(String[]::new));
    }
    return table.toString();
  }

  private static String aligned(String cell, int column, int width) {
    return column == 0 ? cell : " ".repeat(width - cell.length()) + cell;
  }
}
