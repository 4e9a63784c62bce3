package io.hotdeal.oracle;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/** A fake Oracle listener that refuses every connection, or never answers. */
final class TnsListener implements AutoCloseable {

  private static final int REFUSE = 4;
  private static final int HEADER = 8;

  private final ServerSocket server;
  private final OptionalInt code;
  private final List<Socket> callers = Collections.synchronizedList(new ArrayList<>());

  private TnsListener(OptionalInt code) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.code = code;
    Thread thread = new Thread(this::answer, "tns-listener");
    thread.setDaemon(true);
    thread.start();
  }

  static TnsListener refusingWith(int code) throws IOException {
    return new TnsListener(OptionalInt.of(code));
  }

  static TnsListener silent() throws IOException {
    return new TnsListener(OptionalInt.empty());
  }

  int port() {
    return server.getLocalPort();
  }

  private void answer() {
    try {
      while (!server.isClosed()) {
        Socket caller = server.accept();
        callers.add(caller);
        if (code.isPresent()) {
          refuse(caller, code.getAsInt());
        }
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private static void refuse(Socket caller, int code) throws IOException {
    int read = caller.getInputStream().read(new byte[8192]);
    String reason =
        "(DESCRIPTION=(TMP=)(VSNNUM=318767104)(ERR=%1$d)(ERROR_STACK=(ERROR=(CODE=%1$d)(EMFI=4))))"
            .formatted(code);
    byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
    if (read > 0) {
      DataOutputStream out = new DataOutputStream(caller.getOutputStream());
      out.writeShort(HEADER + 4 + text.length); // packet length
      out.writeShort(0); // checksum
      out.writeByte(REFUSE);
      out.writeByte(0); // flags
      out.writeShort(0); // header checksum
      out.writeByte(34); // reason: user
      out.writeByte(0); // reason: system
      out.writeShort(text.length);
      out.write(text);
      out.flush();
    }
    caller.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket caller : callers) {
      caller.close();
    }
  }
}
