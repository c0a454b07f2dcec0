package aio.testkit.net;

import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A driver like another one, except that it posts each write from a buffer of its own and learns in a later poll that
 * the write was sent, as completion engines do: until then all of it is unwritten.
 */
final class PostedWrites implements IoDriverFactory {
    private static final int CAPACITY = 16 * 1024;

    private final IoDriverFactory real;

    PostedWrites(IoDriverFactory real) {
        this.real = real;
    }

    @Override
    public String name() {
        return real.name() + " with posted writes";
    }

    @Override
    public Set<DriverFeature> features() {
        return real.features();
    }

    @Override
    public IoDriver open(DriverContext context) throws IOException {
        Engine engine = new Engine(real.open(context));
        return proxy(IoDriver.class, (method, arguments) -> engine.call(method, arguments));
    }

    /** What a proxy does. */
    private interface Call {
        @Nullable Object of(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(PostedWrites.class.getClassLoader(), new Class<?>[] {type},
                (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> call.of(method, arguments);
                }));
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static final class Engine {
        private final IoDriver real;
        private final ArrayDeque<Stream> posted = new ArrayDeque<>();
        private final ArrayDeque<Stream> sent = new ArrayDeque<>();

        Engine(IoDriver real) {
            this.real = real;
        }

        @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            switch (method.getName()) {
                case "poll" -> {
                    return poll((Long) arguments[0]);
                }
                case "dispatch" -> {
                    dispatch();
                    return null;
                }
                case "adopt" -> {
                    if (arguments[0] instanceof SocketChannel channel) {
                        return new Stream(this, channel, (StreamEvents) arguments[1]);
                    }
                }
                default -> { }
            }
            return invoke(real, method, arguments);
        }

        private int poll(long timeoutNanos) throws IOException {
            boolean soon = false;
            for (Stream stream : List.copyOf(posted)) {
                if (stream.isSent()) {
                    posted.remove(stream);
                    sent.add(stream);
                }
                soon |= !stream.blocked;
            }
            return real.poll(soon || !sent.isEmpty() ? 0 : timeoutNanos) + sent.size();
        }

        private void dispatch() {
            real.dispatch();
            for (int left = sent.size(); left > 0 && !sent.isEmpty(); left--) {
                sent.remove().deliver();
            }
        }
    }

    private static final class Stream implements StreamPort {
        private final Engine engine;
        private final StreamEvents events;
        private final StreamPort port;
        private final ByteBuffer bytes = ByteBuffer.allocate(CAPACITY);
        private ByteBuffer handedBack = ByteBuffer.allocate(0);
        private boolean blocked; // the kernel has no room
        private boolean inFlight;
        private boolean shutBehind;
        private boolean over;
        private @Nullable IOException failure;

        Stream(Engine engine, SocketChannel channel, StreamEvents events) throws IOException {
            this.engine = engine;
            this.events = events;
            this.port = engine.real.adopt(channel, proxy(StreamEvents.class, this::event));
        }

        private @Nullable Object event(Method method, Object @Nullable [] arguments) throws Throwable {
            switch (method.getName()) {
                case "writable" -> {
                    blocked = false;
                    return null;
                }
                case "unwritten" -> {
                    ByteBuffer given = (ByteBuffer) arguments[0];
                    handedBack = ByteBuffer.allocate(given.remaining()).put(given).flip();
                    return null;
                }
                case "failed" -> failure = (IOException) arguments[0];
                default -> { }
            }
            return invoke(events, method, arguments);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (shutBehind) {
                throw new ClosedChannelException();
            }
            int count = Math.min(bytes.remaining(), from.remaining());
            bytes.put(bytes.position(), from, from.position(), count).position(bytes.position() + count);
            from.position(from.position() + count);
            if (bytes.position() > 0 && !engine.posted.contains(this)) {
                engine.posted.add(this);
            }
            return count;
        }

        @Override
        public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
            long taken = 0;
            for (int i = offset; i < offset + count; i++) {
                taken += write(buffers[i]);
            }
            return taken;
        }

        @Override
        public long unwritten() {
            return bytes.position() + port.unwritten();
        }

        /** Continues with what is posted: one poll takes it, a later one tells that it was sent. */
        boolean isSent() {
            if (blocked || !inFlight) {
                inFlight = true;
                return false;
            }
            try {
                port.write(bytes.flip());
                bytes.compact();
                port.flush();
                blocked = unwritten() > 0;
                if (!blocked && shutBehind) {
                    port.shutdownOutput();
                }
            } catch (IOException e) {
                failure = e;
                return true;
            }
            inFlight = blocked;
            return !blocked;
        }

        void deliver() {
            if (over) {
                return;
            }
            if (failure != null) {
                events.failed(failure);
            } else if (bytes.position() == 0) {
                events.writable();
            }
        }

        @Override
        public void shutdownOutput() throws IOException {
            if (unwritten() == 0) {
                port.shutdownOutput();
            }
            shutBehind = true;
        }

        @Override
        public void resumeReading() {
            port.resumeReading();
        }

        @Override
        public void pauseReading() {
            port.pauseReading();
        }

        @Override
        public void release() {
            port.release();
            if (over) {
                return;
            }
            over = true;
            engine.posted.remove(this);
            bytes.flip();
            ByteBuffer all = ByteBuffer.allocate(handedBack.remaining() + bytes.remaining()).put(handedBack).put(bytes);
            if (all.position() > 0 && failure == null) {
                events.unwritten(all.flip());
            }
        }
    }
}
