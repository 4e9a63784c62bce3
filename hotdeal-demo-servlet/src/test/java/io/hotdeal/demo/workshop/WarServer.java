package io.hotdeal.demo.workshop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** A Tomcat that serves one web application, at the root. */
public final class WarServer implements AutoCloseable {

  private static final int THREADS = 250;

  private final Path home;
  private final Tomcat tomcat = new Tomcat();
  private final Context context;

  private WarServer(String address, int port, Path application, Map<String, String> parameters)
      throws IOException {
    // In target, so that "mvn clean" deletes the files of a killed server.
    home = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "tomcat-");
    home.toFile().deleteOnExit(); // Tomcat creates it again if it is stopped before it started
    Files.createDirectories(home.resolve("webapps"));
    tomcat.setBaseDir(home.toAbsolutePath().toString());
    tomcat.setAddDefaultWebXmlToWebapp(false);
    tomcat.enableNaming();
    tomcat.setConnector(connector(address, port));
    ((StandardHost) tomcat.getHost()).setErrorReportValveClass(OneLineErrors.class.getName());
    context = tomcat.addWebapp("", application.toAbsolutePath().toString());
    parameters.forEach(context::addParameter);
    ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
    ((StandardContext) context).setClearReferencesRmiTargets(false);
    ((StandardContext) context).setClearReferencesThreadLocals(false);
  }

  /**
   * Serves a WAR, or an unpacked one.
   *
   * @param port 0 for any that is free
   * @throws IllegalStateException with the reason in one line
   */
  public static WarServer start(
      String address, int port, Path application, Map<String, String> parameters) {
    Logger.getLogger("").setLevel(Level.WARNING);
    try {
      WarServer server = new WarServer(address, port, application, parameters);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("Tomcat does not start", e);
    }
  }

  /** Where it listens. */
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException("Tomcat does not stop", e);
    } finally {
      delete(home);
    }
  }

  private void start() {
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      String reason = reason(e);
      close();
      throw new IllegalStateException(reason, e);
    }
    if (context.getState() != LifecycleState.STARTED) {
      close();
      throw new IllegalStateException("the web application does not start: see above");
    }
  }

  private String reason(LifecycleException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return "port " + tomcat.getConnector().getPort() + " is taken";
      }
    }
    return "Tomcat does not start: " + e.getMessage();
  }

  private static Connector connector(String address, int port) {
    Connector connector = new Connector();
    connector.setPort(port);
    connector.setThrowOnFailure(true);
    connector.setProperty("address", address);
    connector.setProperty("maxThreads", Integer.toString(THREADS));
    connector.setProperty("minSpareThreads", Integer.toString(THREADS / 2));
    connector.setProperty("acceptCount", "1000");
    connector.setProperty("maxKeepAliveRequests", "-1");
    return connector;
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
