package aio.testkit.net;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sees what is logged on a plain class path, where {@code System.Logger} ends in {@code java.util.logging}. */
final class LogCapture extends Handler implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private LogCapture() {}

    static LogCapture start() {
        LogCapture capture = new LogCapture();
        capture.root.addHandler(capture);
        return capture;
    }

    long count(String part) {
        return messages.stream().filter(message -> message.contains(part)).count();
    }

    @Override
    public void publish(LogRecord entry) {
        Throwable thrown = entry.getThrown();
        messages.add(entry.getMessage() + (thrown == null ? "" : " " + thrown));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
