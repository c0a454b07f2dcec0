package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A storage that is kept, from one start to the next. */
@Timeout(180)
class StorageIT {
    private static final Path JAR = Path.of(System.getProperty("aio.jar"));

    @TempDir
    private Path folder;

    private RunningContainer start(Path jar, String... options) throws IOException {
        List<String> command = RunningContainer.java(jar);
        command.addAll(List.of("--http-port", "0", "--echo-port", "0", "--storage", folder.resolve("kept").toString()));
        command.addAll(Arrays.asList(options));
        return new RunningContainer(new ProcessBuilder(command).directory(folder.toFile()));
    }

    private String run(Path jar, String commands) throws Exception {
        try (RunningContainer container = start(jar, "-c", commands)) {
            int code = container.exitCode();
            String output = String.join("\n", container.output());
            assertThat(code).as(output).isZero();
            return output;
        }
    }

    @Test
    void pin_isRemembered_andAStartedBundleToo() throws Exception {
        run(JAR, "start aio.policy.winselector; policy:use default");
        assertThat(run(JAR, "policy:list"))
                .containsPattern("\n\\* default +min +current, pinned ")
                .containsPattern("\n  winselector +100 +standby ");
    }

    @Test
    void jarThatWasReplaced_runsItsOwnCode_andKeepsTheRest() throws Exception {
        Path jar = Files.copy(JAR, folder.resolve("aio.jar"));
        run(jar, "start aio.policy.winselector; policy:use default");
        Files.delete(jar);
        copyWithAnotherLoudPolicy(jar);
        assertThat(run(jar, "policy:list; headers aio.example.loud; start aio.example.loud; policy:use loud"))
                .containsPattern("\n\\* default +min +current, pinned ")
                .contains("Made-For-Test = yes")
                .contains("policy: default -> loud (operator pinned it)");
        assertThat(run(jar, "policy:current")).contains("* loud");
    }

    @Test
    void jarThatWasMoved_continues() throws Exception {
        Path first = Files.copy(JAR, folder.resolve("first.jar"));
        run(first, "start aio.policy.winselector; policy:use default");
        Path second = Files.move(first, Files.createDirectory(folder.resolve("a b")).resolve("second.jar"));
        assertThat(run(second, "policy:current; update aio.policy.default; policy:current; policy:list"))
                .containsPattern("\n\\* default +min +current, pinned ")
                .containsPattern("\n  winselector +100 +standby ");
    }

