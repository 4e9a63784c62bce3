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

@DisplayName("The database's clock")
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
  @DisplayName("is told of by name and figure where the process is off, once per change")
  void warns() throws SQLException {
    skewMillis.set(300_000);
    look();
    nanos.addAndGet(Duration.ofSeconds(5).toNanos()); // slept meanwhile, so it looks again
    look();
    assertThat(watched.statements).hasValue(2);
    assertThat(warnings)
        .singleElement()
        .asString()
        .matches(
            "the clock of this process is (29|30)\\d\\.\\d s ahead of the order log's database;"
                + " windows and holds go by the database's clock");
    skewMillis.set(-7_000);
    look();
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(1)).contains(" s behind the order log's database");
    skewMillis.set(0);
    look();
    assertThat(warnings).hasSize(2);
    skewMillis.set(-7_000);
    look();
    assertThat(warnings).as("off again").hasSize(3);
  }

  @Test
  @DisplayName("is not told of where the process is right, or off by less than two seconds")
  void quiet() throws SQLException {
    look();
    skewMillis.set(1_500);
    look();
    assertThat(warnings).isEmpty();
    assertThat(Duration.between(clock.now(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  @DisplayName(
      "is read once, then only where a sweep wants it and the last reading is a second old")
  void seldom() throws SQLException {
    look();
    clock.expire();
    look();
    assertThat(watched.statements).hasValue(1);
    later();
    look();
    assertThat(watched.statements).as("no sweep").hasValue(1);
    clock.expire();
    look();
    look();
    assertThat(watched.statements).hasValue(2);
  }

  @Test
  @DisplayName("is read again at once where the clock of the process was set meanwhile")
  void wasSet() throws SQLException {
    look();
    skewMillis.set(300_000);
    look();
    assertThat(watched.statements).hasValue(2);
    assertThat(clock.now()).isBefore(Instant.now().plusSeconds(60));
  }

  /** Time goes on, for both clocks of the process. */
  private void later() {
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    skewMillis.addAndGet(5_000);
  }

  private void look() throws SQLException {
    try (Connection connection = watched.dataSource().getConnection()) {
      clock.read(connection);
    }
  }
}
