package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all threads share and one of them makes when it is first wanted, such as a connection.
 * Whoever wants it meanwhile waits for that one attempt, and fails with it; the next one after it
 * begins another. Thread-safe; no lock is held while it is made.
 */
final class Shared<T> {

  private final Supplier<? extends T> maker;
  private final AtomicReference<@Nullable CompletableFuture<T>> standing = new AtomicReference<>();

  Shared(Supplier<? extends T> maker) {
    this.maker = maker;
  }

  /**
   * What stands, or is made now.
   *
   * @throws RuntimeException what its maker threw
   * @throws NothingHappenedException if this thread is interrupted while another one makes it
   */
  T get() {
    CompletableFuture<T> current = standing.get();
    if (current != null) {
      return await(current);
    }
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> first = standing.compareAndExchange(null, mine);
    return first == null ? make(mine) : await(first);
  }

  /** What stands, if it is made. */
  Optional<T> ifMade() {
    CompletableFuture<T> current = standing.get();
    return current != null && current.isDone() && !current.isCompletedExceptionally()
        ? Optional.of(current.join())
        : Optional.empty();
  }

  /** Leaves the one that stands, if it is this one; the next call makes another. */
  void dropIf(Predicate<T> isIt, Consumer<T> end) {
    CompletableFuture<T> current = standing.get();
    if (current != null && current.isDone() && !current.isCompletedExceptionally()) {
      T made = current.join();
      if (isIt.test(made) && standing.compareAndSet(current, null)) {
        end.accept(made);
      }
    }
  }

  private T make(CompletableFuture<T> mine) {
    try {
      T made = maker.get();
      mine.complete(made);
      return made;
    } catch (Throwable e) { // whatever it is, nobody may wait for ever
      standing.compareAndSet(mine, null);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private T await(CompletableFuture<T> other) {
    try {
      return other.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NothingHappenedException("interrupted while waiting for a connection to Redis", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new NothingHappenedException("cannot connect to Redis: " + Causes.of(e), e);
    }
  }
}