    /** A bundle that an operator has replaced stays as long as the jar stays. */
    @Test
    void bundleThatWasUpdatedFromAFile_staysSo() throws Exception {
        Path jar = copyWithAnotherLoudPolicy(folder.resolve("other.jar"));
        Path loud = folder.resolve("loud.jar");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals("bundles/aio-example-loud.jar")) {
                    Files.copy(in, loud);
                }
            }
        }
        run(JAR, "update aio.example.loud loud.jar");
        assertThat(run(JAR, "headers aio.example.loud")).contains("Made-For-Test = yes");
    }

    @Test
    void storageThatIsInUse_isRefused_andSaysByWhom() throws Exception {
        try (RunningContainer first = start(JAR)) {
            first.await("aio: policy 'default'");
            try (RunningContainer second = start(JAR, "-c", "policy:current")) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.output()).hasSize(1).first().asString()
                        .matches("error: the container does not start: storage '.*kept' is in use by process \\d+:"
                                + " two containers cannot share one; end that one, or give another --storage");
            }
            assertThat(first.ask("policy:current")).contains("* default");
        }
        assertThat(run(JAR, "policy:current")).contains("* default");
    }

    @Test
    void storageOfAKaraf_isRefused() throws Exception {
        Files.createDirectories(folder.resolve("kept/etc"));
        Files.createDirectories(folder.resolve("kept/deploy"));
        assertRefused(start(JAR), "storage '.*kept' is that of a Karaf: give another --storage, or --karaf");
    }

    @Test
    void storageThatIsAFile_isRefused() throws Exception {
        Files.writeString(folder.resolve("kept"), "a file");
        assertRefused(start(JAR), "storage '.*kept' cannot be used: '.*kept' is not a directory; .*");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void storageThatCannotBeWritten_isRefused() throws Exception {
        Path kept = Files.createDirectory(folder.resolve("kept"));
        boolean closed = kept.toFile().setWritable(false) && !Files.isWritable(kept);
        Assumptions.assumeTrue(closed, "root may write everywhere");
        try {
            assertRefused(start(JAR), "storage '.*kept' cannot be used: '.*' may not be written; .*");
        } finally {
            kept.toFile().setWritable(true);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void noFolderForTemporaryFiles_isSaid() throws Exception {
        List<String> command = RunningContainer.java(JAR);
        command.add(1, "-Djava.io.tmpdir=" + folder.resolve("nowhere"));
        assertRefused(new RunningContainer(new ProcessBuilder(command)),
                "no directory for bundles can be made in '.*nowhere': .*; give one with --storage DIR");
    }

    /** A limit on the size of files, in blocks of 512 bytes, replaces a full disk; 1500 leaves no room for the core. */
    @ParameterizedTest
    @ValueSource(ints = {200, 1500})
    @DisabledOnOs(OS.WINDOWS)
    void noRoomForBundles_isSaid_andAStartWithRoomWorks(int blocks) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + " && exec \"$@\"", "sh"));
        command.addAll(RunningContainer.java(JAR));
        command.addAll(List.of("--storage", folder.resolve("kept").toString()));
        command.add(5, "-XX:-UsePerfData");
        assertRefused(new RunningContainer(new ProcessBuilder(command)), ".*File too large.*");
        assertThat(run(JAR, "policy:current")).as("a start after it").contains("* default");
    }

    /** What is known is started if its user wants it, what is not known is started in any case. */
    @Test
    void bundleThatWasStopped_staysSo_andOneThatWasUninstalledComesBack() throws Exception {
        run(JAR, "stop aio.policy.default; uninstall aio.example.echo");
        assertThat(run(JAR, "lb -s")).containsPattern("Installed *\\|[^|]*\\|aio\\.policy\\.default ")
                .containsPattern("Active *\\|[^|]*\\|aio\\.example\\.echo ");
    }

    /** The disk is full while the container runs: the same limit, set from outside, and removed again. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void noRoomForTheConfiguration_holdsThePin_andSaysIt() throws Exception {
        try (RunningContainer container = start(JAR)) {
            container.await("aio: policy 'default'");
            container.ask("start aio.policy.winselector");
            container.limitFiles("0");
            assertThat(container.ask("policy:use default")).contains("winselector -> default (operator pinned it)",
                    "warning: policy: what the operator chose holds, but is not written to configuration 'aio.policy'"
                            + " and will not survive a restart: it cannot be written: ");
            assertThat(container.ask("policy:why default")).contains("differs from the configuration 'aio.policy',",
                    "File too large");
            container.limitFiles("unlimited");
            assertThat(container.ask("policy:use default")).doesNotContain("warning");
            assertThat(container.ask("policy:why default")).doesNotContain("differs");
        }
        assertThat(run(JAR, "policy:list")).containsPattern("\n\\* default +min +current, pinned ");
    }

    private static void assertRefused(RunningContainer container, String message) throws Exception {
        try (container) {
            assertThat(container.exitCode()).as(() -> String.join("\n", container.output())).isEqualTo(1);
            List<String> said = container.output().stream()
                    .filter(line -> !line.startsWith("WARNING: java.io.tmpdir ")).toList(); // from newer JVMs
            assertThat(said).as(() -> String.join("\n", container.output())).hasSize(1)
                    .first().asString().matches("error: the container does not start: " + message);
        }
    }

    /** Copies the jar; one of its bundles has another header. */
    private static Path copyWithAnotherLoudPolicy(Path target) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(JAR));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                if (entry.getName().equals("bundles/aio-example-loud.jar")) {
                    writeMarked(in, out);
                } else {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
        return target;
    }

    private static void writeMarked(InputStream bundle, ZipOutputStream out) throws IOException {
        JarInputStream in = new JarInputStream(bundle);
        in.getManifest().getMainAttributes().putValue("Made-For-Test", "yes");
        JarOutputStream marked = new JarOutputStream(out, in.getManifest());
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
            marked.putNextEntry(new JarEntry(entry.getName()));
            in.transferTo(marked);
            marked.closeEntry();
        }
        marked.finish();
    }
}
