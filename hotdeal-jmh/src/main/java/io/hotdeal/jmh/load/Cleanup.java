package io.hotdeal.jmh.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Resources to be closed, the last one first: by {@link #run}, or else by a shutdown hook, because
 * JMH calls no tear-down method after a failure. Thread-safe.
 */
public final class Cleanup {

  private final Deque<Closeable> open = new ArrayDeque<>();

  /** Without resources. */
  public Cleanup() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::run, "hotdeal-jmh-cleanup"));
  }

  /** Adds a resource, which is closed before those that were added earlier. */
  public synchronized void add(Closeable resource) {
    open.push(resource);
  }

  /** A new temporary directory, deleted with its content. */
  Path newDirectory() throws IOException {
    Path directory = Files.createTempDirectory("hotdeal-jmh-");
    add(() -> Files.walkFileTree(directory, new Deletion()));
    return directory;
  }

  /** Closes everything that is open. */
  public synchronized void run() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
