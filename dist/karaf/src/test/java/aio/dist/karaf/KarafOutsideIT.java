package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.net.Traffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** A foreign policy, as {@code OutsideIT} has built it: it comes, is updated and goes under connections. */
@Timeout(300)
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "Karaf 4.4 needs the security manager, which 24 has no more")
class KarafOutsideIT {
    private static final Path BUILT =
            Path.of(System.getProperty("basedir", ""), "..", "target", "outside").toAbsolutePath().normalize();
    private static final int CONNECTIONS = 200;
    private static final Duration REST = Duration.ofMillis(200);

    @Test
    void comesIsUpdatedAndGoes(@TempDir Path base) throws Exception {
        Assumptions.assumeTrue(Files.exists(bundle("1.1")), "OutsideIT of dist has built it");
        try (KarafProcess karaf = KarafProcess.start(base)) {
            KarafShell admin = new KarafShell(karaf.sshPort(), "admin");
            karaf.await(admin, "feature:install aio-example");
            karaf.await(admin, "policy:current");
            Traffic traffic = Traffic.start(karaf.echo(), CONNECTIONS, REST);
            traffic.awaitProgress();
            admin.succeed("bundle:install -s " + bundle("1.0").toUri());
            karaf.awaitCurrent(admin, "careful");
            traffic.awaitProgress();
            admin.succeed("bundle:update org.example.careful " + bundle("1.1").toUri());
            karaf.awaitCurrent(admin, "careful");
            assertThat(admin.succeed("bundle:list")).containsPattern("careful.*1\\.1\\.0|1\\.1\\.0.*careful");
            traffic.awaitProgress();
            admin.succeed("bundle:uninstall org.example.careful");
            karaf.awaitCurrent(admin, "default");
            traffic.awaitProgress();
            traffic.stop();
            admin.close();
        }
    }

    private static Path bundle(String version) {
        return BUILT.resolve(version + "/target/careful-policy-" + version + ".jar");
    }
}
