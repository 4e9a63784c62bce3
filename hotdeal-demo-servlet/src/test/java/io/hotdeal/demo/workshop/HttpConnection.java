package io.hotdeal.demo.workshop;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One buyer's connection, kept alive. Sends the same GET repeatedly.
 *
 * <p>Not a general HTTP client: it shares two cores with the server that it measures, so it does as
 * little as there is to do. Answers have to carry a Content-Length and to fit 8 KiB.
 */
final class HttpConnection implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 180_000;

  private final Socket socket;
  private final byte[] request;
  private final byte[] buffer = new byte[8192];

  HttpConnection(int port, String path) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    String text = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
    request = text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The response; the id is empty if the server sent none. */
  record Answer(int status, String orderId, String body) {}

  Answer get() throws IOException {
    socket.getOutputStream().write(request);
    InputStream in = socket.getInputStream();
    int filled = 0;
    int bodyAt = -1;
    while (bodyAt < 0) {
      filled += readSome(in, filled);
      bodyAt = endOfHead(filled);
    }
    String head = new String(buffer, 0, bodyAt, StandardCharsets.ISO_8859_1);
    int end = bodyAt + contentLength(head);
    while (filled < end) {
      filled += readSome(in, filled);
    }
    String body = new String(buffer, bodyAt, end - bodyAt, StandardCharsets.UTF_8);
    return new Answer(Integer.parseInt(head, 9, 12, 10), header(head, "x-order-id"), body);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private int readSome(InputStream in, int filled) throws IOException {
    if (filled == buffer.length) {
      throw new ProtocolException("answer longer than " + buffer.length + " bytes");
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read < 0) {
      throw new EOFException("the server closed the connection");
    }
    return read;
  }

  private int endOfHead(int filled) {
    for (int i = 3; i < filled; i++) {
      if (buffer[i] == '\n'
          && buffer[i - 1] == '\r'
          && buffer[i - 2] == '\n'
          && buffer[i - 3] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  private int contentLength(String head) throws IOException {
    String length = header(head, "content-length");
    if (length.isEmpty()) {
      throw new ProtocolException("answer without a Content-Length");
    }
    return Integer.parseInt(length);
  }

  private static String header(String head, String name) {
    int at = head.toLowerCase(Locale.ROOT).indexOf("\r\n" + name + ":");
    if (at < 0) {
      return "";
    }
    int from = at + name.length() + 3;
    return head.substring(from, head.indexOf("\r\n", from)).strip();
  }
}
