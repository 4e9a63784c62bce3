package io.hotdeal.jmh;

import io.hotdeal.jmh.load.Rounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of rounds, stores and reports. */
final class RunOptions {

  private static final int MOST_ROUNDS = 1_000;
  private static final Duration LONGEST = Duration.ofHours(1);

  @Option(names = "--rounds", defaultValue = "3", description = "rounds, 1 to 1000; default 3")
  int rounds;

  @Option(
      names = "--warmup",
      defaultValue = "5s",
      description = "how long each strategy runs before the first round; default 5s")
  Duration warmUp = Duration.ZERO;

  @Option(
      names = "--lead-in",
      defaultValue = "1s",
      description = "how long a scenario runs in a round before its answers count; default 1s")
  Duration leadIn = Duration.ZERO;

  @Option(
      names = "--time",
      defaultValue = "5s",
      description = "how long its answers count; default 5s")
  Duration time = Duration.ZERO;

  @Option(
      names = "--database",
      defaultValue = "postgresql",
      description =
          "postgresql (embedded, fsync on), h2 (embedded), or configured: HOTDEAL_JDBC_URL,"
              + " HOTDEAL_JDBC_USER, HOTDEAL_JDBC_PASSWORD")
  String database = "";

  @Option(
      names = "--redis",
      defaultValue = "embedded",
      description = "embedded, or configured: HOTDEAL_REDIS_URI")
  String redis = "";

  @Option(
      names = "--redis-benchmark",
      defaultValue = "redis-benchmark",
      description = "the program, where it is not in the PATH")
  String redisBenchmark = "";

  @Option(names = "--json", description = "writes everything into this file")
  @Nullable Path json;

  @Option(names = "--html", description = "writes a page with charts into this file")
  @Nullable Path html;

  @Option(names = "--chart", description = "writes the first chart into this file, as PNG")
  @Nullable Path chart;

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  /** The command line as it was typed; it holds no password, which come by the environment. */
  String commandLine() {
    if (spec == null) {
      return "";
    }
    List<String> typed = spec.root().commandLine().getParseResult().originalArgs();
    return "java -cp benchmarks.jar " + Contention.class.getName() + " " + String.join(" ", typed);
  }

  /**
   * The rounds to run.
   *
   * @throws IllegalArgumentException naming a value that is out of range, and its limits
   */
  Rounds toRounds() {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException(
          "--rounds " + rounds + " is not within 1 and " + MOST_ROUNDS);
    }
    within("--warmup", warmUp, Duration.ZERO);
    within("--lead-in", leadIn, Duration.ZERO);
    within("--time", time, Duration.ofMillis(1));
    return new Rounds(rounds, warmUp, leadIn, time);
  }

  private static void within(String what, Duration value, Duration min) {
    if (value.compareTo(min) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + " " + value + " is not within " + min + " and " + LONGEST);
    }
  }
}
