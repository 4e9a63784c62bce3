package io.hotdeal.jmh;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an invalid option into its message and exit code 2; other exceptions are thrown. */
final class InvalidOptionHandler implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    if (e instanceof IllegalArgumentException) {
      command.getErr().println(e.getMessage());
      return command.getCommandSpec().exitCodeOnInvalidInput();
    }
    throw e;
  }
}
