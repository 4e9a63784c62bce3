package io.hotdeal.testkit.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A Mustache template beside a class; it escapes every value that is not in three braces. */
public final class Template {

  private final com.samskivert.mustache.Template compiled;

  private Template(com.samskivert.mustache.Template compiled) {
    this.compiled = compiled;
  }

  /** Reads the resource of that name beside the class. */
  public static Template beside(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name + " beside " + owner);
      }
      return new Template(
          Mustache.compiler()
              .escapeHTML(true)
              .compile(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills it in; a value is a text, a list, or a map or record of values. */
  public String with(Object values) {
    return compiled.execute(values);
  }
}
