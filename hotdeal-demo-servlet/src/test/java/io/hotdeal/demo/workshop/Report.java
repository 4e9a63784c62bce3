package io.hotdeal.demo.workshop;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The output of a workshop: {@code report.html} and {@code result.json}.
 *
 * @param status the content of /status at the end
 */
record Report(Options options, List<EndpointResult> results, Map<String, Object> status) {

  List<String> problems() {
    return results.stream()
        .flatMap(result -> Verdict.problems(result, options.stock()).stream())
        .toList();
  }

  Path page() {
    return options.output().resolve("report.html").toAbsolutePath();
  }

  /** Which database it was, in a sentence. */
  String database() {
    String log = String.valueOf(status.get("log"));
    return log.startsWith("H2")
        ? "H2 in Oracle mode stands in for Oracle: no figure here says how fast Oracle is."
        : "The orders were kept in " + log + ".";
  }

  void write() throws IOException {
    Files.createDirectories(options.output());
    Files.writeString(options.output().resolve("result.json"), json() + "\n");
    Files.writeString(page(), new HtmlPage(this).render());
  }

  private String json() throws IOException {
    return JSON.std
        .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
        .asString(toMap());
  }

  private Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("stock", options.stock());
    map.put("orders", options.orders());
    map.put("users", options.users());
    map.put("paymentMillis", options.paymentMillis());
    map.put("environment", Environment.of(status));
    map.put("problems", problems());
    map.put("endpoints", results.stream().map(EndpointResult::toMap).toList());
    return map;
  }
}
