package io.hotdeal.jmh.strategy;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Strategies of one kind, told apart by the numbers in their names: {@code striped-N-M} is {@code
 * striped-8-4} and many more.
 *
 * @param pattern a name with a capital letter where a number stands
 * @param listed the numbers of those that a comparison of everything takes
 * @param maker makes the one with these numbers
 */
record Family(String pattern, List<int[]> listed, Maker maker) {

  private static final Pattern NUMBER = Pattern.compile("[A-Z]");

  /** Makes the factory of one member. */
  @FunctionalInterface
  interface Maker {
    StrategyFactory make(String name, int... numbers);
  }

  /** One strategy alone. */
  static Family only(StrategyFactory factory) {
    return new Family(factory.name(), List.of(new int[0]), (name, numbers) -> factory);
  }

  /** Strategies with one number, of which these are listed. */
  static Family of(String pattern, IntFunction<StrategyFactory> maker, int... listed) {
    List<int[]> members = IntStream.of(listed).mapToObj(number -> new int[] {number}).toList();
    return new Family(pattern, members, (name, numbers) -> maker.apply(numbers[0]));
  }

  List<StrategyFactory> members() {
    return listed.stream().map(this::member).toList();
  }

  Optional<StrategyFactory> named(String name) {
    Matcher matcher =
        Pattern.compile(NUMBER.matcher(pattern).replaceAll("([1-9]\\\\d{0,5})")).matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int[] numbers =
        IntStream.rangeClosed(1, matcher.groupCount())
            .map(group -> Integer.parseInt(matcher.group(group)))
            .toArray();
    return Optional.of(maker.make(name, numbers));
  }

  private StrategyFactory member(int... numbers) {
    String name = pattern;
    for (int number : numbers) {
      name = NUMBER.matcher(name).replaceFirst(Integer.toString(number));
    }
    return maker.make(name, numbers);
  }
}
