package aio.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.transport.Ending.Life;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user is told of the end once, whatever comes together. */
@Timeout(10)
class EndingTest {
    private final Queue<Runnable> scheduled = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private final IOException cause = new IOException("planted");
    private @Nullable RuntimeException failure;
    private final Ending ending = new Ending(scheduled::add, new Ending.Mortal() {
        @Override
        public void tellLost(@Nullable Throwable reason) {
            calls.add("lost " + reason);
            ending().loseNow(null); // as a protocol that aborts in connectionLost
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void over() {
            calls.add("over");
        }
    });

    private Ending ending() {
        return ending;
    }

    private void turn() {
        while (!scheduled.isEmpty()) {
            scheduled.remove().run();
        }
    }

    @Test
    void aLoss_isToldInTheNextTurn_once() {
        assertThat(ending.lose(cause)).isTrue();
        assertThat(ending.lose(null)).isFalse();
        assertThat(ending.is(Life.LOST)).isTrue();
        assertThat(calls).isEmpty();
        turn();
        assertThat(calls).containsExactly("lost " + cause, "over");
        assertThat(ending.is(Life.OVER)).isTrue();
    }

    @Test
    void aLossThatIsToldAtOnce_takesThePlaceOfTheOneThatIsScheduled() {
        ending.lose(null);
        ending.loseNow(cause);
        assertThat(calls).containsExactly("lost " + cause, "over");
        turn();
        assertThat(calls).hasSize(2);
    }

    @Test
    void aUserThatFails_doesNotKeepTheTransport() {
        failure = new IllegalStateException("planted");
        ending.lose(null);
        assertThatThrownBy(this::turn).isSameAs(failure);
        assertThat(calls).containsExactly("lost null", "over");
        assertThat(ending.lose(null)).isFalse();
    }

    @Test
    void aClosedTransport_stillSends_andABrokenOneStillReceives() {
        assertThat(ending.close()).isTrue();
        assertThat(ending.close()).isFalse();
        assertThat(ending.sends()).isTrue();
        assertThat(ending.receives()).isFalse();
        assertThat(ending.hasBegun()).isTrue();

        Ending broken = new Ending(scheduled::add, reason -> { });
        broken.breaks();
        assertThat(broken.sends()).isFalse();
        assertThat(broken.receives()).isTrue();
        assertThat(broken.close()).as("closing").isFalse();
    }
}
