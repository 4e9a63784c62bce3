package io.hotdeal.faults;

/** What a proxy does to one request, or to its reply. */
enum Fault {
  /** It is carried out; the connection is reset in place of the reply. */
  REPLY_RESET,
  /** It is carried out; the reply never comes. */
  REPLY_SWALLOWED,
  /** It never arrives; the connection is reset. */
  CUT_BEFORE,
  /** It arrives, and may be carried out; the connection is reset at once. */
  CUT_AFTER,
  /** It never arrives, and nobody says so. */
  HALF_OPEN,
  /** It arrives byte by byte, and so does the reply. */
  BYTE_BY_BYTE,
  /** It arrives when its sender has long given up, and is carried out. */
  DELAYED
}
