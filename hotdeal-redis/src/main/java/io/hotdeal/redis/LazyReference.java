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
 * A shared value, such as a connection, that is created on first use. Concurrent callers wait for
 * the same attempt and share its failure; the next call after a failure makes another one.
 * Thread-safe; no lock is held while the value is created.
 */
final class LazyReference<T> {

  private final Supplier<? extends T> supplier;
  private final AtomicReference<@Nullable CompletableFuture<T>> reference = new AtomicReference<>();

  LazyReference(Supplier<? extends T> supplier) {
    this.supplier = supplier;
  }

  /**
   * The value; creates it if there is none. Blocks while it is created, as long as the supplier
   * takes.
   *
   * @throws RuntimeException the supplier's
   * @throws NothingHappenedException if this thread is interrupted while another one creates the
   *     value, or if the supplier threw an {@link Error} in another thread
   */
  T get() {
    CompletableFuture<T> current = reference.get();
    if (current != null) {
      return await(current);
    }
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> first = reference.compareAndExchange(null, mine);
    return first == null ? create(mine) : await(first);
  }

  /** The value, if there is one. Does not block. */
  Optional<T> ifPresent() {
    CompletableFuture<T> current = reference.get();
    return current != null && current.isDone() && !current.isCompletedExceptionally()
        ? Optional.of(current.join())
        : Optional.empty();
  }

  /**
   * Removes the value if it matches and passes it to {@code end}; the next call creates another.
   */
  void dropIf(Predicate<T> isIt, Consumer<T> end) {
    CompletableFuture<T> current = reference.get();
    if (current != null && current.isDone() && !current.isCompletedExceptionally()) {
      T value = current.join();
      if (isIt.test(value) && reference.compareAndSet(current, null)) {
        end.accept(value);
      }
    }
  }

  private T create(CompletableFuture<T> mine) {
    try {
      T value = supplier.get();
      mine.complete(value);
      return value;
    } catch (Throwable e) { // any throwable has to release the waiting threads
      reference.compareAndSet(mine, null);
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
      throw new NothingHappenedException("cannot connect to Redis: " + RootCauses.of(e), e);
    }
  }
}
