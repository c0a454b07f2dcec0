package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.EventLoopPolicy;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.w3c.dom.NodeList;

/**
 * Proves over the manifests what makes a swap cheap: which bundles export, who imports what, and what is not imported.
 */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
class ArchitectureIT {
    private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]*)\\)");

    private Installed winselector;

    @BeforeEach
    void installAll() throws Exception {
        winselector = Installed.winselector();
        winselector.start();
    }

    @AfterEach
    void uninstall() throws Exception {
        winselector.close();
    }

    private static Set<String> exports(Bundle bundle) {
        return bundle.adapt(BundleRevision.class).getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream()
                .map(capability -> (String) capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> imports(Bundle bundle) {
        Set<String> names = new TreeSet<>();
        for (BundleRequirement needed : requirements(bundle)) {
            Matcher name = PACKAGE.matcher(needed.getDirectives().get("filter"));
            assertThat(name.find()).as(needed.toString()).isTrue();
            names.add(name.group(1));
        }
        return names;
    }

    private static List<BundleRequirement> requirements(Bundle bundle) {
        return bundle.adapt(BundleRevision.class).getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE);
    }

    private static List<Bundle> policies() {
        return Framework.ownBundles().stream()
                .filter(bundle -> !bundle.adapt(BundleRevision.class)
                        .getDeclaredCapabilities(EventLoopPolicy.CAPABILITY)
                        .isEmpty())
                .toList();
    }

    @Test
    void onlyTheApi_exports() {
        assertThat(exports(Framework.bundle(Framework.API))).containsExactly(
                "aio", "aio.bridge", "aio.link", "aio.loop", "aio.policy", "aio.process", "aio.process.watcher",
                "aio.spi", "aio.transport");
        assertThat(Framework.ownBundles())
                .filteredOn(bundle -> !bundle.getSymbolicName().equals(Framework.API))
                .isNotEmpty()
                .allSatisfy(bundle -> assertThat(exports(bundle)).as(bundle.getSymbolicName()).isEmpty());
    }

    @Test
    void policyBundles_declareTheirPolicy() {
        assertThat(policies()).extracting(Bundle::getSymbolicName)
                .containsExactlyInAnyOrder(Framework.DEFAULT, Framework.WINSELECTOR);
        List<Object> names = new ArrayList<>();
        for (Bundle bundle : policies()) {
            for (BundleCapability capability : bundle.adapt(BundleRevision.class)
                    .getDeclaredCapabilities(EventLoopPolicy.CAPABILITY)) {
                names.add(capability.getAttributes().get(EventLoopPolicy.CAPABILITY));
            }
        }
        assertThat(names).containsExactlyInAnyOrder("default", "winselector");
    }

    @Test
    void policyBundles_importOnlyTheApiAndOsgi() {
        Set<String> api = exports(Framework.bundle(Framework.API));
        for (Bundle bundle : policies()) {
            assertThat(imports(bundle)).as(bundle.getSymbolicName()).isNotEmpty().allSatisfy(name ->
                    assertThat(api.contains(name) || name.startsWith("org.osgi.") || name.startsWith("org.jspecify."))
                            .as("import of " + name)
                            .isTrue());
        }
    }

    @Test
    void policyBundles_areNotImported() {
        for (Bundle bundle : policies()) {
            assertThat(bundle.adapt(BundleWiring.class).getProvidedWires(null)).as(bundle.getSymbolicName()).isEmpty();
        }
    }

    @Test
    void nullnessAnnotations_areImportedOptionally_byEveryBundle() {
        for (Bundle bundle : Framework.ownBundles()) {
            assertThat(requirements(bundle))
                    .filteredOn(needed -> needed.getDirectives().get("filter").contains("org.jspecify"))
                    .as(bundle.getSymbolicName())
                    .allSatisfy(needed ->
                            assertThat(needed.getDirectives()).containsEntry("resolution", "optional"));
        }
    }

    @Test
    void componentClasses_arePublicWithAPublicConstructor() throws Exception {
        int components = 0;
        for (Bundle bundle : Framework.ownBundles()) {
            for (String name : componentClasses(bundle)) {
                Class<?> type = bundle.loadClass(name);
                assertThat(Modifier.isPublic(type.getModifiers())).as(name + " is public").isTrue();
                assertThat(type.getConstructors()).as("public constructors of " + name).isNotEmpty();
                components++;
            }
        }
        assertThat(components).isGreaterThan(4);
    }

    private static List<String> componentClasses(Bundle bundle) throws Exception {
        List<String> names = new ArrayList<>();
        var files = bundle.findEntries("OSGI-INF", "*.xml", false);
        for (URL file : files == null ? List.<URL>of() : Collections.list(files)) {
            try (InputStream in = file.openStream()) {
                NodeList found = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in)
                        .getElementsByTagName("implementation");
                for (int i = 0; i < found.getLength(); i++) {
                    names.add(found.item(i).getAttributes().getNamedItem("class").getNodeValue());
                }
            }
        }
        return names;
    }
}
