package io.hotdeal.redis;

import java.util.List;

/** The reply of a script: an array of words and whole numbers. */
record ScriptReply(List<?> values) {

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
