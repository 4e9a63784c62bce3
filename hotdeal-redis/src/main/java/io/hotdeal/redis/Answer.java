package io.hotdeal.redis;

import java.util.List;

/** What a script answered: words and whole numbers, position by position. */
record Answer(List<?> values) {

  int size() {
    return values.size();
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  String word(int index) {
    return String.valueOf(values.get(index));
  }

  long number(int index) {
    return (Long) values.get(index);
  }
}
