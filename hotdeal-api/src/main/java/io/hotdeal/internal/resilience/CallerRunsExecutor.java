package io.hotdeal.internal.resilience;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * An executor that runs a task in the calling thread if the other executor rejects it, such as a
 * pool whose queue is full: for tasks that must not be lost, and do not block.
 *
 * @param executor runs the tasks that it accepts
 */
public record CallerRunsExecutor(Executor executor) implements Executor {

  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException full) {
      task.run();
    }
  }
}
