package io.hotdeal.demo.workshop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/** Answers with one line if Tomcat refuses a request itself, such as malformed HTTP. */
public final class OneLineErrors extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, Throwable throwable) {
    boolean failed = response.getStatus() >= 400 && response.getContentWritten() == 0;
    if (failed && response.setErrorReported()) {
      write(response, "refused: " + response.getStatus());
    }
  }

  private static void write(Response response, String line) {
    byte[] body = line.getBytes(StandardCharsets.UTF_8);
    try {
      response.setContentType("text/plain;charset=utf-8");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException e) {
      throw new UncheckedIOException("the caller is gone", e);
    }
  }
}
