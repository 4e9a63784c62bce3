package io.hotdeal.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Introspects the classes of a module, as a container does with its beans, while a library that is
 * optional for the module's users is missing.
 */
public final class WithoutLibrary {

  private WithoutLibrary() {}

  /**
   * Finds the public classes that cannot be introspected without the classes of a library.
   *
   * @param module any class of the module
   * @param missing how the names of the library's classes begin, such as {@code redis.clients.}
   * @return the simple names of the classes
   */
  public static Set<String> unusable(Class<?> module, String missing) {
    Path root = rootOf(module);
    try (Loader loader = new Loader(missing);
        Stream<Path> files = Files.walk(root)) {
      Set<String> unusable = new TreeSet<>();
      files
          .filter(file -> file.toString().endsWith(".class"))
          .map(file -> nameOf(root.relativize(file)))
          .filter(name -> !name.endsWith("-info"))
          .filter(name -> !introspects(loader, name))
          .map(name -> name.substring(name.lastIndexOf('.') + 1))
          .forEach(unusable::add);
      return unusable;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean introspects(ClassLoader loader, String name) {
    try {
      Class<?> type = Class.forName(name, false, loader);
      return !Modifier.isPublic(type.getModifiers()) || !signatures(type).isEmpty();
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      return false;
    }
  }

  private static List<String> signatures(Class<?> type) {
    List<String> signatures = new ArrayList<>();
    signatures.add(type.toGenericString());
    Stream.of(
            type.getDeclaredConstructors(),
            type.getDeclaredMethods(),
            type.getMethods(),
            type.getDeclaredFields(),
            type.getDeclaredClasses())
        .flatMap(Arrays::stream)
        .map(Object::toString)
        .forEach(signatures::add);
    return signatures;
  }

  private static Path rootOf(Class<?> module) {
    try {
      return Path.of(module.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String nameOf(Path file) {
    String path = file.toString();
    return path.substring(0, path.length() - ".class".length())
        .replace(file.getFileSystem().getSeparator(), ".");
  }

  /** Loads the class path of the tests again, except the missing library. */
  private static final class Loader extends URLClassLoader {

    private final String missing;

    Loader(String missing) {
      super(classPath(), ClassLoader.getPlatformClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(missing)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }

    private static URL[] classPath() {
      return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Loader::url)
          .toArray(URL[]::new);
    }

    private static URL url(String entry) {
      try {
        return Path.of(entry).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
