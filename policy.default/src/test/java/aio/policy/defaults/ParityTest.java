package aio.policy.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That docs/parity.md has every public method of the exported packages, and names only what exists. */
@Timeout(60)
class ParityTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern METHOD = Pattern.compile("void ([A-Za-z0-9_]+)\\(");

    private static final Path ROOT = root();
    private static final List<Map<String, String>> ROWS = new ArrayList<>();
    private static final Map<String, Class<?>> API = new HashMap<>();

    /** Test methods by the simple name of their class. */
    private static final Map<String, Set<String>> TESTS = new HashMap<>();

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/parity.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @BeforeAll
    static void read() throws Exception {
        readTables(Files.readAllLines(ROOT.resolve("docs/parity.md")));
        readApi();
        try (Stream<Path> modules = Files.walk(ROOT, 2)) {
            modules.map(module -> module.resolve("src")).filter(Files::isDirectory).forEach(ParityTest::readTests);
        }
    }

    private static void readTables(List<String> lines) {
        List<String> header = List.of();
        for (String line : lines) {
            List<String> cells = cells(line);
            if (cells.isEmpty()) {
                header = List.of();
            } else if (header.isEmpty()) {
                header = cells;
            } else if (!cells.get(0).startsWith("---")) {
                assertThat(cells).as("a row of as many cells as its table: %s", line).hasSameSizeAs(header);
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < header.size(); i++) {
                    row.put(header.get(i), cells.get(i));
                }
                ROWS.add(row);
            }
        }
    }

    private static List<String> cells(String line) {
        if (!line.startsWith("|")) {
            return List.of();
        }
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|")).map(String::strip).toList();
    }

    private static void readApi() throws IOException, URISyntaxException {
        Path place = Path.of(EventLoop.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            readClasses(place);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            readClasses(jar.getPath("/"));
        }
    }

    private static void readClasses(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place.resolve("aio"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                String name = place.relativize(file).toString().replace('/', '.').replace(".class", "");
                if (!name.endsWith("package-info")) {
                    addIfPublic(load(name));
                }
            }
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ParityTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static void addIfPublic(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (!Modifier.isPublic(each.getModifiers())) {
                return;
            }
        }
        API.put(type.getName().substring(type.getPackageName().length() + 1).replace('$', '.'), type);
    }

    private static void readTests(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                TESTS.put(file.getFileName().toString().replace(".java", ""), METHOD.matcher(Files.readString(file))
                        .results().map(found -> found.group(1)).collect(Collectors.toSet()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code in a column of all tables that have it. */
    private static List<String> code(String column) {
        return ROWS.stream()
                .filter(row -> row.containsKey(column))
                .flatMap(row -> CODE.matcher(row.get(column)).results().map(MatchResult::group))
                .map(quoted -> quoted.substring(1, quoted.length() - 1))
                .toList();
    }

    /** What is named in the table, as {@code Type.method}; the table joins methods of one type by commas. */
    private static Set<String> named() {
        Set<String> names = new LinkedHashSet<>();
        for (String span : code("here")) {
            String type = span.substring(0, Math.max(0, span.split(", ")[0].lastIndexOf('.')));
            if (type.isEmpty()) {
                continue; // a type alone
            }
            for (String method : span.substring(type.length() + 1).split(", ")) {
                names.add(type + "." + method);
            }
        }
        return names;
    }

    @Test
    void everyPublicMethod_isInTheTable() {
        Set<String> named = named();
        Set<String> missing = new TreeSet<>();
        API.forEach((name, type) -> {
            for (Method method : type.getDeclaredMethods()) {
                if (isOfItsOwn(type, method) && !named.contains(name + "." + method.getName())) {
                    missing.add(name + "." + method.getName());
                }
            }
        });

        assertThat(API).hasSizeGreaterThan(50);
        assertThat(missing).as("public methods that docs/parity.md does not name").isEmpty();
    }

    private static boolean isOfItsOwn(Class<?> type, Method method) {
        boolean given = type.isEnum() && Set.of("values", "valueOf").contains(method.getName())
                || type.isRecord() && Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getAccessor).anyMatch(method::equals);
        return Modifier.isPublic(method.getModifiers()) && !method.isSynthetic() && !given
                && supertypes(type).stream().noneMatch(above -> declares(above, method));
    }

    private static Set<Class<?>> supertypes(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>(Set.of(Object.class));
        List<Class<?>> direct = new ArrayList<>(List.of(type.getInterfaces()));
        if (type.getSuperclass() != null) {
            direct.add(type.getSuperclass());
        }
        for (Class<?> each : direct) {
            all.add(each);
            all.addAll(supertypes(each));
        }
        return all;
    }

    private static boolean declares(Class<?> type, Method method) {
        return Arrays.stream(type.getDeclaredMethods()).anyMatch(each -> each.getName().equals(method.getName())
                && Arrays.equals(each.getParameterTypes(), method.getParameterTypes()));
    }

    @Test
    void everyMethodInTheTable_exists() {
        assertThat(named()).isNotEmpty().allSatisfy(name -> {
            Class<?> type = API.get(name.substring(0, name.lastIndexOf('.')));
            assertThat(type).as("the type of " + name).isNotNull();
            assertThat(type.getMethods()).extracting(Method::getName)
                    .contains(name.substring(name.lastIndexOf('.') + 1));
        });
    }

    @Test
    void everyTestThatIsNamed_exists() {
        assertThat(code("test")).hasSizeGreaterThan(100).allSatisfy(name -> {
            String known = name.replace("…", "");
            if (Character.isUpperCase(known.charAt(0))) {
                int dot = known.indexOf('.');
                assertThat(TESTS).as("the class of test " + name)
                        .containsKey(dot < 0 ? known : known.substring(0, dot));
                if (dot >= 0) {
                    assertThat(TESTS.get(known.substring(0, dot))).as(name)
                            .anyMatch(test -> test.startsWith(known.substring(dot + 1)));
                }
            } else if (!name.contains(".")) {
                assertThat(TESTS.values()).as(name)
                        .anyMatch(tests -> tests.stream().anyMatch(test -> test.startsWith(known)));
            }
        });
    }

    @Test
    void everySuiteThatIsNamed_exists() {
        assertThat(code("suite")).isNotEmpty().allSatisfy(name -> {
            if (Character.isUpperCase(name.charAt(0))) {
                assertThat(TESTS).containsKey(name);
            }
        });
    }

    @Test
    void everyItemWithoutATest_saysWhy() {
        assertThat(ROWS).filteredOn(row -> row.containsKey("asyncio") && row.get("test").equals("none"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get("deviation with reason")).isNotEqualTo("none"));
        assertThat(ROWS).filteredOn(row -> row.containsKey("asyncio")).allSatisfy(row -> {
            assertThat(row.get("selector")).isIn("yes", "no");
            assertThat(row.get("completion")).isIn("yes", "no");
        });
    }
}
