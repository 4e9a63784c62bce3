package io.hotdeal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.HotDeal;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.redis.RedisStockCounter;
import java.io.File;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** Compiles and runs a program that has the three libraries and SLF4J, and no driver. */
@DisplayName("A program without drivers compiles and sells")
class ConsumerIT {

  private static final String MODULE =
      """
      module consumer {
        requires io.hotdeal.oracle;
        requires io.hotdeal.redis;
      }
      """;

  private static final String PROGRAM =
      """
      package consumer;

      import io.hotdeal.Deal;
      import io.hotdeal.HotDeal;
      import io.hotdeal.PaymentGateway;
      import io.hotdeal.memory.InMemoryOrderLog;
      import io.hotdeal.memory.InMemoryStockCounter;
      import io.hotdeal.oracle.OracleSchema;
      import io.hotdeal.redis.RedisStockCounter;
      import io.hotdeal.redis.ScriptRunner;
      import io.hotdeal.spi.StockCounter;

      public final class Program {
        public static void main(String[] args) {
          StockCounter redis = RedisStockCounter.on((ScriptRunner) null);
          System.out.println(OracleSchema.ORACLE.statements().isEmpty() || redis == null);
          try (HotDeal hotDeal =
              HotDeal.builder()
                  .counter(new InMemoryStockCounter())
                  .log(new InMemoryOrderLog())
                  .payments(PaymentGateway.none())
                  .build()) {
            hotDeal.open(Deal.of("prod-001", 1));
            System.out.println(hotDeal.order(hotDeal.newOrder("prod-001", "a", 1)).getClass());
            System.out.println(hotDeal.order(hotDeal.newOrder("prod-001", "b", 1)).getClass());
          }
        }
      }
      """;

  @TempDir Path directory;

  @Test
  @DisplayName("on the module path")
  void modulePath() throws Exception {
    write("module-info.java", MODULE);
    compile("--module-path", libraries());
    assertSold(
        run(
            "--module-path",
            libraries() + File.pathSeparator + classes(),
            "-m",
            "consumer/consumer.Program"));
  }

  @Test
  @DisplayName("on the class path")
  void classPath() throws Exception {
    compile("-classpath", libraries());
    assertSold(run("-classpath", libraries() + File.pathSeparator + classes(), "consumer.Program"));
  }

  private static void assertSold(List<String> lines) {
    assertThat(lines)
        .containsSubsequence(
            "false", "class io.hotdeal.OrderResult$Placed", "class io.hotdeal.Refusal$SoldOut");
  }

  private static String libraries() {
    return Stream.of(HotDeal.class, OracleOrderLog.class, RedisStockCounter.class, Logger.class)
        .map(ConsumerIT::archiveOf)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String archiveOf(Class<?> type) {
    URI location = URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
    return Path.of(location).toString();
  }

  private Path classes() {
    return directory.resolve("classes");
  }

  private void write(String file, String text) throws Exception {
    Files.createDirectories(directory.resolve("src/consumer"));
    Files.writeString(directory.resolve("src").resolve(file), text);
  }

  private void compile(String pathOption, String path) throws Exception {
    write("consumer/Program.java", PROGRAM);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Writer messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(directory.resolve("src"))) {
      List<Path> java = sources.filter(it -> it.toString().endsWith(".java")).toList();
      List<String> options = List.of(pathOption, path, "-d", classes().toString());
      CompilationTask task =
          compiler.getTask(
              messages, files, null, options, null, files.getJavaFileObjectsFromPaths(java));
      assertThat(task.call()).as(messages.toString()).isTrue();
    }
  }

  private List<String> run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output);
  }
}
