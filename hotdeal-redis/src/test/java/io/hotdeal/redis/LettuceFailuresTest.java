package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A connection that is refused, as a cluster client sees it when it follows a redirection. */
@DisplayName("A connection that is refused while Lettuce carries out a command")
class LettuceFailuresTest {

  @Test
  @DisplayName("proves that nothing happened if the client sends each command once")
  void once() {
    expect(DisconnectedBehavior.REJECT_COMMANDS, false, NothingHappenedException.class);
  }

  @Test
  @DisplayName("proves nothing if the client repeats commands: an earlier attempt may have worked")
  void repeated() {
    expect(DisconnectedBehavior.ACCEPT_COMMANDS, true, OutcomeUnknownException.class);
  }

  private static void expect(
      DisconnectedBehavior behavior,
      boolean autoReconnect,
      Class<? extends HotDealException> expected) {
    ClientOptions options =
        ClientOptions.builder().disconnectedBehavior(behavior).autoReconnect(autoReconnect).build();
    LettuceScriptRunner runner = new LettuceScriptRunner(new Refused(options));
    assertThatThrownBy(() -> runner.evalsha("sha", List.of("{a}"), List.of()))
        .isInstanceOf(expected);
  }

  /** The commands of a connection whose every call ends with a refused connection. */
  private record Refused(ClientOptions options) implements LettuceConnectionSource {

    @Override
    public LettuceConnection connection() {
      return new LettuceConnection(
          proxy(StatefulConnection.class, () -> Duration.ofSeconds(1)),
          proxy(
              RedisScriptingAsyncCommands.class,
              () -> {
                throw new RedisException(new ConnectException("refused"));
              }));
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<? super T> type, Supplier<Object> answer) {
      return (T)
          Proxy.newProxyInstance(
              type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> answer.get());
    }

    @Override
    public void failed(LettuceConnection connection) {}
  }
}
