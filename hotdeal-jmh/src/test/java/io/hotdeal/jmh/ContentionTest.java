package io.hotdeal.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.hotdeal.jmh.load.FaultyMemoryStrategy;
import io.hotdeal.jmh.load.FaultyMemoryStrategy.Mistake;
import io.hotdeal.jmh.load.RedisBenchmarkProgram;
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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

@DisplayName("The load driver")
final class ContentionTest {

  private static final String SHORT_RUN = "--rounds=2 --warmup=0s --lead-in=50ms --time=200ms";

  private final StringWriter errorOutput = new StringWriter();

  private int execute(Function<String, StrategyFactory> strategies, String arguments) {
    CommandLine command = Contention.commandLine(strategies);
    command.setErr(new PrintWriter(errorOutput, true));
    return command.execute(arguments.split(" ", -1));
  }

  @Test
  @DisplayName("compares two strategies over a real store, and writes JSON, HTML and a chart")
  void endToEnd(@TempDir Path directory) throws IOException {
    Path json = directory.resolve("run.json");
    Path html = directory.resolve("run.html");
    Path chart = directory.resolve("run.png");

    int exitCode =
        execute(
            Strategies::named,
            SHORT_RUN
                + " --database=h2 --strategies=hotdeal-log/async --baseline=row-lock-8 --callers=4 --json="
                + json
                + " --html="
                + html
                + " --chart="
                + chart);

    assertThat(exitCode).isZero();
    Map<String, Object> all = JSON.std.mapFrom(Files.readString(json));
    assertThat((List<?>) all.get("rounds")).hasSize(4);
    assertThat(all.get("environment").toString())
        .contains("Database=H2")
        .contains("WRITE_DELAY 0 ms")
        .contains("--baseline=row-lock-8");
    assertThat(html).content().contains("hotdeal-log async");
    assertThat(ImageIO.read(chart.toFile()).getWidth()).isEqualTo(900);
  }

