package io.hotdeal.faults;

import io.hotdeal.faults.Ack.Kind;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A process of a fleet: it reads requests from its standard input, writes their results to its
 * standard output, and runs the resolver and delivers events meanwhile. It ends at the end of its
 * input.
 *
 * <p>Its lines: {@code deal ID} and {@code over ID}, what to sweep; {@code ask NUMBER} and a {@link
 * FleetRequest}, answered by {@code NUMBER KIND .}.
 */
final class FleetSellerMain {

  private static final Duration SWEEPS = Duration.ofMillis(300);
  private static final Duration DELIVERIES = Duration.ofMillis(200);

  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
  private final Set<String> deals = ConcurrentHashMap.newKeySet();
  private final Shop shop;
  private final Outlet outlet;

  private FleetSellerMain(Shop shop) {
    this.shop = shop;
    this.outlet = Outlet.open(shop);
  }

  public static void main(String[] args) throws IOException {
    FleetSellerMain seller = new FleetSellerMain(Shop.read(List.of(args)));
    seller.outlet.hotDeal().resolver().start(SWEEPS, () -> seller.deals);
    seller.outlet.hotDeal().events().start(DELIVERIES, () -> seller.deals);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      seller.read(List.of(line.split(" ", -1)));
    }
    Runtime.getRuntime().halt(3);
  }

  private void read(List<String> words) {
    switch (words.get(0)) {
      case "deal" -> deals.add(words.get(1));
      case "over" -> deals.remove(words.get(1));
      case "ask" -> answer(words.get(1), words.subList(2, words.size()));
      default -> throw new IllegalArgumentException(words.toString());
    }
  }

  static String question(long number, String request) {
    return "ask " + number + " " + request;
  }

  private void answer(String number, List<String> request) {
    if (shop.isOff(Red.EARLY_ANSWER) && FleetRequest.isSale(request)) {
      answer(number, Kind.PLACED);
    }
    var unused =
        FleetRequest.run(outlet.hotDeal(), request)
            .handle(Ack::kindOf)
            .thenAccept(kind -> answer(number, kind));
  }

  /** One write per line, so that a kill leaves a whole line or none. */
  private synchronized void answer(String number, Kind kind) {
    try {
      out.write((number + " " + kind + " .\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
