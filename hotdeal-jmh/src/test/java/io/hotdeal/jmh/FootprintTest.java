package io.hotdeal.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@DisplayName("The footprint of a HotDeal")
final class FootprintTest {

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int execute(String... arguments) {
    CommandLine command = Footprint.commandLine();
    command.setOut(new PrintWriter(output, true));
    command.setErr(new PrintWriter(errors, true));
    return command.execute(arguments);
  }

  @Test
  @DisplayName("is told by itself, with its deals open, after an order of each, and idle")
  void rows() {
    int exitCode = execute("--database=h2", "--deals=20", "--idle=0s");

    assertThat(exitCode).as(errors.toString()).isZero();
    assertThat(output.toString())
        .contains("by itself", "20 deals open", "an order of each sold", "idle since")
        .contains("heap B a deal");
  }

  @Test
  @DisplayName("needs a number of deals within its bounds")
  void bounds() {
    assertThat(execute("--deals=0")).isEqualTo(2);
    assertThat(errors.toString()).contains("--deals 0 is not 1 to 1000000");
  }
}
