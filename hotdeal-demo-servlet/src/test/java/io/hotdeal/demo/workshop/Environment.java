package io.hotdeal.demo.workshop;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.catalina.util.ServerInfo;

/** The environment of a measurement. */
final class Environment {

  private Environment() {}

  /**
   * The facts, by name.
   *
   * @param status the content of /status
   */
  static Map<String, String> of(Map<String, Object> status) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processors", Runtime.getRuntime().availableProcessors() + ", for all of it");
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("os", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
    facts.put("server", ServerInfo.getServerInfo());
    facts.put("log", String.valueOf(status.get("log")));
    facts.put("counter", String.valueOf(status.get("counter")));
    return facts;
  }

  private static String property(String name) {
    return System.getProperty(name, "?");
  }
}
