package aio.dist;

import java.io.PrintStream;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Writes what is logged among the output of the commands, so that there is one order: warnings of everybody; and, on
 * demand, what aio has to tell, as plain lines. Any thread.
 */
final class ConsoleLog extends Handler {
    private static final Formatter FORMATTER = new SimpleFormatter();
    // the shell prints changes of the policy itself
    private static final String CHANGES = "aio.policy";

    private final PrintStream out;
    private volatile boolean talkative;

    private ConsoleLog(PrintStream out) {
        this.out = out;
    }

    /** Takes the place of all handlers. */
    static ConsoleLog install(PrintStream out) {
        LogManager.getLogManager().reset();
        ConsoleLog log = new ConsoleLog(out);
        Logger root = Logger.getLogger("");
        root.addHandler(log);
        root.setLevel(Level.INFO);
        return log;
    }

    /** Whether to write more than warnings: not while everything starts or ends, as nothing of it is news. */
    void setTalkative(boolean on) {
        talkative = on;
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            String kind = entry.getLevel().intValue() >= Level.SEVERE.intValue() ? "severe" : "warning";
            print(kind + ": " + FORMATTER.formatMessage(entry), entry.getThrown());
        } else if (talkative && isOurs(entry.getLoggerName())) {
            print(FORMATTER.formatMessage(entry), entry.getThrown());
        }
    }

    private static boolean isOurs(String logger) {
        return logger != null && logger.startsWith("aio.") && !logger.equals(CHANGES);
    }

    private synchronized void print(String line, Throwable thrown) {
        out.println(visible(line));
        if (thrown != null) {
            thrown.printStackTrace(out);
        }
    }

    /**
     * What is logged may hold text of anybody: it must not steer the terminal, and what stands on further lines must
     * not look like a line of its own.
     */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.strip().codePoints().forEach(c -> {
            if (c == '\n') {
                visible.append("\n    ");
            } else if (c == '\t' || !isUnseen(c)) {
                visible.appendCodePoint(c);
            } else if (c != '\r') {
                visible.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return visible.toString();
    }

    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {}
}
