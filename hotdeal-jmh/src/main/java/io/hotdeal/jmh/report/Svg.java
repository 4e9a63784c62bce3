package io.hotdeal.jmh.report;

import java.util.Locale;

/** A picture under construction. Its colours are classes of {@code chart.css}, light and dark. */
final class Svg {

  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;
  private final String title;

  Svg(String title, int width, int height) {
    this.title = title;
    this.width = width;
    this.height = height;
  }

  /** Adds markup; values that are texts must be escaped. */
  Svg add(String template, Object... values) {
    body.append(String.format(Locale.ROOT, template, values)).append('\n');
    return this;
  }

  Svg text(double x, double y, String kind, String text) {
    return add("<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>", x, y, kind, escaped(text));
  }

  /** As part of a page that has the styles. */
  String inline() {
    return open("") + body + "</svg>\n";
  }

  /** As a file of its own. */
  String standalone() {
    return open(" xmlns=\"http://www.w3.org/2000/svg\"")
        + "<style>\n"
        + Resources.read("chart.css")
        + "</style>\n"
        + "<rect width=\"100%\" height=\"100%\" class=\"paper\"/>\n"
        + body
        + "</svg>\n";
  }

  private String open(String attributes) {
    return String.format(
        Locale.ROOT,
        "<svg%s viewBox=\"0 0 %d %d\" role=\"img\" class=\"chart\"><title>%s</title>%n",
        attributes,
        width,
        height,
        escaped(title));
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
