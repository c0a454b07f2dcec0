package aio.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.transport.WriteTransport.WriteBufferLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A writer is paused above the high mark, and resumed at the low one. */
@Timeout(10)
class FlowControlTest {
    private final List<String> calls = new ArrayList<>();
    private final FlowControl flow = new FlowControl(new FlowControl.Writing() {
        @Override
        public void pauseWriter() {
            calls.add("pause");
        }

        @Override
        public void resumeWriter() {
            calls.add("resume");
        }
    });

    @Test
    void marksOfAsyncio_holdUntilOthersAreSet() {
        flow.grown(64 * 1024);
        assertThat(calls).isEmpty();
        flow.grown(64 * 1024 + 1);
        flow.grown(1 << 20);
        assertThat(calls).containsExactly("pause");
        flow.shrunk(16 * 1024 + 1);
        assertThat(calls).hasSize(1);
        flow.shrunk(16 * 1024);
        flow.shrunk(0);
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void impossibleMarks_areRefused_andChangeNothing() {
        flow.setLimits(1, 2);
        assertThatThrownBy(() -> flow.setLimits(3, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("high 2 and low 3");
        assertThatThrownBy(() -> flow.setLimits(-1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThat(flow.limits()).isEqualTo(new WriteBufferLimits(1, 2));
    }

    @Test
    void aThreadThatMakesRoom_learnsWhetherTheWriterWaits() {
        flow.setLimits(1, 2);
        assertThat(flow.awaits(0)).isFalse();
        flow.grown(3);
        assertThat(flow.awaits(2)).isFalse();
        assertThat(flow.awaits(1)).isTrue();
        flow.shrunk(1);
        assertThat(flow.awaits(0)).isFalse();
    }
}
