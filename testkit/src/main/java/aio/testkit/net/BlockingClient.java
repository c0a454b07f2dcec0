package aio.testkit.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * The other end of a connection: a plain blocking socket, so that nothing of the code under test is on this side. No
 * call waits for ever. One thread at a time for sending, one for receiving.
 */
public final class BlockingClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 12_000;

    private final Socket socket;

    private BlockingClient(Socket socket) throws SocketException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** Connects. */
    public static BlockingClient connect(SocketAddress address) {
        return connect(address, 0);
    }

    /**
     * Connects with a small window, so that the sender meets its limits early.
     *
     * @param receiveBytes the size of the receive buffer asked for; 0 for the system's
     */
    public static BlockingClient connect(SocketAddress address, int receiveBytes) {
        Socket socket = new Socket();
        try {
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes); // the window is agreed on when connecting
            }
            socket.connect(address, TIMEOUT_MILLIS);
            return new BlockingClient(socket);
        } catch (IOException e) {
            closeQuietly(socket, e);
            throw new UncheckedIOException("cannot connect to " + address, e);
        }
    }

    private static void closeQuietly(Socket socket, IOException cause) {
        try {
            socket.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Takes over a socket that is connected already. */
    public static BlockingClient over(Socket socket) {
        try {
            return new BlockingClient(socket);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the socket. */
    public Socket socket() {
        return socket;
    }

    /** Returns the address of this side. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Sends bytes; waits while the other side does not take them. */
    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends text. */
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Receives a number of bytes. */
    public byte[] receive(int count) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        if (bytes.length < count) {
            throw new AssertionError("the stream ended after " + bytes.length + " bytes, expected " + count);
        }
        return bytes;
    }

    /** Receives a number of bytes as text. */
    public String receiveText(int count) throws IOException {
        return new String(receive(count), StandardCharsets.ISO_8859_1);
    }

    /** Receives until the other side ends the stream. */
    public byte[] receiveAll() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** Receives a number of bytes of a pattern and checks each; returns the position after them. */
    public long receive(BytePattern pattern, long start, long count) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] chunk = new byte[16 * 1024];
        long position = start;
        while (position < start + count) {
            int wanted = (int) Math.min(chunk.length, start + count - position);
            int n = in.read(chunk, 0, wanted);
            if (n < 0) {
                throw new AssertionError("the stream ended at byte " + position + ", expected " + (start + count));
            }
            pattern.check(position, chunk, n);
            position += n;
        }
        return position;
    }

    /** Tells whether the other side has ended the stream; waits for it, or for a byte that should not be there. */
    public boolean isAtEnd() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    /** Ends the sending side. */
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Resets the connection: the other side sees an error, not an end. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
