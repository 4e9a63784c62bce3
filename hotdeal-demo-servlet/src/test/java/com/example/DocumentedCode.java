package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Code of the documentation, and the same code as it is compiled here; without a package line. */
final class DocumentedCode {

  private static final Pattern BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

  private DocumentedCode() {}

  /** The first block of Java in a page, given by its path from the project's root. */
  static String shownIn(String page) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", page)));
    if (!block.find()) {
      throw new IllegalStateException("no Java in " + page);
    }
    return withoutPackage(block.group(1));
  }

  static String compiled(String file) throws IOException {
    return withoutPackage(Files.readString(Path.of("src/test/java/com/example", file)));
  }

  private static String withoutPackage(String code) {
    return code.replaceFirst("package com\\.example;\\R\\R", "").strip();
  }
}
