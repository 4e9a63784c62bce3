package io.hotdeal.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary directories of ended JVMs. Directory names carry the process id and the start time
 * of their JVM, so that a later one can find and delete them.
 */
final class StaleDirectories {

  private static final Logger LOG = LoggerFactory.getLogger(StaleDirectories.class);
  private static final Pattern NAME = Pattern.compile("hotdeal-demo-([0-9]{1,18})-([0-9]+)-.*");

  private StaleDirectories() {}

  /** The start of the names of this JVM's directories. */
  static String prefix() {
    return "hotdeal-demo-" + ProcessHandle.current().pid() + "-" + start() + "-";
  }

  /** Deletes the directories of JVMs that have ended, except those that cannot be deleted. */
  static void delete() {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, "hotdeal-demo-*")) {
      for (Path each : found) {
        if (isStale(each.getFileName().toString())) {
          tryToDelete(each);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("cannot list {}", parent, e);
    }
  }

  private static void tryToDelete(Path directory) {
    try {
      delete(directory);
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} stays", directory, e);
    }
  }

  /** Deletes a directory and everything in it. */
  static void delete(Path directory) throws IOException {
    for (Path file : filesOf(directory)) {
      Files.deleteIfExists(file);
    }
  }

  static boolean isStale(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return false;
    }
    long pid = Long.parseLong(parts.group(1));
    return pid == ProcessHandle.current().pid()
        ? !parts.group(2).equals(start()) // in containers JVMs often have the same id
        : ProcessHandle.of(pid).isEmpty();
  }

  private static String start() {
    return Long.toString(ManagementFactory.getRuntimeMXBean().getStartTime());
  }

  private static List<Path> filesOf(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
