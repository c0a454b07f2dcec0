package aio.policy.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import org.apache.felix.service.command.CommandSession;

/**
 * Where a command runs that continues until it is ended.
 *
 * @param keyboard what is typed
 * @param out what is seen, or the pipe after the command
 * @param terminal whether a person looks at it, as far as the shell tells
 */
public record Screen(InputStream keyboard, PrintStream out, boolean terminal) {

    private static final String TERMINAL_OF_JLINE = ".terminal";

    /** Returns that of a session of Gogo, whose plain shell knows of no terminal but that of the process. */
    static Screen of(CommandSession session) {
        boolean terminal = session.get(TERMINAL_OF_JLINE) != null || System.console() != null;
        // unlike the console of the session, this one is that of a pipe, too
        return new Screen(session.getKeyboard(), System.out, terminal);
    }

    /** Tells whether something was typed since the last time; it is eaten, for it is no command. */
    boolean isTyped() throws IOException {
        if (keyboard.available() == 0) {
            return false;
        }
        while (keyboard.available() > 0 && keyboard.read() != '\n') {
            // up to the end of the line
        }
        return true;
    }
}
