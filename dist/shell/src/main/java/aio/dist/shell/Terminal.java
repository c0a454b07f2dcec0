package aio.dist.shell;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * The streams of the process themselves: those of {@link System} are those of the command that runs on the thread, and
 * a session that writes to them would write to itself.
 */
final class Terminal {
    static final PrintStream OUT =
            new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), /* autoFlush= */ true);
    static final InputStream IN = new FileInputStream(FileDescriptor.in);

    private Terminal() {}
}
