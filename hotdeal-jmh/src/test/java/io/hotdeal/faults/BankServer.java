package io.hotdeal.faults;

import io.hotdeal.testkit.DaemonThreads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The bank over a loopback socket: a line per request and a line per answer, which repeats the
 * request. It answers with a delay, sometimes closes the connection before or after it processed a
 * request, and injects the other faults of {@link Habits}.
 */
final class BankServer implements AutoCloseable {

  /**
   * How often it injects a fault, each as a share of all requests.
   *
   * @param hangsUp closes the connection, half of the time before it processes the request, half of
   *     the time after
   * @param silent processes the request, or not, and never answers
   * @param late processes the request and answers, after the caller's time-out
   * @param twice processes the request and answers twice
   */
  record Habits(double hangsUp, double silent, double late, double twice) {

    static final Habits GOOD = new Habits(0.02, 0, 0, 0);
    static final Habits BAD = new Habits(0.02, 0.003, 0.003, 0.02);
  }

  private static final long LATE_NANOS =
      TimeUnit.MILLISECONDS.toNanos(BankClient.TIMEOUT_MILLIS + 500);
  private static final long SLOWEST_NANOS = TimeUnit.MILLISECONDS.toNanos(6);

  private final Bank bank = new Bank();
  private final Habits habits;
  private final ServerSocket listener;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  BankServer(Habits habits) {
    this.habits = habits;
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DaemonThreads.start("bank", this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  Bank bank() {
    return bank;
  }

  private void acceptAll() throws IOException {
    while (true) {
      Socket connection = listener.accept();
      connections.add(connection);
      DaemonThreads.start("bank-teller", () -> serve(connection));
    }
  }

  private void serve(Socket connection) throws IOException {
    try (connection) {
      connection.setTcpNoDelay(true);
      BufferedReader questions =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
      OutputStream answers = connection.getOutputStream();
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SLOWEST_NANOS));
        if (happens(habits.hangsUp() / 2)) {
          return;
        }
        if (happens(habits.late())) {
          LockSupport.parkNanos(LATE_NANOS);
        }
        if (happens(habits.silent() / 2)) {
          continue;
        }
        int times = happens(habits.twice()) ? 2 : 1;
        for (int i = 0; i < times; i++) {
          String answer = answer(List.of(line.split(" ", -1))) + " " + line + "\n";
          if (happens(habits.hangsUp() / 2)) {
            return;
          }
          if (!happens(habits.silent() / 2)) {
            answers.write(answer.getBytes(StandardCharsets.UTF_8));
          }
        }
      }
    } finally {
      connections.remove(connection);
    }
  }

  private static boolean happens(double share) {
    return ThreadLocalRandom.current().nextDouble() < share;
  }

  /** The answer, in one word. */
  private String answer(List<String> words) {
    String dealId = words.get(1);
    String orderId = words.get(2);
    return switch (words.get(0)) {
      case "charge" -> bank.charge(dealId, orderId).name();
      case "status" -> status(dealId, orderId);
      case "refund" ->
          (words.size() > 3 ? bank.refund(words.get(3)) : bank.refund(dealId, orderId)).name();
      default -> throw new IllegalArgumentException(words.toString());
    };
  }

  /** With the id of the payment, if it was made on a page. */
  private String status(String dealId, String orderId) {
    Bank.Money money = bank.statusOrVoid(dealId, orderId);
    return bank.pagePayment(dealId, orderId)
        .filter(payment -> money == Bank.Money.TAKEN)
        .map(payment -> money + "/" + payment.id())
        .orElse(money.name());
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
