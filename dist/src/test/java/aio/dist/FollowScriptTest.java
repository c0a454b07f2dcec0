package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script of docs/fleet.md that follows a branch of Git, with a real repository. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class FollowScriptTest {
    @TempDir
    private Path home;

    private Path origin;
    private Path clone;
    private Path folder;

    @BeforeEach
    void prepare() throws Exception {
        Assumptions.assumeTrue(Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "git"))), "SKIPPED: there is no git");
        origin = Files.createDirectory(home.resolve("origin"));
        clone = home.resolve("clone");
        folder = Files.createDirectory(home.resolve("folder"));
        run("git", "-C", origin.toString(), "init", "-q");
        run("git", "-C", origin.toString(), "symbolic-ref", "HEAD", "refs/heads/main");
        Files.writeString(home.resolve("follow"), Recipe.file("follow"));
    }

    private void run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command) + ": " + said).isZero();
    }

    private void commit() throws Exception {
        run("git", "-C", origin.toString(), "add", "-A");
        run("git", "-C", origin.toString(), "-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "-q",
                "-m", "a decision");
    }

    private void decide(String policy) throws Exception {
        Files.writeString(origin.resolve(Recipe.DECISION), Recipe.decision(policy));
        commit();
    }

    private void follow() throws Exception {
        if (!Files.exists(clone)) {
            run("git", "clone", "-q", origin.toString(), clone.toString());
        }
        run("sh", home.resolve("follow").toString(), clone.toString(), folder.toString());
    }

    private List<Path> versions() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)).toList();
        }
    }

    @Test
    void whatTheBranchHas_isTheOnlyVersion_andLooksChangedToThoseWhoRead() throws Exception {
        Path decision = folder.resolve(Recipe.DECISION);
        List<FileTime> times = new ArrayList<>();
        for (String policy : List.of("winselector", "winproactor")) { // equally long, so their times must differ
            decide(policy);
            follow();
            assertThat(decision).isSymbolicLink();
            assertThat(Files.readString(decision)).isEqualTo(Recipe.decision(policy));
            assertThat(folder.resolve("..data")).isSymbolicLink();
            assertThat(versions()).hasSize(1);
            times.add(Files.getLastModifiedTime(decision));
        }
        assertThat(times).doesNotHaveDuplicates();
        follow();
        assertThat(Files.getLastModifiedTime(decision)).as("nothing has changed").isEqualTo(times.get(1));
    }

    @Test
    void whatTheBranchHasNoMore_isNotThere() throws Exception {
        decide("winselector");
        Files.writeString(origin.resolve("other.config"), "key=\"value\"\n");
        commit();
        follow();
        Files.delete(origin.resolve(Recipe.DECISION));
        commit();
        follow();
        assertThat(folder.resolve(Recipe.DECISION)).doesNotExist();
        assertThat(folder.resolve("other.config")).exists();
        Files.delete(origin.resolve("other.config"));
        Files.writeString(origin.resolve("README"), "no decision\n");
        commit();
        follow();
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries.filter(entry -> entry.getFileName().toString().endsWith(".config"))).isEmpty();
        }
    }
}
