package aio.loop;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A signal of the operating system, by its name: {@code "TERM"}, and {@code "SIGTERM"} is the same. Python takes
 * numbers; they differ between systems, and the JVM knows signals by name.
 *
 * @param name the name without {@code SIG}, in upper case
 */
public record Signal(String name) {
    // first: the signals below are checked with it
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9+-]*");

    /** The terminal is gone, or: read the configuration again. */
    public static final Signal HUP = new Signal("HUP");
    /** Interrupt, as by Ctrl-C. */
    public static final Signal INT = new Signal("INT");
    /** Please end. */
    public static final Signal TERM = new Signal("TERM");
    /** For the user's own purposes. */
    public static final Signal USR1 = new Signal("USR1");
    /** For the user's own purposes; the JVM itself may use it. */
    public static final Signal USR2 = new Signal("USR2");
    /** The size of the terminal has changed. */
    public static final Signal WINCH = new Signal("WINCH");

    /**
     * Makes one; the system is not asked whether it has it.
     *
     * @throws IllegalArgumentException if that cannot be the name of a signal
     */
    public Signal {
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
