package io.hotdeal.faults;

import io.hotdeal.ChargeResult;
import io.hotdeal.Order;
import io.hotdeal.PaymentGateway;
import io.hotdeal.testkit.DaemonThreads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;

/** The payment gateway of a seller: a client of {@link BankServer} over a socket. */
final class BankClient implements PaymentGateway, AutoCloseable {

  private static final int AT_ONCE = 32;
  static final int TIMEOUT_MILLIS = 2_000;

  private final int port;
  private final ExecutorService threads = DaemonThreads.pool("bank-client", AT_ONCE);
  private final Deque<Line> idle = new ConcurrentLinkedDeque<>();
  private final PaymentGateway blocking =
      PaymentGateway.blocking(
          order -> ask("charge", order),
          order -> ask("status", order),
          order -> ask("refund", order),
          threads);

  BankClient(int port) {
    this.port = port;
  }

  @Override
  public CompletionStage<ChargeResult> charge(Order order) {
    return blocking.charge(order);
  }

  @Override
  public CompletionStage<ChargeResult> statusOrVoid(Order order) {
    return blocking.statusOrVoid(order);
  }

  /** Fails if there was no answer. */
  @Override
  public CompletionStage<?> refund(Order order) {
    return blocking.refund(order);
  }

  /** Fails if there was no answer. */
  @Override
  public CompletionStage<?> refund(Order order, String paymentId) {
    return CompletableFuture.runAsync(() -> ask("refund", order, " " + paymentId), threads);
  }

  private ChargeResult ask(String verb, Order order) {
    return ask(verb, order, "");
  }

  private ChargeResult ask(String verb, Order order, String more) {
    try {
      Line line = idle.poll();
      if (line == null) {
        line = new Line(port);
      }
      String answer = line.ask(verb + " " + order.dealId() + " " + order.id() + more);
      idle.push(line);
      return result(answer.split("/", 2));
    } catch (IOException e) {
      if (verb.equals("refund")) {
        throw new java.io.UncheckedIOException(e);
      }
      return new ChargeResult.Unknown("the bank hung up: " + e.getMessage());
    }
  }

  /** The state of the money, and the id of the payment, if there is one. */
  private static ChargeResult result(String[] answer) {
    return Bank.Money.valueOf(answer[0]) == Bank.Money.TAKEN
        ? new ChargeResult.Charged(answer.length > 1 ? answer[1] : null)
        : new ChargeResult.Declined(answer[0]);
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    for (Line line = idle.poll(); line != null; line = idle.poll()) {
      line.socket.close();
    }
  }

  /** One connection, for one request at a time. */
  private static final class Line {

    private final Socket socket;
    private final BufferedReader answers;

    Line(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Closes the connection if there is no answer; skips answers to earlier requests. */
    String ask(String question) throws IOException {
      try {
        socket.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
        String answer = answers.readLine();
        while (answer != null && !answer.endsWith(" " + question)) {
          answer = answers.readLine();
        }
        if (answer == null) {
          throw new IOException("no answer");
        }
        return answer.substring(0, answer.indexOf(' '));
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }
  }
}
