package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/install.md says of a plain Felix: the bundles that it names are dropped into the folder {@code load}, and a
 * policy comes and goes with its jar, under a client.
 */
@Timeout(180)
class PlainFelixIT {
    @TempDir
    private Path home;

    @Test
    void bundlesThatAreNamed_dropped_makeAPolicyThatIsSwappedByAddingAndDeletingAJar() throws Exception {
        PlainFelix felix = PlainFelix.in(home);
        try (RunningContainer container = felix.start()) {
            felix.dropText("aio.example.echo.Echo.cfg", "port = " + container.echoPort() + "\n");
            felix.dropText("aio.example.echo.HttpResponder.cfg", "port = 0\n");
            felix.dropNamed();
            container.await("INFO: policy: none -> default (rank min, service arrived)");
            felix.dropBundle("aio-example-echo");
            try (EchoClient client = EchoClient.connect(container.echoPort(), container)) {
                client.awaitProgress();
                felix.dropBundle("aio-policy-winselector");
                container.await("INFO: policy: default -> winselector (rank 100, service arrived);"
                        + " 1 loop, 1 connection kept, 0 lost");
                client.awaitProgress();
                container.type("policy:use default");
                container.await("INFO: policy: winselector -> default (operator pinned it);"
                        + " 1 loop, 1 connection kept, 0 lost");
                container.type("policy:auto");
                container.await("INFO: policy: default -> winselector (operator removed the pin)");
                client.awaitProgress();
                felix.delete("aio-policy-winselector.jar");
                container.await("INFO: policy: winselector -> default (bundle ");
                client.awaitProgress();
                assertThat(client.stop()).isNull();
            }
            container.type("policy:list");
            container.await("* default   min  current");
            container.type("exit 0");
            assertThat(container.exitCode()).as(() -> String.join("\n", container.output())).isZero();
        }
    }
}