  @ParameterizedTest
  @EnumSource(Mistake.class)
  @DisplayName("exits with 1 if a result is void")
  void exitCode(Mistake mistake) {
    int exitCode =
        execute(
            name -> FaultyMemoryStrategy.factory(new FaultyMemoryStrategy(mistake)),
            SHORT_RUN + " --callers=2 --strategies=memory --baseline=memory --stock=7");

    boolean harmless = mistake == Mistake.NONE || mistake == Mistake.REFUSED;
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
        "--baseline=nobody|no strategy is called nobody",
        "--metric=speed|Invalid value for option '--metric'",
        "--at-least=1 --at-most=2|mutually exclusive",
        "--database=db2|database db2 is not h2, postgresql or configured",
        "--strategies=row-lock/fast|'fast' of row-lock/fast is none of async, blocking, sold-out",
        "--strategies=row-lock/callers=x|callers 'x' of row-lock/callers=x is no number",
        "--strategies=row-lock/async|row-lock only blocks, it is never async",
        "--strategies=row-lock/instances=1001|instances 1001 is not within 1 and 1000",
        "fleet --instances=0|instances 0 is not within 1 and 1000",
        "fleet --processes --database=h2|--database h2 is within one JVM: no other process has it",
        "fleet --strategies=nobody|no strategy is called nobody",
        "fleet --callers=0|callers 0 is not within 1 and 10000",
        "--strategies=nobody|no strategy is called nobody",
        "idle --deals=0|--deals 0 is not within 1 and 1000000",
        "idle --instances=1,1001|--instances 1001 is not within 1 and 1000",
      })
  @DisplayName("exits with 2 if an option is invalid, and names its value and what is valid")
  void options(String arguments, String message) {
    assertThat(execute(Strategies::named, arguments)).isEqualTo(2);
    assertThat(errorOutput.toString()).contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "--at-least=0.000001, 0",
    "--at-most=1000000, 0",
    "--at-least=1000000, 3",
    "--at-most=0.000001, 3",
  })
  @DisplayName("exits with 3 only if the median ratio is out of its bound")
  void bound(String option, int exitCode) {
    Function<String, StrategyFactory> strategies =
        name -> FaultyMemoryStrategy.factory(new FaultyMemoryStrategy(Mistake.NONE));

    assertThat(
            execute(
                strategies,
                SHORT_RUN + " --callers=2 --strategies=memory/async --baseline=memory " + option))
        .isEqualTo(exitCode);
  }

  @ParameterizedTest
  @CsvSource({"commits, 1000", "round_trips, 5", "store_calls, 1"})
  @DisplayName("counts the commits, round trips and store calls of single orders")
  void counts(String metric, double expected) {
    String options =
        SHORT_RUN + " --database=h2 --callers=2 --strategies=row-lock-2 --metric=" + metric;

    assertThat(execute(Strategies::named, options + " --at-least=" + expected / 2)).isZero();
    assertThat(execute(Strategies::named, options + " --at-most=" + expected / 2)).isEqualTo(3);
  }

  @Test
  @DisplayName("counts the commits of strategies that have tables of their own")
  void countsWithSideTables() {
    String options =
        SHORT_RUN + " --database=h2 --callers=2 --strategies=hotdeal-alongside --metric=commits";

    assertThat(execute(Strategies::named, options + " --at-most=2000")).isZero();
  }

  @Test
  @DisplayName("compares a fleet with a single instance, and with other strategies")
  void fleet(@TempDir Path directory) throws IOException {
    Path json = directory.resolve("run.json");
    String fleet =
        "fleet "
            + SHORT_RUN
            + " --database=h2 --callers=6 --strategies=hotdeal-log,hotdeal-log/async --json="
            + json;

    assertThat(execute(Strategies::named, fleet + " --instances=1,3 --deals=1,2")).isZero();
    Map<String, Object> all = JSON.std.mapFrom(Files.readString(json));
    assertThat((List<?>) all.get("rounds")).hasSize(2 * 2 * 2 * 2);
    assertThat(all.get("comparisons").toString())
        .contains("title=hotdeal-log @6 instances=3 ÷ hotdeal-log @6,")
        .contains("title=hotdeal-log async @6 deals=2 instances=3 ÷ hotdeal-log async @6 deals=2,");

    String withBaseline = fleet + " --instances=2 --baseline=conditional-update";
    assertThat(execute(Strategies::named, withBaseline)).isZero();
    all = JSON.std.mapFrom(Files.readString(json));
    assertThat(all.get("comparisons").toString())
        .contains("title=hotdeal-log @6 instances=2 ÷ conditional-update @6 instances=2,");
  }

  @ParameterizedTest
  @CsvSource({"--at-least=0.000001, 0", "--at-least=1000000, 3"})
  @DisplayName("exits with 3 if the median ratio of a fleet is out of its bound")
  void boundOfFleet(String option, int exitCode) {
    Function<String, StrategyFactory> strategies =
        name -> FaultyMemoryStrategy.factory(new FaultyMemoryStrategy(Mistake.NONE));
    String fleet = "fleet " + SHORT_RUN + " --callers=4 --strategies=memory --instances=1,2 ";

    assertThat(execute(strategies, fleet + option)).isEqualTo(exitCode);
  }

  @ParameterizedTest
  @CsvSource({"1000, 0", "0.001, 3"})
  @DisplayName("counts the calls of idle instances, and exits with 3 if they are out of the bound")
  void idle(String bound, int exitCode) {
    String idle =
        "idle --database=h2 --instances=1,3 --deals=20 --period=20ms --warmup=200ms --time=400ms";

    assertThat(execute(Strategies::named, idle + " --at-most=" + bound)).isEqualTo(exitCode);
  }

  @Test
  @DisplayName("continues without redis-benchmark if it is not installed")
  void noRedisBenchmark() {
    int exitCode =
        execute(
            name -> FaultyMemoryStrategy.factory(new FaultyMemoryStrategy(Mistake.NONE)),
            SHORT_RUN
                + " --callers=2 --redis-benchmark=/no/such/program --strategies=memory --baseline="
                + RedisBenchmarkProgram.NAME);

    assertThat(exitCode).isZero();
  }
}
