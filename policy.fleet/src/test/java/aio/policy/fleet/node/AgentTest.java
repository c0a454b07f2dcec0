package aio.policy.fleet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.fleet.rollout.Answer;
import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Order;
import aio.policy.fleet.rollout.Wave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node, step by step: what it does, and what it knows after a crash at the worst moment. */
class AgentTest {
    @TempDir
    private Path folder;

    private final FakeEngine engine = new FakeEngine("default", "old", "new", "bad");
    private final AtomicBoolean starting = new AtomicBoolean();
    private MemoryFile file;
    private Agent agent;

    @BeforeEach
    void start() throws IOException {
        file = new MemoryFile(folder.resolve("memory"));
        agent = new Agent("n1", engine, file, most -> starting.get());
    }

    private static Order order(long number, String policy) {
        return new Order("x", number, policy, "anna", Optional.empty());
    }

    private static Order trial(long number, String policy) {
        return new Order("x", number, policy, "anna", Optional.of(new Decision(policy, Wave.ONE_FOR_ALL,
                Duration.ofSeconds(1), Optional.empty(), Optional.empty(), false, Duration.ofSeconds(1), "anna",
                Instant.EPOCH)));
    }

    private void restart() throws IOException {
        agent = new Agent("n1", engine, file, most -> starting.get());
    }

    private void assertReport(long number, Answer answer, String policy) {
        assertThat(agent.report().order()).isEqualTo(number);
        assertThat(agent.report().answer()).isEqualTo(answer);
        assertThat(agent.report().policy()).isEqualTo(policy);
    }

    @Test
    void anOrder_isDoneOnce_andAnOlderOneNever() throws Exception {
        agent.step(order(2, "new"));
        agent.step(order(2, "new"));
        agent.step(order(1, "old"));
        restart();
        agent.step(order(2, "new"));
        assertThat(engine.pins).containsExactly("new");
        assertReport(2, Answer.DONE, "new");
    }

    @Test
    void aCrashBetweenPinAndMemory_isNoLocalPin_andPinsTheSameAgain() throws Exception {
        agent.step(order(1, "old"));
        Memory before = file.read();
        file.write(before.intending("new"));
        engine.operatorPins("new"); // by the fleet, before the crash
        restart();
        agent.step(order(2, "new"));
        assertThat(agent.report().localPin()).isEmpty();
        assertReport(2, Answer.DONE, "new");
    }

    @Test
    void aTrialThatTheProcessDoesNotSurvive_isDoneAgain() throws Exception {
        engine.trying = true;
        agent.step(trial(1, "new"));
        assertReport(1, Answer.WATCHED, "new");
        engine.operatorPins(""); // a trial is not stored
        restart();
        assertReport(0, Answer.NONE, "default");
        agent.step(trial(1, "new"));
        engine.trying = false;
        agent.step(trial(1, "new"));
        assertReport(1, Answer.DONE, "new");
        assertThat(engine.orders).containsExactly(1L, 1L);
    }

    @Test
    void whatTheGuardHasTakenBack_isNotTriedAgain_alsoAfterARestart() throws Exception {
        agent.step(order(1, "old"));
        engine.bad.add("bad");
        agent.step(trial(2, "bad"));
        restart();
        agent.step(trial(2, "bad"));
        assertThat(engine.orders).containsExactly(1L, 2L);
        assertReport(2, Answer.ROLLED_BACK, "old");
        assertThat(agent.report().why()).contains("bundle.of.bad");
    }

    @Test
    void aLocalPinInATrial_wins() throws Exception {
        engine.trying = true;
        agent.step(trial(1, "new"));
        engine.operatorPins("old");
        engine.trying = false; // the guard's trial has ended with the choice of the operator
        agent.step(trial(1, "new"));
        agent.step(trial(1, "new"));
        assertThat(agent.report().localPin()).contains("old");
        assertThat(engine.pinned()).contains("old");
        engine.operatorPins("");
        agent.step(trial(1, "new"));
        assertThat(engine.pinned()).as("given back").contains("new");
    }

    @Test
    void aPinFromBeforeTheFleet_isAnOperators() throws Exception {
        engine.operatorPins("old");
        agent.step(order(1, "new"));
        assertThat(agent.report().localPin()).contains("old");
        assertThat(engine.pins).isEmpty();
        engine.operatorPins("");
        agent.step(order(1, "new"));
        assertReport(1, Answer.DONE, "new");
    }

    @Test
    void anotherFleet_beginsToCountAnew_withWhatTheLastOneHasPinned() throws Exception {
        agent.step(order(9, "old"));
        agent.step(new Order("y", 1, "new", "berta", Optional.empty()));
        assertThat(agent.report().localPin()).isEmpty();
        assertReport(1, Answer.DONE, "new");
    }

    @Test
    void aFleetThatIsMadeAnewInATrial_countsAnew_andTheTrialIsNoOperatorsPin() throws Exception {
        engine.trying = true;
        agent.step(trial(9, "new"));
        agent.step(new Order("y", 0, "", "nobody", Optional.empty()));
        assertThat(agent.report().localPin()).isEmpty();
        engine.trying = false;
        agent.step(new Order("y", 1, "old", "berta", Optional.empty()));
        assertReport(1, Answer.DONE, "old");
    }

