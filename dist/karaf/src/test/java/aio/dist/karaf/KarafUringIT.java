package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.testkit.net.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The feature of io_uring, which a newer Java has built, in a Karaf on the oldest: refused, and nothing changes. */
@Timeout(300)
@EnabledForJreRange(min = JRE.JAVA_22, disabledReason = "a build on an older JDK leaves io_uring out")
class KarafUringIT {
    @TempDir
    private Path base;

    @Test
    void onAnOlderJava_theFeatureIsRefused_withTheReason_underTraffic() throws Exception {
        Optional<Path> older = older();
        assumeTrue(older.isPresent(), "NOT tested on Java 17: none lies beside " + System.getProperty("java.home"));
        try (KarafProcess karaf = KarafProcess.start(base, older.orElseThrow().toString());
                KarafShell admin = new KarafShell(karaf.sshPort(), "admin")) {
            karaf.await(admin, "policy:current; loop:list");
            admin.succeed("feature:install aio-example");
            Traffic traffic = Traffic.start(karaf.echo(), 4);
            traffic.awaitProgress();
            KarafShell.Answer answer = admin.run("feature:install aio-uring");
            assertThat(answer.status()).isOne();
            assertThat(answer.text()).contains("aio.policy.uring", "osgi.ee", "(&(osgi.ee=JavaSE)(version=22))");
            traffic.awaitProgress();
            traffic.stop();
            assertThat(admin.succeed("policy:current")).contains("* default ");
            assertThat(admin.succeed("feature:list -i --no-format")).doesNotContain("aio-uring");
            assertThat(admin.succeed("policy:history").lines().filter(line -> line.contains("uring"))).isEmpty();
        }
    }

    /** Finds a JDK of the oldest release that aio runs on, beside the one in use. */
    private static Optional<Path> older() throws IOException {
        Path homes = Path.of(System.getProperty("java.home")).toRealPath().getParent();
        try (Stream<Path> all = Files.list(homes)) {
            return all.filter(KarafUringIT::isOlder).findFirst();
        }
    }

    private static boolean isOlder(Path home) {
        try {
            return Files.isExecutable(home.resolve("bin/java"))
                    && Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"17.");
        } catch (IOException e) {
            return false; // not a JDK
        }
    }
}
