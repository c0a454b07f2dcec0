package aio.policy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.fleet.node.FleetNode;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said where ZooKeeper does not do what it was asked for, to a node that has no connection. */
@Timeout(60)
class FailuresTest {
    private static String said(Path folder, Exception failure) throws IOException {
        FleetNode node = LoneNode.make("127.0.0.1:1", folder);
        try {
            return Failures.told(node, () -> {
                throw failure;
            });
        } catch (IllegalStateException e) {
            assertThat(e).as("the cause is not lost").hasCause(failure);
            return e.getMessage();
        } finally {
            node.close();
        }
    }

    @Test
    void eachFailure_saysWhatWasSeen_andWhatToDo(@TempDir Path folder) throws Exception {
        assertThat(said(folder, new KeeperException.ConnectionLossException()))
                .startsWith("fleet: this node is cut off from ZooKeeper; it stays as it is, and catches up later: ");
        assertThat(said(folder, new KeeperException.NoAuthException()))
                .startsWith("fleet: ZooKeeper refuses this node, expected the digest of the fleet's other nodes in the"
                        + " configuration aio.fleet: ");
        assertThat(said(folder, new KeeperException.NoNodeException()))
                .startsWith("fleet: nobody has been in the fleet 'test' yet, this node included: ");
        assertThat(said(folder, new IOException("the disk is full"))).isEqualTo("fleet: the disk is full");
    }

    @Test
    void whoEndsACommand_isTold_andTheShellContinues(@TempDir Path folder) throws Exception {
        assertThat(said(folder, new InterruptedException()))
                .isEqualTo("fleet: the command was ended; what is decided goes on");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatWasRefused_isRefused(@TempDir Path folder) throws Exception {
        try (FleetNode node = LoneNode.make("127.0.0.1:1", folder)) {
            assertThatThrownBy(() -> Failures.told(node, () -> {
                throw new IllegalArgumentException("no");
            })).isInstanceOf(IllegalArgumentException.class).hasMessage("no");
        }
    }
}
