package io.hotdeal.faults;

import io.hotdeal.oracle.OracleSchema;

/** A real database server process, which can be killed and started again on the same files. */
interface DatabaseNode extends AutoCloseable {

  /** How to connect to it, where it listens itself. */
  String url();

  /** How to connect to it through a proxy on another port. */
  String urlThrough(int port);

  int port();

  String user();

  OracleSchema schema();

  /** SIGKILL, to all of its processes. */
  void kill();

  /** Starts it and waits until it answers. */
  void start();

  @Override
  void close();
}
