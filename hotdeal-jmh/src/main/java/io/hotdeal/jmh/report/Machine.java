package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.RunStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a run ran on: hardware, versions, and the durability really in force. No secrets. */
public final class Machine {

  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  private Machine() {}

  /** All of it, by name; stores that nobody asked for are left out. */
  public static Map<String, String> facts(RunStores stores) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Processor", processor());
    facts.put("Memory", memory());
    facts.put("System", property("os.name") + " " + property("os.version"));
    facts.put("Java", property("java.vm.name") + " " + property("java.runtime.version"));
    facts.put("Heap", Runtime.getRuntime().maxMemory() / (1024 * 1024) + " MiB at most");
    facts.putAll(StoreFacts.of(stores));
    return facts;
  }

  private static String processor() {
    String model =
        firstLine(CPU, "model name")
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(property("os.arch"));
    return model + ", " + Runtime.getRuntime().availableProcessors() + " cores";
  }

  private static String memory() {
    return firstLine(MEMORY, "MemTotal")
        .map(line -> line.replaceAll("\\D", ""))
        .map(kib -> String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kib) / 1048576.0))
        .findFirst()
        .orElse("unknown");
  }

  private static Stream<String> firstLine(Path file, String prefix) {
    try {
      return Files.readAllLines(file).stream().filter(line -> line.startsWith(prefix)).limit(1);
    } catch (IOException e) {
      return Stream.empty(); // not Linux
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
