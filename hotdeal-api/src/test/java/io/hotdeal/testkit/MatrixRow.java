package io.hotdeal.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Writes the numbers of tests found, failed and skipped to the file that the system property {@code
 * matrix.row} names; found by JUnit itself. Surefire's own reports would not do: nested classes
 * that several classes inherit overwrite each other's there.
 */
public final class MatrixRow extends SummaryGeneratingListener {

  private long tests;
  private long failed;
  private long skipped;

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    super.testPlanExecutionFinished(plan);
    String row = System.getProperty("matrix.row");
    if (row != null) {
      add(getSummary());
      write(MatrixTable.FOLDER.resolve(row));
    }
  }

  private void add(TestExecutionSummary summary) {
    tests += summary.getTestsFoundCount();
    failed += summary.getTestsFailedCount() + summary.getContainersFailedCount();
    skipped += summary.getTestsSkippedCount() + summary.getTestsAbortedCount();
  }

  private void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, tests + " " + failed + " " + skipped);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
