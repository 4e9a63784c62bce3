package io.hotdeal.internal.event;

import io.hotdeal.HotDealListener;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The publisher of events to listeners; what a listener throws is logged. Thread-safe. */
public final class EventPublisher {

  /** A publisher without listeners. */
  public static final EventPublisher NONE = new EventPublisher(List.of(), false);

  private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

  private final List<HotDealListener> listeners;
  private final boolean observed;

  private EventPublisher(List<HotDealListener> listeners, boolean observed) {
    this.listeners = listeners;
    this.observed = observed;
  }

  /** Creates a publisher to the library's {@link LoggingListener} and these listeners. */
  public static EventPublisher of(List<HotDealListener> listeners) {
    return new EventPublisher(
        Stream.concat(Stream.of(new LoggingListener()), listeners.stream()).toList(),
        !listeners.isEmpty());
  }

  /** Whether there is a listener besides the logging one: frequent events are created only then. */
  public boolean isObserved() {
    return observed;
  }

  /** Calls every listener. Never throws. */
  public void publish(Consumer<HotDealListener> event) {
    for (HotDealListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (Throwable broken) { // a listener must not harm an order
        LOG.warn("a listener failed: {}", listener.getClass().getName(), broken);
      }
    }
  }
}
