package io.hotdeal.testkit;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Injects faults between a HotDeal and its stores: by verb, before the call or after its effect.
 */
public final class FaultyStores {

  private final Map<String, Supplier<RuntimeException>> before = new ConcurrentHashMap<>();
  private final Map<String, Supplier<RuntimeException>> after = new ConcurrentHashMap<>();
  private final Map<String, Runnable> events = new ConcurrentHashMap<>();
  private final Map<String, Runnable> laterEvents = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

  /** Every call of the verb fails and does nothing, until {@link #heal}. */
  public void refuse(String verb) {
    before.put(verb, () -> new NothingHappenedException(verb + " refused by the test"));
  }

  /** Every call of the verb takes effect, and its answer is lost, until {@link #heal}. */
  public void loseAnswers(String verb) {
    after.put(verb, () -> new OutcomeUnknownException("answer to " + verb + " lost by the test"));
  }

  /** Runs an event right before every call of the verb, until {@link #heal}. */
  public void before(String verb, Runnable event) {
    events.put(verb, event);
  }

  /** Runs an event right after every call of the verb, until {@link #heal}. */
  public void after(String verb, Runnable event) {
    laterEvents.put(verb, event);
  }

  public void heal() {
    events.clear();
    laterEvents.clear();
    before.clear();
    after.clear();
  }

  public int calls(String verb) {
    return calls.getOrDefault(verb, new AtomicInteger()).get();
  }

  public <T> T wrap(Class<T> port, T store) {
    Object proxy =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, args) -> {
              String verb = method.getName();
              calls.computeIfAbsent(verb, v -> new AtomicInteger()).incrementAndGet();
              fail(before, verb);
              events.getOrDefault(verb, () -> {}).run();
              try {
                Object answer = method.invoke(store, args);
                laterEvents.getOrDefault(verb, () -> {}).run();
                fail(after, verb);
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return port.cast(proxy);
  }

  private static void fail(Map<String, Supplier<RuntimeException>> faults, String verb) {
    Supplier<RuntimeException> fault = faults.get(verb);
    if (fault != null) {
      throw fault.get();
    }
  }
}
