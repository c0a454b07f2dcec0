package aio.core.kernel;

import aio.core.foreign.DriverCalls;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import org.jspecify.annotations.Nullable;

/** One open driver and what it serves, as a linked list in the order of arrival. Loop thread. */
final class Mount {
    /** Where the driver is from; null if the loop is parked. */
    final @Nullable IoDriverFactory factory;

    final IoDriver driver;
    private @Nullable Attachment first;
    private @Nullable Attachment last;
    private volatile int size;

    Mount(@Nullable IoDriverFactory factory, IoDriver driver) {
        this.factory = factory;
        this.driver = driver;
    }

    @Nullable Attachment first() {
        return first;
    }

    int size() {
        return size;
    }

    void add(Attachment attachment) {
        attachment.mount = this;
        attachment.previous = last;
        attachment.next = null;
        if (last == null) {
            first = attachment;
        } else {
            last.next = attachment;
        }
        last = attachment;
        size = size + 1;
    }

    void remove(Attachment attachment) {
        if (attachment.previous == null) {
            first = attachment.next;
        } else {
            attachment.previous.next = attachment.next;
        }
        if (attachment.next == null) {
            last = attachment.previous;
        } else {
            attachment.next.previous = attachment.previous;
        }
        attachment.mount = null;
        attachment.previous = null;
        attachment.next = null;
        size = size - 1;
    }

    /** Returns the name that people see. */
    String name() {
        return nameOf(factory);
    }

    /** Returns the name that people see; that of the class if the code of the driver is gone and cannot tell it. */
    static String nameOf(@Nullable IoDriverFactory factory) {
        return DriverCalls.nameOf(factory);
    }
}
