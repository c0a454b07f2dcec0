package aio.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

/**
 * Takes the log records of a logger and of all below it, instead of their usual way, until it is closed. {@code
 * System.Logger} writes to {@code java.util.logging} where nothing else is installed.
 *
 * <p>Thread safety: any thread.
 */
public final class LogCapture implements AutoCloseable {
    private final Logger logger; // held: a logger without a reference forgets its handlers
    private final boolean parents;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            records.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private LogCapture(Logger logger) {
        this.logger = logger;
        parents = logger.getUseParentHandlers();
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    /** Captures everything of aio. */
    public static LogCapture start() {
        return of("aio");
    }

    /** Captures the logger of a name and all below it. */
    public static LogCapture of(String name) {
        return new LogCapture(Logger.getLogger(name));
    }

    /** Returns the formatted messages of the errors so far. */
    public List<String> errors() {
        return messages(entry -> entry.getLevel().equals(Level.SEVERE));
    }

    /** Returns the formatted messages of the warnings so far. */
    public List<String> warnings() {
        return messages(entry -> entry.getLevel().equals(Level.WARNING));
    }

    /** Returns how many records so far contain a part, in messages or in the text of exceptions. */
    public long count(String part) {
        SimpleFormatter formatter = new SimpleFormatter();
        return records.stream().filter(entry -> formatter.formatMessage(entry).contains(part)
                || entry.getThrown() != null && entry.getThrown().toString().contains(part)).count();
    }

    /** Returns the exceptions attached to the records so far. */
    public List<Throwable> thrown() {
        return records.stream()
                .filter(entry -> entry.getThrown() != null)
                .map(LogRecord::getThrown)
                .collect(Collectors.toList());
    }

    private List<String> messages(Predicate<LogRecord> wanted) {
        SimpleFormatter formatter = new SimpleFormatter();
        return records.stream().filter(wanted).map(formatter::formatMessage).collect(Collectors.toList());
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(parents);
    }
}
