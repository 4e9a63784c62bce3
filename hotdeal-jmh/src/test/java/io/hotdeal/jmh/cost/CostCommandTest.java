package io.hotdeal.jmh.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@DisplayName("What an order costs, counted by a command,")
final class CostCommandTest {

  private static final int MISSED = 3;

  @Test
  @DisplayName("is printed for every way to sell, and missed where nobody shares a call")
  void fewCallers() {
    StringWriter out = new StringWriter();
    CommandLine command = new CommandLine(new CostCommand()).setOut(new PrintWriter(out));

    int exitCode = command.execute("--callers=2", "--orders=3", "--rounds=1");

    assertThat(exitCode).isEqualTo(MISSED);
    assertThat(out.toString())
        .contains("log alone, async callers, 2 of them")
        .contains("Lettuce and log, blocking callers, 2 of them")
        .containsPattern(
            "commits per 1,000 orders +median +\\d+[.]\\d+, most .*asked 20.0: MISSED");
  }
}
