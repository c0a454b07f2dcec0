package aio.proof.leaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import aio.EventLoops;
import aio.testkit.Await;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** That a test which leaves something behind fails, and that its message says what and where. */
@Timeout(60)
class LeaksTest {
    /** Of these nobody can know where they were made. */
    private static final Set<String> UNKNOWN = Set.of("foreignChild", "otherLoop", "policy", "running");

    @AfterEach
    void endThreads() {
        Planted.end.countDown();
        Planted.end = new CountDownLatch(1);
    }

    private static Events run(String test) {
        String parameters = switch (test) {
            case "foreignChild", "thread", "otherLoop", "policy" -> "";
            default -> "aio.loop.EventLoop";
        };
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Planted.class.getName(), test, parameters)).execute().testEvents();
    }

    private static String failureOf(String test) {
        Events events = run(test);
        assertThat(events.finished().count()).as("tests that ran").isEqualTo(1);
        Optional<String> failure = events.failed().stream().findFirst()
                .flatMap(event -> event.getPayload(TestExecutionResult.class))
                .flatMap(TestExecutionResult::getThrowable).map(Throwable::getMessage);
        return failure.orElse("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connection         | left 2 things behind      | a connection: <StreamTransport
            server             | left something behind     | a server: <Server 127.0.0.1:
            datagram           | left something behind     | a datagram: <DatagramTransport
            pipe               | left something behind     | a pipe: <ReadPipeTransport
            watch              | left something behind     | a watch: <reader of
            timer              | left something behind     | a timer: <TimerHandle when=
            sleep              | left something behind     | a timer: <TimerHandle when=
            task               | left something behind     | a task: <Task "endless" pending
            child              | left 2 things behind      | a child: process
            foreignChild       | left something behind     | a child process:
            thread             | left something behind     | a thread: "left by a test" (WAITING)
            unretrieved        | left something behind     | IllegalStateException: nobody looks
            told               | left something behind     | only the exception handler was told: Exception in callback
            otherLoop          | left 2 things behind      | an open loop: "loop-
            policy             | left something behind     | another process-wide policy, aio.proof.leaks.Planted$Other
            running            | left something behind     | running on thread "runs the loop"
            work               | left 2 things behind      | a work: <Future pending
            """)
    void whatIsLeft_isNamed_withWhereItWasMade(String test, String count, String what) {
        String failure = failureOf(test);
        assertThat(failure).startsWith("test \"" + test + "(").contains(count).contains(what)
                .contains("expected nothing: end it in the test, or in an @AfterEach method");
        if (!UNKNOWN.contains(test)) {
            assertThat(failure).containsPattern("\n      at aio\\.proof\\.leaks\\.Planted\\.[a-zA-Z$0-9]*(" + test
                    + "|serve)[a-zA-Z$0-9]*\\(Planted.java:\\d+\\)");
        }
    }

    @Test
    void aChildOfTheProcess_isKilled_andItsCommandTold() {
        assertThat(failureOf("foreignChild")).contains("sleep 601");
        Await.until("it is dead", () -> ProcessHandle.current().children().filter(ProcessHandle::isAlive)
                .noneMatch(child -> child.info().commandLine().orElse("").contains("sleep 60")));
    }

    @Test
    void outsideOfDebugMode_theClassIsTold() {
        assertThat(failureOf("outsideOfDebugMode")).contains("of aio.proof.leaks.Planted$$Lambda")
                .contains("made outside of debug mode, so it is not known where").doesNotContain("\n      at ");
    }

    @Test
    void aTestThatFailsByItself_keepsItsFailure() {
        assertThat(failureOf("failsByItself")).isEqualTo("its own failure");
    }

    @Test
    void whatCloses_isGivenItsMoment() {
        assertThat(failureOf("closing")).isEmpty();
    }

    @Test
    void aPolicyThatWasLeft_isTakenBack() {
        failureOf("policy");
        assertThat(EventLoops.getEventLoopPolicy().getClass().getName()).doesNotContain("Planted");
    }
}
