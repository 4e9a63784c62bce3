package io.hotdeal.faults;

import io.hotdeal.Deal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A selling process that the harness kills: each line that it writes is an acknowledgement that its
 * buyer has received.
 */
final class SellerMain {

  private static final int DEAL_WORDS = 5;
  private static final int AT_ONCE = 16;

  private SellerMain() {}

  public static void main(String[] args) {
    StdinWatch.start();
    List<String> words = List.of(args);
    Deal deal =
        Deal.of(words.get(0), Long.parseLong(words.get(1)))
            .withLimitPerBuyer(Long.parseLong(words.get(2)))
            .withHold(Duration.ofMillis(Long.parseLong(words.get(3))));
    Shop shop = Shop.read(words.subList(DEAL_WORDS, words.size()));
    Outlet outlet = Outlet.open(shop);
    outlet.hotDeal().open(deal);
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    new Crowd(
            Crowd.OrderTarget.of(outlet.hotDeal()),
            Orders.of(deal.id()),
            words.get(4),
            Integer.MAX_VALUE,
            ack -> write(out, ack))
        .start(AT_ONCE)
        .await();
  }

  /** The arguments of {@link #main}. */
  static List<String> words(Shop shop, Deal deal, String name) {
    List<String> words =
        new java.util.ArrayList<>(
            List.of(
                deal.id(),
                Long.toString(deal.quantity()),
                Long.toString(deal.limitPerBuyer()),
                Long.toString(deal.hold().toMillis()),
                name));
    words.addAll(shop.toWords());
    return words;
  }

  /** One write per line, so that a kill leaves a whole line or none. */
  private static synchronized void write(FileOutputStream out, Ack ack) {
    try {
      out.write((ack.toLine() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