    @Test
    void aNodeThatHasLostItsMemory_goesOn_ifItIsWhereAllAre() throws Exception {
        agent.step(order(7, "new"));
        Files.delete(folder.resolve("memory"));
        restart();
        agent.step(order(7, "new"));
        assertThat(agent.report().localPin()).isEmpty();
        agent.step(order(8, "old"));
        assertReport(8, Answer.DONE, "old");
    }

    @Test
    void goingBackToAPolicyThatIsGone_isRefused_andDoneWhenItComes() throws Exception {
        agent.step(order(1, "old"));
        engine.trying = true;
        agent.step(trial(2, "new"));
        engine.present.remove("old");
        agent.step(order(3, "old"));
        agent.step(order(3, "old"));
        assertThat(agent.report().localPin()).as("the fleet has pinned it").isEmpty();
        assertReport(3, Answer.REFUSED, "new");
        engine.present.add("old");
        agent.step(order(3, "old"));
        assertReport(3, Answer.DONE, "old");
    }

    @Test
    void aPolicyThatIsGoneWhenALocalPinEnds_keepsNoReportBack() throws Exception {
        agent.step(order(1, "new"));
        engine.operatorPins("old");
        agent.step(order(1, "new"));
        engine.present.remove("new");
        engine.refuses = true;
        engine.operatorPins("");
        agent.step(order(1, "new"));
        assertThat(agent.report().why()).isEqualTo("'new' is not there");
    }

    @Test
    void aPolicyThatIsNotThereYet_isWaitedForAfterAStart_andRefusedAfterThat() throws Exception {
        engine.present.remove("new");
        starting.set(true);
        agent.step(trial(1, "new"));
        assertReport(0, Answer.NONE, "default");
        assertThat(agent.report().why())
                .isEqualTo("node 'n1' has just started, and waits a little: 'new' is not there");
        starting.set(false);
        agent.step(trial(1, "new"));
        assertReport(1, Answer.REFUSED, "default");
        assertThat(agent.early()).isEmpty();
        engine.present.remove("old");
        agent.step(trial(2, "old"));
        assertReport(2, Answer.REFUSED, "default");
    }

    @Test
    void aVerdictThatCannotBeWritten_isKnown_andTold_andWrittenLater() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        file = new MemoryFile(disk.resolve("memory"));
        restart();
        agent.step(order(1, "old"));
        engine.trying = true;
        agent.step(trial(2, "bad"));
        engine.bad.add("bad");
        Path aside = Files.move(disk, folder.resolve("aside"));
        Files.createFile(disk);
        assertThatThrownBy(() -> agent.step(trial(2, "bad"))).isInstanceOf(IOException.class);
        assertReport(2, Answer.ROLLED_BACK, "old");
        assertThatThrownBy(() -> agent.step(trial(2, "bad"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> agent.step(order(3, "new"))).isInstanceOf(IOException.class);
        assertReport(2, Answer.ROLLED_BACK, "old");
        assertThat(engine.pins).as("nothing is pinned that would be forgotten").containsExactly("old", "bad");
        Files.delete(disk);
        Files.move(aside, disk);
        agent.step(trial(2, "bad"));
        assertThat(engine.orders).as("not tried again").containsExactly(1L, 2L);
        restart();
        assertThat(agent.report().answer()).isEqualTo(Answer.ROLLED_BACK);
        assertThat(agent.report().why()).contains("bundle.of.bad");
    }

    @Test
    void anOrderThatCannotBeWritten_inATrial_isTakenUpLater() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        file = new MemoryFile(disk.resolve("memory"));
        restart();
        engine.trying = true;
        agent.step(trial(1, "new"));
        Path aside = Files.move(disk, folder.resolve("aside"));
        Files.createFile(disk);
        assertThatThrownBy(() -> agent.step(order(2, "old"))).isInstanceOf(IOException.class);
        assertReport(1, Answer.WATCHED, "new");
        assertThat(agent.report().localPin()).isEmpty();
        Files.delete(disk);
        Files.move(aside, disk);
        agent.step(order(2, "old"));
        engine.trying = false;
        agent.step(order(2, "old"));
        assertReport(2, Answer.DONE, "old");
    }

    @Test
    void aMemoryThatIsBroken_isNone() throws Exception {
        Files.write(folder.resolve("memory"), new byte[] {'w', 'h', 'y', '=', (byte) 0xff});
        assertThat(file.read()).isEqualTo(Memory.none());
        Files.writeString(folder.resolve("memory"), "number=many\n");
        assertThat(file.read()).isEqualTo(Memory.none());
    }

    @Test
    void aPolicyThatGoesAway_isToldWithTheReason() throws Exception {
        agent.step(order(1, "new"));
        engine.present.remove("new");
        assertReport(1, Answer.DONE, "default");
        assertThat(agent.report().why()).isEqualTo("'new' is not there");
    }
}
