package aio.testkit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import aio.process.SubprocessProtocol;
import aio.process.SubprocessTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Too few descriptors are left to start children, from none to nearly enough: each start works, or says why it fails
 * and leaves no descriptor, child, thread or file.
 */
final class ChildScenario extends Scenario {
    private static final List<String> COMMAND = List.of("/bin/sh", "-c", "read line; echo got $line");
    private static final int ENOUGH = 40;

    /** Sends a line, and keeps the reply. */
    private static final class Talk implements SubprocessProtocol {
        private final StringBuilder said = new StringBuilder();
        private final CompletableFuture<String> answer = new CompletableFuture<>();

        @Override
        public void connectionMade(SubprocessTransport transport) {
            Objects.requireNonNull(transport.stdin()).write(StandardCharsets.US_ASCII.encode("hello\n"));
        }

        @Override
        public void pipeDataReceived(int fd, ByteBuffer data) {
            said.append(StandardCharsets.US_ASCII.decode(data));
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            answer.complete(said.toString().trim());
        }
    }

    @Override
    void run() throws Exception {
        assertThat(startFails()).isNull();
        List<String> files = temporaryFiles();
        awaitQuiet(Hoard.others());
        List<String> descriptors = Hoard.others();
        boolean works = false;
        for (int left = 0; left < ENOUGH; left++) {
            Throwable failure;
            try (Hoard hoard = new Hoard()) {
                hoard.takeAll();
                hoard.leave(left);
                failure = startFails();
                assertAlive();
            }
            awaitQuiet(descriptors);
            if (failure != null) {
                assertThat(failure).as("with %s left", left).isInstanceOf(IOException.class);
                assertThat(failure.toString()).as("with %s left", left).contains("too few descriptors", "ulimit -n");
            }
            works |= failure == null;
        }
        assertThat(works).as("a child starts when there are enough descriptors").isTrue();
        assertThat(temporaryFiles()).isEqualTo(files);
        assertThat(startFails()).isNull();
        assertThat(reports).isEmpty();
    }

    private @Nullable Throwable startFails() throws Exception {
        Talk talk = new Talk();
        try {
            loop.subprocessExec(() -> talk, COMMAND).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        }
        assertThat(talk.answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("got hello");
        return null;
    }

    /** Waits until there are as many descriptors as before, and no child. */
    private static void awaitQuiet(List<String> before) throws Exception {
        int[] seen = new int[2];
        try {
            until("nothing is left", () -> {
                seen[0] = Hoard.others().size();
                seen[1] = (int) ProcessHandle.current().children().count();
                return seen[0] <= before.size() && seen[1] == 0;
            });
        } catch (AssertionError e) {
            throw new AssertionError("left behind: " + seen[1] + " children, and " + Hoard.others()
                    + " where there was " + before, e);
        }
    }

    private static List<String> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
