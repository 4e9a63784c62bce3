package io.hotdeal.faults;

import io.hotdeal.faults.Ack.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The output of a run of the harness: a table for people and a file for programs. */
record Report(List<RedFirst.Proof> proofs, List<Score> scores, double seconds) {

  private static final List<String> HEADERS =
      List.of(
          "faults",
          "count",
          "sales",
          "orders",
          "placed",
          "declined",
          "refused",
          "nothing",
          "unknown",
          "sent again",
          "held",
          "expired",
          "payments refused",
          "lost claims",
          "oversold",
          "lost",
          "leaked",
          "other",
          "s");

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    proofs.stream()
        .filter(proof -> !proof.isRed())
        .forEach(proof -> problems.add("not seen to be off: " + proof.off()));
    scores.forEach(score -> problems.addAll(score.problems()));
    return problems;
  }

  /** Both tables, in Markdown. */
  String table() {
    List<List<String>> reds = new ArrayList<>();
    proofs.forEach(it -> reds.add(List.of(it.off(), it.figure(), Long.toString(it.damage()))));
    StringBuilder out = new StringBuilder();
    if (!reds.isEmpty()) {
      out.append(Markdown.table(List.of("off, to be seen", "damage", "found"), reds)).append('\n');
    }
    out.append(Markdown.table(HEADERS, scores.stream().map(Report::cells).toList()));
    scores.forEach(
        score ->
            score
                .notes()
                .forEach(
                    (what, value) -> out.append(score.name() + ": " + what + ": " + value + "\n")));
    return out.toString();
  }

  private static List<String> cells(Score score) {
    List<Long> figures = new ArrayList<>();
    figures.add((long) score.faults());
    figures.add((long) score.sales());
    figures.add(score.orders());
    for (Kind kind : Kind.values()) {
      figures.add(score.told(kind));
    }
    figures.add(score.lostClaims());
    Verdict verdict = score.verdict();
    figures.add(verdict.oversold());
    figures.add(verdict.lost());
    figures.add(verdict.leaked());
    figures.add(others(verdict));
    List<String> cells = new ArrayList<>();
    cells.add(score.name());
    figures.forEach(figure -> cells.add(String.format(Locale.ROOT, "%,d", figure)));
    cells.add(String.format(Locale.ROOT, "%.0f", score.seconds()));
    return cells;
  }

  /** Charges and rows that do not match, contradictions, and effects despite NothingHappened. */
  private static long others(Verdict verdict) {
    return verdict.chargedNotPaid()
        + verdict.paidNotCharged()
        + verdict.contradictory()
        + verdict.happened();
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, Json.of(toMap()) + "\n");
  }

  private Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("java", System.getProperty("java.version"));
    map.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    map.put("processors", Runtime.getRuntime().availableProcessors());
    map.put("seconds", Math.round(seconds));
    map.put("problems", problems());
    map.put("redFirst", proofs.stream().map(Report::toMap).toList());
    map.put("scenarios", scores.stream().map(Report::toMap).toList());
    return map;
  }

  private static Map<String, Object> toMap(RedFirst.Proof proof) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("off", proof.off());
    map.put("figure", proof.figure());
    map.put("found", proof.damage());
    return map;
  }

  private static Map<String, Object> toMap(Score score) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", score.name());
    map.put("faults", score.faultsByKind());
    map.put("sales", score.sales());
    map.put("orders", score.orders());
    for (Kind kind : Kind.values()) {
      map.put(kind.name().toLowerCase(Locale.ROOT), score.told(kind));
    }
    map.put("lostClaims", score.lostClaims());
    score.verdict().figures().forEach(it -> map.put(it.getKey(), it.getValue()));
    map.put("notes", score.notes());
    map.put("problems", score.problems());
    map.put("seconds", Math.round(score.seconds()));
    return map;
  }
}
