package aio.policy.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import aio.driver.selector.SelectorDriverFactory;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds the packages of API, core and drivers to their layers, see "Layers" in docs/design.md. */
@Timeout(120)
class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("aio");

    private static final Layers CORE = Layers.of("aio.core",
            "aio.core.collection aio.core.guard aio.core.statistics aio.core.thread aio.core.time",
            "aio.core.foreign",
            "aio.core.kernel.queue aio.core.kernel.wanted",
            "aio.core.kernel",
            "aio.core.transport",
            "aio.core.process aio.core.signal aio.core.tls aio.core.net.name",
            "aio.core.net",
            "aio.core.net.datagram aio.core.net.pipe aio.core.net.raw",
            "aio.core.loop",
            "aio.core.registry",
            "aio.core.classpath aio.core.osgi");

    private static final Layers API = Layers.of("aio",
            "aio.spi",
            "aio.transport",
            "aio.process",
            "aio.loop",
            "aio.policy",
            "aio.link",
            "aio.process.watcher",
            "aio aio.bridge");

    @Test
    void core_hasNoCycle() {
        assertThat(CORE.faults(CLASSES)).isEmpty();
    }

    @Test
    void exportedPackages_haveNoCycle() {
        assertThat(API.faults(exported())).isEmpty();
    }

    @Test
    void core_knowsNoDriverAndNoPolicy() {
        assertThat(CLASSES.stream().filter(type -> type.getPackageName().startsWith("aio.core."))
                .flatMap(type -> targets(type).filter(name -> name.matches("aio\\.(driver|policy\\.[a-z]+)\\..*"))
                        .map(name -> type.getName() + " -> " + name))).isEmpty();
    }

    @Test
    void drivers_knowTheDriverSeamOnly() {
        assertThat(CLASSES.contain(SelectorDriverFactory.class)).isTrue();
        assertThat(CLASSES.stream().filter(type -> type.getPackageName().startsWith("aio.driver."))
                .flatMap(type -> targets(type).filter(name -> name.startsWith("aio."))
                        .filter(name -> !name.startsWith("aio.spi.") && !name.startsWith("aio.driver.nio."))
                        .filter(name -> !name.startsWith(type.getPackageName() + "."))
                        .map(name -> type.getName() + " -> " + name))).isEmpty();
    }

    @Test
    void aFault_isNamed() {
        Layers upsideDown = Layers.of("aio.core.signal", "aio.core.signal", "aio.core.kernel");
        assertThat(upsideDown.faults(CLASSES)).contains("aio.core.signal.SignalTable -> aio.core.kernel.Kernel:"
                + " a package may use those of lower layers only");
        assertThat(Layers.of("aio.core", "aio.core.kernel").faults(CLASSES))
                .contains("package \"aio.core.tls\" has no layer: give it one here and in docs/design.md");
        assertThat(Layers.of("aio.spi", "aio.spi").butFor("aio.spi.IoDriver -> aio.loop.EventLoop").faults(CLASSES))
                .containsExactly("aio.spi.IoDriver -> aio.loop.EventLoop is gone: take the exception out");
    }

    /** Whatever lies in policy.api is exported. */
    private static List<JavaClass> exported() {
        List<JavaClass> found = CLASSES.stream()
                .filter(type -> type.getSource().orElseThrow().getUri().toString().contains("/policy.api")).toList();
        assertThat(found).hasSizeGreaterThan(50);
        return found;
    }

    private static Stream<String> targets(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType().getName()).distinct();
    }
}
