package io.hotdeal.faults;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table that is aligned as text, too. */
final class Markdown {

  private Markdown() {}

  /** Aligns the first column to the left, the others to the right. */
  static String table(List<String> headers, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>(rows);
    all.add(0, headers);
    int[] widths = new int[headers.size()];
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder out = new StringBuilder();
    line(out, headers, widths);
    for (int i = 0; i < widths.length; i++) {
      out.append(i == 0 ? "|:" : "|-").append("-".repeat(widths[i])).append(i == 0 ? "-" : ":");
    }
    out.append("|\n");
    rows.forEach(row -> line(out, row, widths));
    return out.toString();
  }

  private static void line(StringBuilder out, List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - cells.get(i).length());
      out.append("| ").append(i == 0 ? cells.get(i) + padding : padding + cells.get(i)).append(' ');
    }
    out.append("|\n");
  }
}
