package aio.process;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A signal of the operating system, by its name: {@code "TERM"}, and {@code "SIGTERM"} is the same. Python takes
 * numbers; they differ between systems, and the JVM knows signals by name.
 *
 * @param name the name without {@code SIG}, in upper case
 */
public record ProcessSignal(String name) {
    // first: the signals below are checked with it
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9+-]*");

    /** The terminal was closed; daemons take it as a request to read their configuration again. */
    public static final ProcessSignal HUP = new ProcessSignal("HUP");
    /** Interrupt, as by Ctrl-C. */
    public static final ProcessSignal INT = new ProcessSignal("INT");
    /** Ends the process at once; cannot be caught. */
    public static final ProcessSignal KILL = new ProcessSignal("KILL");
    /** Stops the process until {@link #CONT}; cannot be caught. */
    public static final ProcessSignal STOP = new ProcessSignal("STOP");
    /** Continues the process after {@link #STOP}. */
    public static final ProcessSignal CONT = new ProcessSignal("CONT");
    /** Asks the process to end. */
    public static final ProcessSignal TERM = new ProcessSignal("TERM");
    /** For the user's own purposes. */
    public static final ProcessSignal USR1 = new ProcessSignal("USR1");
    /** For the user's own purposes; the JVM itself may use it. */
    public static final ProcessSignal USR2 = new ProcessSignal("USR2");
    /** The size of the terminal has changed. */
    public static final ProcessSignal WINCH = new ProcessSignal("WINCH");

    /**
     * Makes a signal. This does not check whether the system has it.
     *
     * @throws IllegalArgumentException if the text cannot be the name of a signal
     */
    public ProcessSignal {
        String upper = name.toUpperCase(Locale.ROOT);
        String plain = upper.startsWith("SIG") ? upper.substring(3) : upper;
        if (!NAME.matcher(plain).matches()) {
            throw new IllegalArgumentException("\"" + name
                    + "\" is no name of a signal: expected one such as \"TERM\"");
        }
        name = plain;
    }

    @Override
    public String toString() {
        return "SIG" + name;
    }
}
