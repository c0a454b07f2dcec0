package aio.policy.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.policy.console.usage.Command;
import aio.policy.console.LoopCommands;
import aio.policy.console.PolicyCommands;
import aio.policy.console.usage.Usage;
import aio.policy.console.words.PinWords;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each console command that changes something has an operation, and each option of it a way to be given. What changes
 * is what Karaf's access lists let only administrators do.
 */
@Timeout(60)
class CommandsTest {
    private static final Path FEATURES = Path.of(System.getProperty("basedir", "")).toAbsolutePath()
            .resolveSibling("dist/karaf/src/main/features/features.xml");
    private static final Pattern LIST =
            Pattern.compile("(?s)<config name=\"org\\.apache\\.karaf\\.command\\.acl\\.(\\w+)\">(.*?)</config>");
    private static final Pattern READING = Pattern.compile("(?m)^(\\w+) = .*viewer");
    private static final Set<String> SHOWN = Set.of("-h", "--help", "--json");

    /** The operation of an option that is one of its own. */
    private static final Map<String, String> OF_OPTION = Map.of(
            "policy:use --dry-run", "plan",
            "policy:rank --reset", "resetRank",
            "policy:confirm --reset", "resetConfirmation",
            "loop:connections --close", "closeConnection");

    /** What is given as an argument of the operation that the command has. */
    private static final Set<String> ARGUMENTS = Set.of("loop:drain --wait", "loop:drain -w");

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private static List<Usage> commands() {
        PolicyCommands policies = new PolicyCommands(EventLoops.policyAdmin(), EventLoops.policyDirectory());
        LoopCommands loops = new LoopCommands(EventLoops.policyAdmin(), EventLoops.loopDirectory());
        return Stream.concat(policies.commands().stream(), loops.commands().stream()).map(Command::usage).toList();
    }

    /** Returns what viewers may call, as {@code policy:list}. */
    private static Set<String> reading() throws IOException {
        Set<String> reading = new TreeSet<>();
        for (Matcher list = LIST.matcher(Files.readString(FEATURES)); list.find();) {
            for (Matcher line = READING.matcher(list.group(2)); line.find();) {
                reading.add(list.group(1) + ":" + line.group(1));
            }
        }
        return reading;
    }

    private Set<String> operations() throws Exception {
        Set<String> operations = new TreeSet<>();
        Beans beans = new Beans(EventLoops.policyDirectory(), EventLoops.policyAdmin(), EventLoops.loopDirectory());
        try {
            for (String type : List.of("Policies", "Loops")) {
                ObjectName name = Beans.name(type, null);
                for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                    operations.add((type.equals("Loops") ? "loop:" : "policy:") + operation.getName());
                }
            }
        } finally {
            beans.stop();
        }
        return operations;
    }

    /** Returns which commands and options no operation does. */
    private static List<String> missing(List<Usage> commands, Set<String> reading, Set<String> operations) {
        List<String> missing = new ArrayList<>();
        for (Usage usage : commands) {
            String command = usage.scope() + ":" + usage.name();
            boolean changes = !reading.contains(command);
            if (changes && !operations.contains(command)) {
                missing.add(command);
            }
            for (String option : usage.optionNames()) {
                String full = command + " " + option;
                String operation = OF_OPTION.get(full);
                boolean known = operation != null
                        ? operations.contains(usage.scope() + ":" + operation)
                        : !changes || SHOWN.contains(option) || ARGUMENTS.contains(full) || isRead(command, option);
                if (!known) {
                    missing.add(full);
                }
            }
        }
        return missing;
    }

    /** Tells whether the option is known to what reads the options of an operation. */
    private static boolean isRead(String command, String option) {
        try {
            if (command.equals("policy:use")) {
                PinWords.options(option + " x");
            } else if (command.equals("policy:auto")) {
                PinWords.scope(option + " x");
            } else {
                return false;
            }
            return true;
        } catch (IllegalArgumentException e) {
            return !e.getMessage().contains("has no option");
        }
    }

    @Test
    void eachCommandThatChanges_hasAnOperation_andEachOptionAWayToBeGiven() throws Exception {
        assertThat(reading()).contains("policy:list", "policy:why", "loop:top", "loop:connections")
                .doesNotContain("policy:use", "policy:auto", "policy:rank", "policy:confirm")
                .doesNotContain("loop:close", "loop:drain");
        assertThat(missing(commands(), reading(), operations())).isEmpty();
    }

    @Test
    void anOperationThatIsMissing_isFound() throws Exception {
        for (String each : List.of("policy:use", "policy:auto", "policy:rank", "policy:confirm", "loop:close",
                "loop:drain")) {
            Set<String> operations = operations();
            assertThat(operations.remove(each)).as(each).isTrue();
            assertThat(missing(commands(), reading(), operations)).containsExactly(each);
        }
        for (Map.Entry<String, String> each : OF_OPTION.entrySet()) {
            Set<String> operations = operations();
            operations.remove(each.getKey().replaceAll(":.*", ":") + each.getValue());
            assertThat(missing(commands(), reading(), operations)).containsExactly(each.getKey());
        }
        Set<String> reading = reading();
        reading.remove("policy:watch");
        assertThat(missing(commands(), reading, operations()).stream().collect(Collectors.joining("\n")))
                .startsWith("policy:watch\n").contains("policy:watch --count");
    }

    @Test
    void aNewOption_isFound() {
        assertThat(isRead("policy:use", "--canary")).isTrue();
        assertThat(isRead("policy:use", "--twice")).isFalse();
        assertThat(isRead("policy:auto", "--canary")).isFalse();
        assertThatThrownBy(() -> PinWords.options("--watch x")).hasMessageContaining("expected a time");
    }
}
