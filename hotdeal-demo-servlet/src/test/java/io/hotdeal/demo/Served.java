package io.hotdeal.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import io.hotdeal.demo.workshop.WarServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The web application on a Tomcat at a free port, and a client of it. */
final class Served implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final WarServer server;

  Served(Map<String, String> parameters) {
    server = WarServer.start("127.0.0.1", 0, Path.of("src/main/webapp"), parameters);
  }

  HttpResponse<String> get(String pathAndQuery) {
    return send("GET", pathAndQuery, "");
  }

  HttpResponse<String> post(String path, String form) {
    return send("POST", path, form);
  }

  HttpResponse<String> send(String method, String pathAndQuery, String form) {
    return sendAsync(method, pathAndQuery, form).join();
  }

  /** Sends exactly these headers, as alternating names and values. */
  HttpResponse<String> exchange(
      String method, String pathAndQuery, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(pathAndQuery))
            .timeout(Duration.ofMinutes(1))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
  }

  int port() {
    return server.port();
  }

  private URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + server.port() + pathAndQuery);
  }

  CompletableFuture<HttpResponse<String>> getAsync(String pathAndQuery) {
    return sendAsync("GET", pathAndQuery, "");
  }

  private CompletableFuture<HttpResponse<String>> sendAsync(
      String method, String pathAndQuery, String form) {
    HttpRequest request =
        HttpRequest.newBuilder(uri(pathAndQuery))
            .timeout(Duration.ofMinutes(1))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, BodyPublishers.ofString(form))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  /** A value of an endpoint in /status, as text. */
  String books(String path, String key) {
    String json = get("/status").body();
    for (Object each : (List<?>) parsed(json).get("endpoints")) {
      Map<?, ?> books = (Map<?, ?>) each;
      if (path.equals(books.get("path")) && books.containsKey(key)) {
        return String.valueOf(books.get(key));
      }
    }
    throw new AssertionError(key + " of " + path + " is not in " + json);
  }

  private static Map<String, Object> parsed(String json) {
    try {
      return JSON.std.mapFrom(json);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /** A port on which no server listens. */
  static int closedPort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
