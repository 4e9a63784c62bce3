package io.hotdeal.faults;

import java.sql.SQLException;
import org.h2.tools.Server;

/** The H2 server process: port and directory. */
final class H2Main {

  private H2Main() {}

  public static void main(String[] args) throws SQLException {
    System.setProperty("h2.bindAddress", "127.0.0.1");
    Server.createTcpServer("-tcpPort", args[0], "-baseDir", args[1], "-ifNotExists").start();
    System.out.println("READY");
    StdinWatch.start();
  }
}
