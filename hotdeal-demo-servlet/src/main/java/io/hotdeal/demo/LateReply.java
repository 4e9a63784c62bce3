package io.hotdeal.demo;

import io.hotdeal.OrderResult;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An asynchronous reply to a request: the order's result, or "outcome unknown" after 60 s. */
final class LateReply implements AsyncListener {

  private static final Logger LOG = LoggerFactory.getLogger(LateReply.class);
  private static final long TIMEOUT_MILLIS = 60_000;

  private final AsyncContext context;
  private final AtomicBoolean answered = new AtomicBoolean();

  private LateReply(AsyncContext context) {
    this.context = context;
  }

  static void to(HttpServletRequest request, CompletableFuture<OrderResult> result) {
    AsyncContext context = request.startAsync();
    LateReply reply = new LateReply(context);
    context.setTimeout(TIMEOUT_MILLIS);
    context.addListener(reply);
    var unused = result.whenComplete((value, failure) -> reply.send(Reply.of(value, failure)));
  }

  private void send(Reply reply) {
    if (answered.compareAndSet(false, true)) {
      try {
        reply.send(context.getResponse());
      } catch (IOException e) {
        LOG.debug("the buyer has disconnected", e);
      }
      context.complete();
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    send(Reply.OUTCOME_UNKNOWN);
  }

  @Override
  public void onError(AsyncEvent event) {
    send(Reply.OUTCOME_UNKNOWN);
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}

  @Override
  public void onComplete(AsyncEvent event) {
    answered.set(true);
  }
}
