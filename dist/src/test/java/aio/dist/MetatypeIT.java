package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the bundles say of their configuration: text, units and ranges, the same as in docs/configuration.md. */
class MetatypeIT {
    private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final int FIRST_WITH_URING = 22;
    private static final Set<String> NUMBERS = Set.of("Integer", "Long");
    private static final Map<String, String> JAVA_TYPES =
            Map.of("String", "String", "Password", "String", "Boolean", "boolean", "Integer", "int", "Long", "long");

    /** Object classes by their PID. */
    private static final Map<String, Element> CLASSES = new TreeMap<>();
    /** PIDs by which components declare their configuration. */
    private static final Set<String> CONFIGURED = new HashSet<>();
    /** Names of all components, which are PIDs too. */
    private static final Set<String> COMPONENTS = new HashSet<>();

    @BeforeAll
    static void readBundles() throws Exception {
        List<Path> jars;
        try (Stream<Path> files = Files.list(MODULE.resolve("target/bundles"))) {
            jars = files.filter(file -> file.getFileName().toString().matches("aio-(policy|example)-.*\\.jar"))
                    .toList();
        }
        assertThat(jars).isNotEmpty();
        for (Path file : jars) {
            try (JarFile jar = new JarFile(file.toFile())) {
                for (JarEntry entry : jar.stream().filter(each -> each.getName().endsWith(".xml")).toList()) {
                    read(jar, entry);
                }
            }
        }
    }

    private static void read(JarFile jar, JarEntry entry) throws Exception {
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        Document document;
        try (InputStream in = jar.getInputStream(entry)) {
            document = parsers.newDocumentBuilder().parse(in);
        }
        Element root = document.getDocumentElement();
        if (entry.getName().startsWith("OSGI-INF/metatype/")) {
            Map<String, Element> byId = new HashMap<>();
            children(root, "OCD").forEach(element -> byId.put(element.getAttribute("id"), element));
            for (Element designate : children(root, "Designate")) {
                String pid = designate.getAttribute("pid") + designate.getAttribute("factoryPid");
                CLASSES.put(pid, byId.get(children(designate, "Object").get(0).getAttribute("ocdref")));
            }
        } else {
            COMPONENTS.add(root.getAttribute("name"));
            Stream.of(root.getAttribute("configuration-pid").split(" "))
                    .filter(pid -> !pid.isEmpty())
                    .forEach(CONFIGURED::add);
        }
    }

    private static List<Element> children(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    @Test
    void everyPid_hasAnObjectClass_andNoneIsOfNoComponent() {
        assertThat(CONFIGURED).contains("aio.policy", "aio.loop", "aio.policy.default");
        assertThat(CLASSES.keySet()).containsAll(CONFIGURED);
        Set<String> known = new HashSet<>(CONFIGURED);
        known.addAll(COMPONENTS);
        assertThat(known).containsAll(CLASSES.keySet());
    }

    @Test
    void everyAttribute_hasText_andNumbersHaveRangesAndUnits() {
        SoftAssertions all = new SoftAssertions();
        CLASSES.forEach((pid, type) -> {
            all.assertThat(type.getAttribute("name")).as(pid).isNotBlank();
            all.assertThat(type.getAttribute("description")).as(pid).isNotBlank();
            all.assertThat(children(type, "AD")).as(pid).isNotEmpty();
            children(type, "AD").forEach(attribute -> assertDescribed(all, pid, attribute));
        });
        all.assertAll();
    }

    private static void assertDescribed(SoftAssertions all, String pid, Element attribute) {
        String id = attribute.getAttribute("id");
        String what = pid + ": " + id;
        all.assertThat(attribute.getAttribute("name")).as(what).isNotBlank();
        all.assertThat(attribute.getAttribute("description")).as(what).isNotBlank();
        all.assertThat(attribute.hasAttribute("default")).as(what + " has a default").isTrue();
        all.assertThat(attribute.getAttribute("required")).as(what + " is required").isEqualTo("false");
        if (NUMBERS.contains(attribute.getAttribute("type"))) {
            long min = Long.parseLong(attribute.getAttribute("min"));
            long max = Long.parseLong(attribute.getAttribute("max"));
            all.assertThat(Long.parseLong(attribute.getAttribute("default"))).as(what).isBetween(min, max);
        }
        if (id.endsWith(".millis")) {
            all.assertThat(attribute.getAttribute("description")).as(what).contains("in milliseconds");
        }
    }

    /** A row of a table: key, type, default, range, what it does. */
    private static List<List<String>> rows(String section) {
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .map(cells -> cells.subList(1, cells.size() - 1))
                .toList();
    }

    private static List<String> code(String text) {
        return CODE.matcher(text).results().map(MatchResult::group).map(found -> found.replace("`", "")).toList();
    }

    @Test
    void document_saysTheSame() throws IOException {
        SoftAssertions all = new SoftAssertions();
        List<String> documented = new ArrayList<>();
        for (String section : Files.readString(MODULE.resolveSibling("docs/configuration.md")).split("\n## ")) {
            String heading = section.lines().findFirst().orElse("");
            if (heading.startsWith("`")) {
                List<String> pids = code(heading);
                documented.addAll(pids);
                for (int place = 0; place < pids.size(); place++) {
                    assertSame(all, pids.get(place), place, rows(section));
                }
            }
        }
        if (Runtime.version().feature() < FIRST_WITH_URING) {
            documented.remove("aio.policy.uring"); // left out of this build
        }
        all.assertThat(documented).containsExactlyInAnyOrderElementsOf(CLASSES.keySet());
        all.assertAll();
    }

    private static void assertSame(SoftAssertions all, String pid, int place, List<List<String>> rows) {
        if (!CLASSES.containsKey(pid)) {
            return; // the caller reports it, with all others
        }
        Map<String, Element> attributes = new TreeMap<>();
        children(CLASSES.get(pid), "AD").forEach(element -> attributes.put(element.getAttribute("id"), element));
        all.assertThat(rows.stream().map(row -> code(row.get(0)).get(0))).as(pid)
                .containsExactlyInAnyOrderElementsOf(attributes.keySet());
        for (List<String> row : rows) {
            Element attribute = attributes.get(code(row.get(0)).get(0));
            if (attribute != null) {
                assertSame(all, pid + ": " + row.get(0), place, row, attribute);
            }
        }
    }

    private static void assertSame(SoftAssertions all, String what, int place, List<String> row, Element attribute) {
        String array = attribute.hasAttribute("cardinality") ? "[]" : "";
        all.assertThat(row.get(1)).as(what).startsWith(JAVA_TYPES.get(attribute.getAttribute("type")) + array);
        List<String> standards = code(row.get(2));
        String standard = standards.isEmpty() ? "" : standards.get(Math.min(place, standards.size() - 1));
        all.assertThat(standard).as(what).isEqualTo(attribute.getAttribute("default"));
        if (attribute.hasAttribute("min")) {
            all.assertThat(row.get(3)).as(what)
                    .isEqualTo(attribute.getAttribute("min") + " to " + attribute.getAttribute("max"));
        }
        all.assertThat(row.get(4)).as(what).isNotBlank();
    }
}
