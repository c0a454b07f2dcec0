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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes log records among the output of the commands, so that there is one order: all warnings; and, on demand, what
 * aio reports, as plain lines. Any thread.
 */
final class ConsoleLog extends Handler {
    private static final Formatter FORMATTER = new SimpleFormatter();
    // the shell itself prints changes of the policy
    private static final String CHANGES = "aio.policy";
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n\t]]");

    private final PrintStream out;
    private volatile boolean talkative;

    private ConsoleLog(PrintStream out) {
        this.out = out;
    }

    /** Replaces all handlers. */
    static ConsoleLog install(PrintStream out) {
        LogManager.getLogManager().reset();
        ConsoleLog log = new ConsoleLog(out);
        Logger root = Logger.getLogger("");
        root.addHandler(log);
        root.setLevel(Level.INFO);
        return log;
    }

    /** Sets whether to write more than warnings: not during start and end, when nothing of it is news. */
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
     * Log records may quote foreign text: it must not steer the terminal, and its further lines must not look like
     * lines of their own.
     */
    static String visible(String text) {
        return UNSEEN.matcher(text.strip().replace("\r\n", "\n"))
                .replaceAll(unseen -> Matcher.quoteReplacement(
                        String.format(Locale.ROOT, "\\u%04x", unseen.group().codePointAt(0))))
                .replace("\n", "\n    ");
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {}
}
