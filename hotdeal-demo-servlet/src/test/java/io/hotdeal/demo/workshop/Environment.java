package io.hotdeal.demo.workshop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.util.ServerInfo;

/** On what it was measured. */
final class Environment {

  private Environment() {}

  /**
   * @param status what /status said
   */
  static Map<String, String> of(String status) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processors", Runtime.getRuntime().availableProcessors() + ", for all of it");
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("os", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
    facts.put("server", ServerInfo.getServerInfo());
    facts.put("log", text(status, "log"));
    facts.put("counter", text(status, "counter"));
    return facts;
  }

  private static String property(String name) {
    return System.getProperty(name, "?");
  }

  private static String text(String json, String key) {
    Matcher value = Pattern.compile("\"" + key + "\":\"([^\"]*)\"").matcher(json);
    return value.find() ? value.group(1) : "?";
  }
}
