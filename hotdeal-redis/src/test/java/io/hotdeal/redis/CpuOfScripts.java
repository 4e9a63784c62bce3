package io.hotdeal.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.Jedis;

/** Runs scripts one by one and records the CPU time of the server's main thread for each. */
final class CpuOfScripts implements ScriptRunner {

  private final ScriptRunner runner;
  private final Jedis admin;
  private final List<Double> millis = new ArrayList<>();

  CpuOfScripts(ScriptRunner runner, Jedis admin) {
    this.runner = runner;
    this.admin = admin;
  }

  @Override
  public List<?> evalsha(String sha, List<String> keys, List<String> args) {
    return timed(() -> runner.evalsha(sha, keys, args));
  }

  @Override
  public List<?> eval(String script, List<String> keys, List<String> args) {
    return timed(() -> runner.eval(script, keys, args));
  }

  @Override
  public boolean repeats() {
    return runner.repeats();
  }

  private List<?> timed(Supplier<List<?>> script) {
    double before = mainThreadMillis();
    try {
      return script.get();
    } finally {
      millis.add(mainThreadMillis() - before); // includes one INFO
    }
  }

  private double mainThreadMillis() {
    return admin
            .info("cpu")
            .lines()
            .filter(line -> line.matches("used_cpu_(user|sys)_main_thread:.*"))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
            .sum()
        * 1e3;
  }

  /** Prints the times recorded since the last call, and clears them. */
  void print(String what) {
    List<Double> sorted = millis.stream().sorted().toList();
    System.out.printf(
        "%-45s %5d scripts, CPU: median %5.2f ms, 99 %% %5.2f ms, longest %5.2f ms%n",
        what,
        sorted.size(),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 99 / 100),
        sorted.get(sorted.size() - 1));
    millis.clear();
  }
}
