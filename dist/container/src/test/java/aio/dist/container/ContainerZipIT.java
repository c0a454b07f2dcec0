package aio.dist.container;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.container.Unpacked.Started;
import aio.testkit.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What somebody has who unpacks the zip, with a JDK and nothing else: commands, a service, documents, a KAR. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is one of Unix")
class ContainerZipIT {
    private static final String FREE_PORTS = " --http-port 0 --echo-port 0";
    private static final String SERVES = "aio: no more commands; serving until SIGTERM or SIGINT";
    private static final int PATIENCE_MILLIS = 60_000;
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#: ]+)(?:#[^)]*)?\\)");

    @TempDir
    private static Path folder;

    private static Unpacked unpacked;

    @BeforeAll
    static void unpack() throws IOException {
        unpacked = Unpacked.in(folder);
    }

    private static String aio() {
        return "exec '" + unpacked.home() + "/bin/aio'";
    }

    @Test
    void commands_swapThePolicy_withoutMaven() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("a link"), unpacked.home().resolve("bin/aio"));
        String commands = " -c 'policy:list; start aio.policy.winselector; policy:list'";
        try (Started aio = unpacked.start("exec '" + link + "'" + FREE_PORTS + commands)) {
            assertThat(aio.exitCode()).as(aio.text()).isZero();
            assertThat(aio.text()).containsPattern("\\* default +min +current +selector")
                    .contains("policy: default -> winselector (rank 100, service arrived)")
                    .containsPattern("\\* winselector +100 +current +selector");
        }
    }

    @Test
    void commandThatFails_isTheStatus() throws Exception {
        try (Started aio = unpacked.start(aio() + FREE_PORTS + " -c 'policy:use x'")) {
            assertThat(aio.exitCode()).as(aio.text()).isEqualTo(1);
            assertThat(aio.text()).contains("error: no policy 'x'; present: default");
        }
    }

    @Test
    void withoutJava_saysSo() throws Exception {
        try (Started aio = unpacked.start("JAVA_HOME=/nowhere " + aio())) {
            assertThat(aio.exitCode()).isEqualTo(1);
            assertThat(aio.text()).isEqualTo("error: '/nowhere/bin/java' is not there:"
                    + " install Java 17 or later, or set JAVA_HOME\n");
        }
    }

    @Test
    void help_namesThisScript() throws Exception {
        try (Started aio = unpacked.start(aio() + " --help")) {
            assertThat(aio.exitCode()).isZero();
            assertThat(aio.text()).startsWith("usage: bin/aio [OPTION]...").contains("--storage DIR")
                    .doesNotContain("./run", "--karaf", "build");
        }
    }

    /** The unit is started as systemd would start it: its command, no input, and the signal that ends it. */
    @Test
    void unit_serves_endsInOrderAtSigterm_andKeepsItsStorage() throws Exception {
        Properties unit = new Properties();
        try (Reader reader = Files.newBufferedReader(unpacked.home().resolve("share/aio.service"))) {
            unit.load(reader);
        }
        Path state = folder.resolve("state");
        Files.createDirectories(state.resolve(unit.getProperty("StateDirectory")));
        String command = unit.getProperty("ExecStart").replace("/opt/aio", unpacked.home().toString())
                .replace("%S", state.toString());
        for (int start = 1; start <= 2; start++) {
            int port = FreePort.find();
            try (Started aio = unpacked.start("exec " + command + " --http-port 0 --echo-port " + port)) {
                aio.awaitText(SERVES);
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    client.setSoTimeout(PATIENCE_MILLIS);
                    client.getOutputStream().write("still here\n".getBytes(StandardCharsets.UTF_8));
                    BufferedReader lines = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                    assertThat(lines.readLine()).isEqualTo("still here");
                    aio.signal("TERM");
                    assertThat(isEnded(lines)).as("the connection is ended").isTrue();
                }
                assertThat(aio.exitCode()).isEqualTo(Integer.parseInt(unit.getProperty("SuccessExitStatus")));
                assertThat(aio.text()).doesNotContain("ERROR", "error:", "warning:", "Exception");
            }
        }
        assertThat(state.resolve(unit.getProperty("StateDirectory")).resolve("storage")).isNotEmptyDirectory();
    }

    private static boolean isEnded(BufferedReader lines) throws IOException {
        try {
            return lines.readLine() == null;
        } catch (SocketException e) {
            return true; // what was sent meanwhile has not been read
        }
    }

    @Test
    void unit_isOneOfSystemd() throws Exception {
        Path analyze = Path.of("/usr/bin/systemd-analyze");
        Assumptions.assumeTrue(Files.isExecutable(analyze), "SKIPPED: no " + analyze);
        Path unit = folder.resolve("aio.service");
        String text = Files.readString(unpacked.home().resolve("share/aio.service"));
        Files.writeString(unit, text.replace("/opt/aio", unpacked.home().toString()));
        try (Started checked = unpacked.start("exec " + analyze + " verify --man=no " + unit)) {
            assertThat(checked.exitCode()).as(checked.text()).isZero();
            assertThat(checked.text()).doesNotContain("aio.service");
        }
    }

    @Test
    void links_ofTheDocuments_leadToFiles() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        try (Stream<Path> files = Files.walk(unpacked.home())) {
            for (Path document : files.filter(file -> file.toString().endsWith(".md")).toList()) {
                Matcher link = LINK.matcher(Files.readString(document));
                while (link.find()) {
                    links++;
                    if (!Files.exists(document.resolveSibling(link.group(1)))) {
                        dead.add(unpacked.home().relativize(document) + ": " + link.group(1));
                    }
                }
            }
        }
        assertThat(links).isGreaterThan(50);
        assertThat(dead).isEmpty();
    }

    @Test
    void karIsThere_andWhatIsNamedIsThere() throws IOException {
        String readme = Files.readString(unpacked.home().resolve("README.md"));
        assertThat(readme).startsWith("# aio " + Unpacked.VERSION);
        Matcher named = Pattern.compile("`([a-z]+/[\\w./-]+)`").matcher(readme);
        List<String> files = new ArrayList<>();
        while (named.find()) {
            files.add(named.group(1));
            assertThat(unpacked.home().resolve(named.group(1))).exists();
        }
        assertThat(files).contains("bin/aio", "karaf/aio-" + Unpacked.VERSION + ".kar");
        try (ZipFile kar = new ZipFile(unpacked.home().resolve(files.get(files.indexOf("karaf/aio-"
                + Unpacked.VERSION + ".kar"))).toFile())) {
            assertThat(kar.stream().map(ZipEntry::getName)).anyMatch(name -> name.endsWith("-features.xml"));
        }
    }

    /** Neither the time of a build nor the order of a file system is in it. */
    @Test
    void bytes_haveOneTime_andAnOrder() throws IOException {
        try (ZipFile zip = new ZipFile(Unpacked.ZIP.toFile())) {
            assertThat(new TreeSet<>(zip.stream().map(entry -> entry.getTimeLocal().toString()).toList())).hasSize(1);
            assertThat(zip.stream().map(ZipEntry::getName)).doesNotHaveDuplicates()
                    .noneMatch(name -> name.contains("/target/") || name.contains("/.git"));
        }
    }
}
