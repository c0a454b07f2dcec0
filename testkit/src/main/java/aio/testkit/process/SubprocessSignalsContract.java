package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.process.ProcessGoneException;
import aio.process.ProcessSignal;
import aio.testkit.Asyncio;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Signals to children, and their return codes: C269. */
@Asyncio("protocol#SubprocessTransport.send_signal")
public abstract class SubprocessSignalsContract extends SubprocessBase {
    private static final int TERM = 15;
    private static final int KILL = 9;

    @Test
    void c269_signalToAChildThatJustEnds_neverMakesAnUnknownCode() {
        Set<OptionalInt> codes = new HashSet<>();
        for (int round = 0; round < 20; round++) {
            RecordingSubprocessProtocol child = exec("true");
            try {
                child.transport().terminate();
            } catch (ProcessGoneException e) {
                assertThat(e).hasMessageContaining("return code 0");
            }
            runUntilOver(child);
            codes.add(child.transport().getReturncode());
        }

        assertThat(codes).isSubsetOf(OptionalInt.of(0), OptionalInt.of(-TERM));
    }

    @Test
    @Asyncio("protocol#SubprocessTransport.terminate")
    void terminate_isMinusFifteen_killIsMinusNine() {
        RecordingSubprocessProtocol terminated = exec("sleep", "30");
        RecordingSubprocessProtocol killed = exec("sleep", "30");

        terminated.transport().terminate();
        killed.transport().kill();
        runUntilOver(terminated);
        runUntilOver(killed);

        assertThat(terminated.transport().getReturncode()).hasValue(-TERM);
        assertThat(killed.transport().getReturncode()).hasValue(-KILL);
    }

    @Test
    @Asyncio("protocol#SubprocessTransport.terminate")
    void terminate_lastWordsOfTheChild_areHeard() {
        RecordingSubprocessProtocol child = readyShell("trap 'echo bye; exit 4' TERM; echo ready; read line");

        child.transport().terminate();
        runUntilOver(child);

        assertThat(child.text(1)).isEqualTo("ready\nbye\n");
        assertThat(child.transport().getReturncode()).hasValue(4);
    }

    @Test
    void sendSignal_otherSignals_areSentInOrder() {
        RecordingSubprocessProtocol child =
                readyShell("trap 'echo hangup' HUP; trap 'echo term; exit 4' TERM; echo ready;"
                        + " while :; do read line || sleep 0.05; done");

        child.transport().sendSignal(ProcessSignal.HUP);
        runUntil(loop, "the trap", () -> child.text(1).contains("hangup\n"));
        child.transport().sendSignal(ProcessSignal.HUP);
        child.transport().terminate();
        runUntilOver(child);

        assertThat(child.text(1)).startsWith("ready\nhangup\n").endsWith("term\n");
        assertThat(child.transport().getReturncode()).hasValue(4);
    }

    @Test
    void sendSignal_thatDoesNotExist_isRefused() {
        RecordingSubprocessProtocol child = exec("sleep", "30");

        assertThatThrownBy(() -> child.transport().sendSignal(new ProcessSignal("NONSENSE")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SIGNONSENSE");
        assertThatThrownBy(() -> child.transport().sendSignal(null)).isInstanceOf(NullPointerException.class);
        assertThat(child.transport().getReturncode()).isEmpty();
    }

    @Test
    void sendSignal_ofARealtimeSignal_isToldByItsNumber() {
        RecordingSubprocessProtocol child = exec("sleep", "30");

        child.transport().sendSignal(new ProcessSignal("RTMIN+1"));
        runUntilOver(child);

        assertThat(child.transport().getReturncode()).hasValue(-35);
    }

    @Test
    @Asyncio("protocol#SubprocessTransport.kill")
    void kill_ofAStoppedChild_overtakes() {
        RecordingSubprocessProtocol child = exec("sleep", "30");

        child.transport().sendSignal(ProcessSignal.STOP);
        child.transport().kill();
        runUntilOver(child);

        assertThat(child.transport().getReturncode()).hasValue(-KILL);
    }
}
