package aio.core.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.ExceptionHandler;
import aio.loop.LoopClock;
import aio.loop.LoopListener;
import aio.loop.NameResolver;
import aio.loop.TaskFactory;
import aio.policy.ChildWatcher;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicyListener;
import aio.process.SubprocessProtocol;
import aio.process.watcher.ChildReaper.ExitListener;
import aio.spi.ConnectPort;
import aio.spi.DatagramPort;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.ListenerPort;
import aio.spi.Port;
import aio.spi.StreamPort;
import aio.spi.WatchPort;
import aio.transport.BufferedProtocol;
import aio.transport.DatagramProtocol;
import aio.transport.ReadPipeProtocol;
import aio.transport.StreamProtocol;
import aio.transport.WritePipeProtocol;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Shows over the compiled core that foreign code is called from one package. Callbacks are of the JDK's types, which
 * the core uses for itself too: those of the ready queue go through {@link UserCalls#run}.
 */
@Timeout(60)
class WallTest {
    private static final String WALL = "aio.core.foreign";
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("aio.core");

    private static final List<Class<?>> OF_USERS = List.of(
            StreamProtocol.class, BufferedProtocol.class, DatagramProtocol.class, ReadPipeProtocol.class,
            WritePipeProtocol.class, SubprocessProtocol.class, ExceptionHandler.class, TaskFactory.class,
            NameResolver.class, LoopClock.class, LoopListener.class,
            ChildWatcher.class, ChildWatcher.ExitCallback.class, ChildWatcher.Scope.class,
            ExitListener.class, EventLoopPolicy.class, PolicyListener.class, Executor.class, ExecutorService.class,
            CompletionStage.class, Callable.class, Supplier.class);

    private static final List<Class<?>> OF_DRIVERS = List.of(
            IoDriverFactory.class, IoDriver.class, Port.class, StreamPort.class, ListenerPort.class, ConnectPort.class,
            DatagramPort.class, WatchPort.class);

    /** The other classes that may call types of users, and why. */
    private static final Set<String> BESIDE_THE_WALL = Set.of(
            "aio.core.net.FallbackSend", // a layer: it forwards calls that it gets inside of a call of the wall
            // its resolver is Names, which asks that of the user through the wall
            "aio.core.net.datagram.DatagramSockets",
            "aio.core.net.datagram.DatagramNetwork", "aio.core.net.Network", // their callables are the core's
            "aio.core.registry.Exchanges", // its stages are the core's
            // their suppliers are the core's
            "aio.core.loop.RunningOfLoop", "aio.core.osgi.Choices", "aio.core.registry.Administration",
            "aio.core.registry.CoreLoopFactory");

    /** The classes that hold drivers and ports, and take their failures as faults of the driver. */
    private static final Set<String> HOLD_DRIVERS = Set.of(
            "aio.core.kernel.DriverSeat", "aio.core.kernel.Mount", "aio.core.loop.Probe", "aio.core.loop.Watches$Watch",
            "aio.core.net.Connecting", "aio.core.net.datagram.EndpointTransport", "aio.core.net.Listener",
            "aio.core.net.pipe.PipeTransport", "aio.core.net.raw.RawChannel", "aio.core.net.SocketTransport",
            "aio.core.transport.Watched");

    /** The other files that may catch everything. */
    private static final Set<Path> CATCH_ALL = Set.of(
            // what drivers throw
            Path.of("kernel/Mount.java"), Path.of("kernel/DriverSeat.java"), Path.of("kernel/Carriage.java"),
            Path.of("kernel/Ownership.java")); // an action that one thread does for another, whose failure is reported

    @Test
    void codeOfUsers_isCalledByTheWallOnly() {
        assertThat(callers(OF_USERS, BESIDE_THE_WALL)).isEmpty();
    }

    @Test
    void drivers_areCalledByTheWallAndByTheirHolders() {
        assertThat(callers(OF_DRIVERS, HOLD_DRIVERS)).isEmpty();
    }

    @Test
    void exceptionsToTheRule_areNeeded() {
        Set<String> besides = new HashSet<>(BESIDE_THE_WALL);
        besides.addAll(HOLD_DRIVERS);
        for (JavaClass each : CORE) {
            if (!calls(each, OF_USERS).isEmpty() || !calls(each, OF_DRIVERS).isEmpty()) {
                besides.remove(each.getName());
            }
        }
        assertThat(besides).isEmpty();
    }

    /** What writes the log is foreign code, too. */
    @Test
    void loggers_areCalledByTheLogOfTheCoreOnly() {
        assertThat(callers(List.of(System.Logger.class), Set.of())).isEmpty();
        assertThat(CORE.stream().filter(each -> !calls(each, List.of(System.Logger.class)).isEmpty())
                .map(JavaClass::getSimpleName)).containsExactly("CoreLog");
    }

    private static List<String> callers(List<Class<?>> types, Set<String> allowed) {
        List<String> found = new ArrayList<>();
        for (JavaClass each : CORE) {
            if (!each.getPackageName().equals(WALL) && !allowed.contains(each.getName())) {
                found.addAll(calls(each, types));
            }
        }
        return found;
    }

    private static List<String> calls(JavaClass caller, List<Class<?>> types) {
        List<String> found = new ArrayList<>();
        for (JavaCodeUnitAccess<?> call : caller.getCodeUnitAccessesFromSelf()) {
            // getClass cannot be overridden; its owner is the type in the source for newer compilers, Object for older
            // ones
            if (!call.getName().equals("getClass")
                    && types.stream().anyMatch(type -> call.getTargetOwner().isEquivalentTo(type))) {
                found.add(call.getDescription());
            }
        }
        return found;
    }

    @Test
    void everythingThatIsThrown_isCaughtByTheWallOnly() throws IOException {
        List<String> found = new ArrayList<>();
        Path core = Path.of("src/main/java/aio/core");
        try (Stream<Path> files = Files.walk(core)) {
            files.filter(file -> file.toString().endsWith(".java") && !file.getParent().endsWith("foreign"))
                    .filter(file -> !CATCH_ALL.contains(core.relativize(file)))
                    .filter(file -> text(file).contains("catch (Throwable"))
                    .forEach(file -> found.add(file.toString()));
        }
        assertThat(found).isEmpty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The compiler makes the text of each operand of a concatenation by itself, so that this test sees them. */
    @Test
    void textOfForeignObjects_isMadeByTheWallOnly() {
        List<String> found = new ArrayList<>();
        for (JavaClass each : CORE) {
            if (!each.getPackageName().equals(WALL)) {
                found.addAll(ForeignTexts.of(each));
            }
        }
        assertThat(found).isEmpty();
    }
}
