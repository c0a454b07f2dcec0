package aio.process;

import java.nio.charset.StandardCharsets;

/**
 * The output of a child process and its return code; asyncio's {@code communicate} returns the output only.
 *
 * @param stdout all that it wrote to its standard output; empty if that is no pipe
 * @param stderr all that it wrote to its standard error; empty if that is no pipe
 * @param returncode n if it exited with n, -N if signal N killed it
 */
public record SubprocessResult(byte[] stdout, byte[] stderr, int returncode) {

    /** Returns the standard output as text, in UTF-8. */
    public String stdoutText() {
        return new String(stdout, StandardCharsets.UTF_8);
    }

    /** Returns the standard error as text, in UTF-8. */
    public String stderrText() {
        return new String(stderr, StandardCharsets.UTF_8);
    }
}
