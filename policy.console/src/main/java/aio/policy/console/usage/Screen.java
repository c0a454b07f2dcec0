package aio.policy.console.usage;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;

/**
 * Where a command runs, and for whom.
 *
 * @param keyboard what is typed
 * @param out what is seen, or the pipe after the command
 * @param terminal whether a person looks at it, as far as the shell tells
 * @param user who is logged in; {@code operator} if the shell knows nobody
 */
public record Screen(InputStream keyboard, PrintStream out, boolean terminal, String user) {

    /** The variable in which a shell that knows who is logged in keeps the name. */
    public static final String USER = "USER";

    private static final String TERMINAL_OF_JLINE = ".terminal";

    /** Returns that of a session of Gogo, whose plain shell knows of no terminal but that of the process. */
    public static Screen of(CommandSession session) {
        boolean terminal = session.get(TERMINAL_OF_JLINE) != null || System.console() != null;
        // unlike the console of the session, this one is that of a pipe, too
        return new Screen(session.getKeyboard(), System.out, terminal, user(session.get(USER)));
    }

    /** Returns the name of a user whom a shell knows, or not. */
    public static String user(@Nullable Object known) {
        return known == null ? "operator" : known.toString();
    }

    /** Tells whether something was typed since the last time; it is eaten, for it is no command. */
    public boolean isTyped() throws IOException {
        if (keyboard.available() == 0) {
            return false;
        }
        while (keyboard.available() > 0 && keyboard.read() != '\n') {
            // up to the end of the line
        }
        return true;
    }
}
