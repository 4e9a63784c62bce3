package io.hotdeal.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The architecture:")
class ArchitectureTest {

  private static final int MAX_CONSTRUCTOR_PARAMETERS = 5;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.hotdeal");

  @Test
  @DisplayName("the internal packages are free of cycles")
  void cycles() {
    slices().matching("io.hotdeal.internal.(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching("io.hotdeal.oracle.internal.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  @DisplayName("internal packages are used only by the public package that they belong to")
  void internals() {
    noClasses()
        .that(not(resideInAnyPackage("io.hotdeal", "io.hotdeal.internal..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.hotdeal.internal..")
        .check(CLASSES);
    noClasses()
        .that(not(resideInAPackage("io.hotdeal.oracle..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.hotdeal.oracle.internal..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("the internal packages of hotdeal-oracle do not use its public package")
  void tables() {
    noClasses()
        .that()
        .resideInAPackage("io.hotdeal.oracle.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.hotdeal.oracle")
        .check(CLASSES);
  }

  @Test
  @DisplayName("the SPI does not use HotDeal, its builder, its resolvers or the internal packages")
  void spi() {
    noClasses()
        .that()
        .resideInAPackage("io.hotdeal.spi")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("io\\.hotdeal\\.(HotDeal|HotDealBuilder|Resolver|Reconciler|internal.*)")
        .check(CLASSES);
  }

  @Test
  @DisplayName("the JDBC package uses only the JDK, SLF4J, JSpecify and exceptions")
  void jdbc() {
    DescribedPredicate<JavaClass> allowed =
        resideInAnyPackage("java..", "javax.sql..", "org.slf4j..", "org.jspecify..")
            .or(resideInAPackage("io.hotdeal.oracle.internal.jdbc"))
            .or(
                DescribedPredicate.describe(
                    "exceptions", it -> it.isAssignableTo(Throwable.class)));
    classes()
        .that()
        .resideInAPackage("io.hotdeal.oracle.internal.jdbc")
        .should()
        .onlyDependOnClassesThat(allowed)
        .check(CLASSES);
  }

  @Test
  @DisplayName("the adapters do not use each other, and the API uses no adapter")
  void adapters() {
    noClasses()
        .that()
        .resideInAPackage("io.hotdeal.oracle..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.hotdeal.redis..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("io.hotdeal.redis..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.hotdeal.oracle..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.hotdeal", "io.hotdeal.spi", "io.hotdeal.memory", "io.hotdeal.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.hotdeal.oracle..", "io.hotdeal.redis..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("no internal constructor has more than five parameters")
  void constructorParameters() {
    constructors()
        .that()
        .areDeclaredInClassesThat(
            resideInAnyPackage(
                "io.hotdeal.internal..",
                "io.hotdeal.oracle.internal..",
                "io.hotdeal.memory",
                "io.hotdeal.redis"))
        .and()
        .areDeclaredInClassesThat(not(ofRows()))
        .should(takeAtMostFive())
        .check(CLASSES);
  }

  /** A row may have as many parameters as its table has columns. */
  private static DescribedPredicate<JavaClass> ofRows() {
    return DescribedPredicate.describe("rows", it -> it.getSimpleName().endsWith("Row"));
  }

  private static ArchCondition<JavaConstructor> takeAtMostFive() {
    return new ArchCondition<>("take at most " + MAX_CONSTRUCTOR_PARAMETERS + " parameters") {
      @Override
      public void check(JavaConstructor constructor, ConditionEvents events) {
        int count = constructor.getRawParameterTypes().size();
        if (count > MAX_CONSTRUCTOR_PARAMETERS) {
          events.add(
              SimpleConditionEvent.violated(
                  constructor, constructor.getFullName() + " takes " + count));
        }
      }
    };
  }

  @Test
  @DisplayName("every top-level class has a unique simple name, including those of the demo")
  void uniqueNames() {
    Map<String, List<String>> names =
        CLASSES.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(it -> !it.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    assertThat(names).hasSizeGreaterThan(100);
    assertThat(names.values()).allSatisfy(it -> assertThat(it).hasSize(1));
  }
}
