package io.hotdeal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An unmodified Tomcat in a process of its own: with its default settings except for the ports,
 * with its manager application, and without the options of the tests' embedded server.
 */
final class StockTomcat implements AutoCloseable {

  private static final Path HOME = Path.of(System.getProperty("tomcat.home", "target/stock"));
  private static final Path WAR = Path.of("target/hotdeal-demo-servlet.war").toAbsolutePath();
  private static final Pattern LISTENING =
      Pattern.compile("Starting ProtocolHandler \\[\"http-nio-127.0.0.1-auto-1-(\\d+)\"]");
  private static final List<String> OPENED =
      Stream.of("lang", "lang.reflect", "io", "util", "util.concurrent")
          .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED")
          .toList();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String password = UUID.randomUUID().toString();
  private final Path base;
  private final Scratch process;
  private final int port;

  /**
   * @param environment for the demo's settings
   * @param libraries added to the server's lib directory
   */
  StockTomcat(Map<String, String> environment, Path... libraries) throws IOException {
    base = Scratch.newDirectory();
    configure(libraries);
    process = Scratch.guard(base, command(environment));
    port = awaitPort();
  }

  /** Deploys the WAR as it was built. */
  void deploy() {
    assertThat(manager("deploy?path=/demo&war=" + WAR.toUri())).startsWith("OK");
  }

  void undeploy() {
    assertThat(manager("undeploy?path=/demo")).startsWith("OK");
  }

  /** Collects garbage, then names the applications that were stopped and are still in memory. */
  String leaks() {
    return manager("findleaks?statusLine=true");
  }

  HttpResponse<String> get(String pathAndQuery) {
    return send(HttpRequest.newBuilder(uri("/demo" + pathAndQuery)));
  }

  /** The server's process. */
  ProcessHandle process() {
    return process.program().orElseThrow();
  }

  /** The demo's files in the directory for temporary files. */
  List<Path> temporaries() throws IOException {
    try (Stream<Path> files = Files.list(base.resolve("temp"))) {
      return files.filter(it -> it.getFileName().toString().contains("hotdeal")).toList();
    }
  }

  /** All that the server and the demo logged so far. */
  String log() {
    try (Stream<Path> files = Files.list(base.resolve("logs"))) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(it -> !it.toString().contains("access")).toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private void configure(Path... libraries) throws IOException {
    for (String name : List.of("conf", "logs", "temp", "webapps", "work", "lib")) {
      Files.createDirectory(base.resolve(name));
    }
    try (Stream<Path> files = Files.list(HOME.resolve("conf"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, base.resolve("conf").resolve(file.getFileName()));
      }
    }
    for (Path library : libraries) {
      Files.copy(library, base.resolve("lib").resolve(library.getFileName()));
    }
    Path server = base.resolve("conf/server.xml");
    Files.writeString(
        server,
        Files.readString(server)
            .replace("port=\"8005\"", "port=\"-1\"")
            .replace("port=\"8080\" ", "address=\"127.0.0.1\" port=\"0\" "));
    Files.writeString(
        base.resolve("conf/tomcat-users.xml"),
        "<tomcat-users><user username=\"test\" password=\"%s\" roles=\"manager-script\"/></tomcat-users>"
            .formatted(password));
    Path contexts = Files.createDirectories(base.resolve("conf/Catalina/localhost"));
    Files.writeString(
        contexts.resolve("manager.xml"),
        "<Context docBase=\"%s\" privileged=\"true\"/>".formatted(HOME.resolve("webapps/manager")));
  }

  private List<String> command(Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPENED);
    command.addAll(
        List.of(
            "-Xmx256m",
            "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
            "-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"),
            "-Dcatalina.home=" + HOME,
            "-Dcatalina.base=" + base,
            "-Djava.io.tmpdir=" + base.resolve("temp"),
            "-classpath",
            HOME.resolve("bin/bootstrap.jar") + ":" + HOME.resolve("bin/tomcat-juli.jar"),
            "org.apache.catalina.startup.Bootstrap",
            "start"));
    return command;
  }

  private int awaitPort() {
    while (process.isRunning()) {
      Matcher listening = LISTENING.matcher(log());
      if (listening.find()) {
        return Integer.parseInt(listening.group(1));
      }
      Thread.onSpinWait();
    }
    throw new IllegalStateException("Tomcat did not start: " + log());
  }

  private String manager(String command) {
    String user = "test:" + password;
    String token = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    return send(HttpRequest.newBuilder(uri("/manager/text/" + command))
            .header("Authorization", "Basic " + token))
        .body();
  }

  private URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + port + pathAndQuery);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    return http.sendAsync(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString())
        .join();
  }
}
