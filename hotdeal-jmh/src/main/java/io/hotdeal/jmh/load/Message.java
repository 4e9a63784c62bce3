package io.hotdeal.jmh.load;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one process of a fleet tells another: named numbers, texts and lists of them, as a line of
 * JSON. May hold a password, so it is never printed.
 */
final class Message {

  private final Map<String, Object> values;

  private Message(Map<String, Object> values) {
    this.values = values;
  }

  Message() {
    this(new LinkedHashMap<>());
  }

  static Message parse(String line) {
    try {
      return new Message(JSON.std.mapFrom(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a value, unless it is null; returns this. */
  Message with(String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value);
    }
    return this;
  }

  String line() {
    try {
      return JSON.std.asString(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * The text of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  String text(String name) {
    return value(name).toString();
  }

  long number(String name) {
    return ((Number) value(name)).longValue();
  }

  double decimal(String name) {
    return ((Number) value(name)).doubleValue();
  }

  List<String> texts(String name) {
    return list(name).map(Object::toString).toList();
  }

  long[] numbers(String name) {
    return list(name).mapToLong(it -> ((Number) it).longValue()).toArray();
  }

  private Stream<?> list(String name) {
    return ((List<?>) value(name)).stream();
  }

  private Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the message has no " + name);
    }
    return value;
  }
}
