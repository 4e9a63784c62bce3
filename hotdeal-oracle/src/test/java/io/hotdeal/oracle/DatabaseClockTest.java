package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.oracle.internal.jdbc.DatabaseClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DatabaseClock")
class DatabaseClockTest {

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong skewMillis = new AtomicLong();
  private final List<String> warnings = new ArrayList<>();
  private final Watched watched = new Watched(Database.H2.pool(), Connection::commit);
  private final DatabaseClock clock =
      new DatabaseClock(
          "order log",
          () -> Instant.now().plusMillis(skewMillis.get()),
          () -> System.nanoTime() + nanos.get(),
          warnings::add);

  @Test
  @DisplayName(
      "warns once per change when the process's clock is ahead of or behind the database's")
  void warns() throws SQLException {
    skewMillis.set(300_000);
    readClock();
    nanos.addAndGet(Duration.ofSeconds(5).toNanos()); // the clocks disagree: read again
    readClock();
    assertThat(watched.statements).hasValue(2);
    assertThat(warnings)
        .singleElement()
        .asString()
        .matches(
            "the clock of this process is (29|30)\\d\\.\\d s ahead of the order log's database;"
                + " windows and holds go by the database's clock");
    skewMillis.set(-7_000);
    readClock();
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(1)).contains(" s behind the order log's database");
    skewMillis.set(0);
    readClock();
    assertThat(warnings).hasSize(2);
    skewMillis.set(-7_000);
    readClock();
    assertThat(warnings).as("skewed again after it was right").hasSize(3);
  }

  @Test
  @DisplayName("does not warn when the process's clock is right or off by less than two seconds")
  void quiet() throws SQLException {
    readClock();
    skewMillis.set(1_500);
    readClock();
    assertThat(warnings).isEmpty();
    assertThat(Duration.between(clock.now(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  @DisplayName(
      "reads the database's time again only if a sweep asks and the last reading is not recent")
  void seldom() throws SQLException {
    readClock();
    clock.expire();
    readClock();
    assertThat(watched.statements).hasValue(1);
    advanceBothClocks();
    readClock();
    assertThat(watched.statements).as("statements before a sweep").hasValue(1);
    clock.expire();
    readClock();
    readClock();
    assertThat(watched.statements).hasValue(2);
  }

  @Test
  @DisplayName("reads the database's time again after the process's clock was set")
  void wasSet() throws SQLException {
    readClock();
    skewMillis.set(300_000);
    readClock();
    assertThat(watched.statements).hasValue(2);
    assertThat(clock.now()).isBefore(Instant.now().plusSeconds(60));
  }

  /** Advances both clocks of the process by five seconds. */
  private void advanceBothClocks() {
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    skewMillis.addAndGet(5_000);
  }

  private void readClock() throws SQLException {
    try (Connection connection = watched.dataSource().getConnection()) {
      clock.read(connection);
    }
  }
}
