package aio.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
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
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Shows over core and API that a step of the wall clock cannot matter: it is read only to be shown, and to
 * end a pin at a time that survives a restart. And that the other
 * clock is used as it must be: it may be negative and wraps, so that only differences of it are compared.
 */
@Timeout(60)
class ClockTest {
    private static final Set<String> SHOWS_IT = Set.of(
            "aio.core.registry.Cause", // when a change happened, for people
            "aio.core.loop.LoopWatch", // when a loop was held up, for people
            "aio.core.kernel.Progress", // when an exchange began, for listeners
            "aio.core.registry.Trial", // when a trial began, for people
            // when a pin ends, which is written down as a time of the wall clock
            "aio.core.registry.Administration", "aio.core.registry.Operator");
    private static final Set<String> METHODS = Set.of("currentTimeMillis", "parkUntil", "awaitUntil");
    private static final Set<Class<?>> TYPES =
            Set.of(Date.class, Calendar.class, GregorianCalendar.class, Timer.class);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("aio");

    /** A comparison with the clock itself, not with a difference. */
    private static final Pattern COMPARED = Pattern.compile("(?<!- )System\\.nanoTime\\(\\)\\s*[<>]"
            + "|(?<!-)[<>]=?\\s*System\\.nanoTime\\(\\)(?!\\s*-)"
            + "|(min|max)\\(\\s*System\\.nanoTime\\(\\)\\s*,");

    @Test
    void wallClock_isReadOnlyWhereItIsShown() {
        List<String> found = new ArrayList<>();
        for (JavaClass each : CLASSES) {
            for (JavaCodeUnitAccess<?> call : each.getCodeUnitAccessesFromSelf()) {
                if (isOfWallClock(call.getTarget()) && !SHOWS_IT.contains(each.getName())) {
                    found.add(call.getDescription());
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(CLASSES.contain("aio.core.kernel.Kernel") && CLASSES.contain("aio.loop.EventLoop")).isTrue();
    }

    private static boolean isOfWallClock(CodeUnitAccessTarget target) {
        JavaClass owner = target.getOwner();
        boolean isNow = owner.getPackageName().equals("java.time")
                && (target.getName().equals("now") || owner.getSimpleName().equals("Clock"));
        return isNow || METHODS.contains(target.getName()) || TYPES.stream().anyMatch(owner::isEquivalentTo);
    }

    @Test
    void monotonicClock_isNeverComparedItself() throws IOException {
        List<String> found = new ArrayList<>();
        assertThat(COMPARED.matcher("System.nanoTime() - start < 9; end - System.nanoTime() > 0").find()).isFalse();
        assertThat(COMPARED.matcher("end > System.nanoTime()").find()).isTrue();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> COMPARED.matcher(text(file)).find())
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
}
