package io.hotdeal.demo.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The progress line")
class ProgressTest {

  @Test
  @DisplayName("is printed as one plain line at the end if there is no terminal")
  void noTerminal() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Progress progress = new Progress("/order", 10, new Score());
      progress.end();
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .doesNotContain("\r")
        .hasLineCount(1)
        .startsWith("  /order ")
        .endsWith(System.lineSeparator());
  }
}
