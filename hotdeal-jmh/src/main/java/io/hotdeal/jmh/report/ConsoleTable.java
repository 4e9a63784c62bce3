package io.hotdeal.jmh.report;

import java.util.ArrayList;
import java.util.List;

/** Cells in columns, the first to the left, the others to the right. */
final class ConsoleTable {

  private final List<List<String>> rows = new ArrayList<>();

  void add(List<String> cells) {
    rows.add(cells);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        text.append(column == 0 ? "" : "  ").append(padded(row.get(column), column));
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  private String padded(String cell, int column) {
    int width =
        rows.stream()
            .filter(row -> row.size() > column)
            .mapToInt(row -> row.get(column).length())
            .max()
            .orElse(0);
    String pad = " ".repeat(width - cell.length());
    return column == 0 ? cell + pad : pad + cell;
  }
}
