package io.hotdeal.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.jr.ob.JSON;
import io.hotdeal.jmh.load.Contestants;
import io.hotdeal.jmh.load.Drive;
import io.hotdeal.jmh.load.MemoryShop;
import io.hotdeal.jmh.load.RedisBenchmark;
import io.hotdeal.jmh.load.Shape;
import io.hotdeal.jmh.strategy.Strategies;
import io.hotdeal.jmh.strategy.StrategyFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

@DisplayName("The load driver")
final class ContentionTest {

  private static final String BRIEFLY = "--rounds=2 --warmup=0s --lead-in=50ms --time=200ms";

  private final StringWriter complaints = new StringWriter();

  private int execute(Function<String, StrategyFactory> strategies, String arguments) {
    CommandLine command = Contention.commandLine(strategies);
    command.setErr(new PrintWriter(complaints, true));
    return command.execute(arguments.split(" ", -1));
  }

  @Test
  @DisplayName("compares two ways to sell over a real store, and writes what it found")
  void endToEnd(@TempDir Path directory) throws IOException {
    Path json = directory.resolve("run.json");
    Path html = directory.resolve("run.html");
    Path svg = directory.resolve("run.svg");

    int exitCode =
        execute(
            Strategies::named,
            BRIEFLY
                + " --database=h2 --strategies=row-lock-8,hotdeal-log/async --callers=4 --json="
                + json
                + " --html="
                + html
                + " --svg="
                + svg);

    assertThat(exitCode).isZero();
    Map<String, Object> all = JSON.std.mapFrom(Files.readString(json));
    assertThat((List<?>) all.get("slices")).hasSize(4);
    assertThat(all.get("environment").toString())
        .contains("Database=H2")
        .contains("WRITE_DELAY 0 ms")
        .contains("--strategies=row-lock-8");
    assertThat(html).content().contains("hotdeal-log async");
    assertThat(svg).content().startsWith("<svg");
  }

  @ParameterizedTest
  @EnumSource(MemoryShop.Mistake.class)
  @DisplayName("exits with 1 if a figure is void")
  void exitCode(MemoryShop.Mistake mistake) {
    int exitCode =
        execute(
            name -> MemoryShop.factory(new MemoryShop(mistake)),
            BRIEFLY + " --callers=2 --strategies=memory --stock=7");

    boolean harmless = mistake == MemoryShop.Mistake.NONE || mistake == MemoryShop.Mistake.REFUSED;
    assertThat(exitCode).isEqualTo(harmless ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--callers=0|callers 0 is not within 1 and 10000",
        "--callers=1,20000|callers 20000 is not within 1 and 10000",
        "--deals=100001|deals 100001 is not within 1 and 100000",
        "--rtt=-1|rtt -1 is not within 0 and 1000",
        "--rate=0.5|rate 0.5 is not within 1 and 10000000",
        "--stock=2000000000|stock 2000000000 is not within 1 and 1000000000",
        "--rounds=0|--rounds 0 is not within 1 and 1000",
        "--time=2h|'2h' is not like 500ms, 5s or 2m",
        "--time=0s|--time PT0S is not within PT0.001S and PT1H",
        "--base=nobody|--base nobody is none of [row-lock, hotdeal-log]",
        "--database=db2|database db2 is not h2, postgresql or configured",
        "--strategies=row-lock/fast|'fast' of row-lock/fast is none of async, blocking, sold-out",
        "--strategies=row-lock/callers=x|callers 'x' of row-lock/callers=x is no number",
        "--strategies=row-lock/async|row-lock only blocks, it is never async",
        "--strategies=nobody|no strategy is called nobody",
        "goal P99|goal P99 is none of [P1, P2, P3, P4, P5, P6, P7]",
      })
  @DisplayName("says of an option that makes no sense its value, and what would")
  void options(String arguments, String complaint) {
    assertThat(execute(Strategies::named, arguments)).isEqualTo(2);
    assertThat(complaints.toString()).contains(complaint);
  }

  @Test
  @DisplayName("knows every strategy that a goal names, and can drive it so")
  void goals() {
    Run run = new Run(new RunOptions(), Strategies::named);
    Shape usual = Shape.closed(Drive.BLOCKING, 150);

    for (Goal goal : Goal.ALL) {
      Stream.concat(Stream.of(goal.top()), goal.bottoms().stream())
          .map(text -> Contestants.parse(text.replace(Goal.RATE, "300"), usual))
          .forEach(it -> assertThatCode(() -> run.requireRunnable(it)).doesNotThrowAnyException());
    }
  }

  @Test
  @DisplayName("goes on without redis-benchmark where it is not installed")
  void noRedisBenchmark() {
    int exitCode =
        execute(
            name -> MemoryShop.factory(new MemoryShop(MemoryShop.Mistake.NONE)),
            BRIEFLY
                + " --callers=2 --redis-benchmark=/no/such/program --strategies=memory,"
                + RedisBenchmark.NAME);

    assertThat(exitCode).isZero();
  }
}
