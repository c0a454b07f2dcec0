package aio.proof.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Each planted fault fails in the case that names it, and nothing else is wrong with the planted driver. */
@Timeout(300)
class FaultsTest {
    private static final String PATIENCE = "aio.testkit.patience.millis";
    private static final Path PAGE = Path.of("..", "docs", "testkit.md");

    /** A driver that forgets something is waited for; a sound one needs far less. */
    @BeforeAll
    static void beImpatient() {
        System.setProperty(PATIENCE, "2000");
    }

    @AfterAll
    static void bePatient() {
        System.clearProperty(PATIENCE);
        PlantedSuite.fault = Fault.NONE;
    }

    private static Events run(Fault fault, Set<String> tests) {
        PlantedSuite.fault = fault;
        PostDiscoveryFilter chosen = test -> FilterResult.includedIf(isIn(tests, test));
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .selectors(selectClass(PlantedSuite.class)).filters(chosen).execute().testEvents();
    }

    private static boolean isIn(Set<String> tests, TestDescriptor test) {
        return test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast)
                .map(method -> tests.contains(method.getMethodName())).orElse(true);
    }

    private static List<String> failures(Events events) {
        return events.failed().stream()
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .map(failure -> String.valueOf(failure.getMessage())).collect(Collectors.toList());
    }

    @Test
    void aDriverWithoutFault_passesAllOfTheseCases() {
        Set<String> all = Arrays.stream(Fault.values()).map(Fault::test).collect(Collectors.toSet());
        Events events = run(Fault.NONE, all);
        assertThat(failures(events)).isEmpty();
        assertThat(events.succeeded().count()).isGreaterThanOrEqualTo(all.size() - 1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFault_failsInTheCaseThatNamesIt(Fault fault) {
        Events events = run(fault, Set.of(fault.test()));
        assertThat(events.started().count()).as("tests called %s", fault.test()).isPositive();
        List<String> failures = failures(events);
        assertThat(failures).as("failures of a driver that %s, in %s", fault.what(), fault.test()).isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).contains("Contract." + fault.test() + " is not kept"
                        + " (asyncio: not there, " + NotInAsyncio.ENGINE + ")"));
    }

    @Test
    void thePage_hasTheTable() throws IOException {
        List<String> table = new ArrayList<>(List.of("| a driver that … | fails in |", "|---|---|"));
        Arrays.stream(Fault.values()).filter(fault -> fault != Fault.NONE)
                .forEach(fault -> table.add("| " + fault.what() + " | `" + fault.test() + "` |"));
        assertThat(Files.readAllLines(PAGE)).as("docs/testkit.md has these lines:\n" + String.join("\n", table))
                .containsSubsequence(table);
    }
}
