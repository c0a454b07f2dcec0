package aio.dist.shell;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The streams of the process itself: those of {@link System} belong to the command that runs on the thread, and a
 * session that writes to them would write to itself.
 */
final class Terminal {
    static final PrintStream OUT =
            new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), /* autoFlush= */ true);
    static final InputStream IN = new FileInputStream(FileDescriptor.in);

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n\t]]");

    private Terminal() {}

    /** Returns a message, which may quote foreign text, with the characters escaped that would steer the terminal. */
    static String visible(String message) {
        return UNSEEN.matcher(message).replaceAll(unseen ->
                Matcher.quoteReplacement(String.format(Locale.ROOT, "\\u%04x", unseen.group().codePointAt(0))));
    }
}
