package io.hotdeal.testkit;

/** What a {@link TcpProxy} does to one request, or to its reply. */
public enum Fault {
  /** The request is forwarded; the connection is reset instead of the reply. */
  REPLY_RESET,
  /** The request is forwarded; the reply is discarded and the connection stays open. */
  REPLY_SWALLOWED,
  /** The request is discarded and the connection reset. */
  CUT_BEFORE,
  /** The request is forwarded and the connection reset at once. */
  CUT_AFTER,
  /** The request is discarded and the connection stays open. */
  HALF_OPEN,
  /** The request and its reply are forwarded byte by byte. */
  BYTE_BY_BYTE,
  /** The request is forwarded after the time-out of its sender. */
  DELAYED
}
