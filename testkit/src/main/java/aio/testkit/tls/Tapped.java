package aio.testkit.tls;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A plain socket under a TLS one, which remembers what came in: the records as they were sent. */
final class Tapped extends Socket {
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    Tapped(InetSocketAddress address) throws IOException {
        super(address.getAddress(), address.getPort());
        setSoTimeout((int) TlsContract.PATIENCE.toMillis());
    }

    /** Speaks TLS over it. */
    SSLSocket secured(SSLContext context, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(this, "localhost", getPort(), false);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return socket;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int value = in.read();
                if (value >= 0) {
                    note(new byte[] {(byte) value}, 0, 1);
                }
                return value;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                if (count > 0) {
                    note(bytes, offset, count);
                }
                return count;
            }
        };
    }

    private void note(byte[] bytes, int offset, int count) {
        synchronized (seen) {
            seen.write(bytes, offset, count);
        }
    }

    /** Returns the types of the records so far: 20 a change of keys, 21 an alert, 22 a handshake, 23 data. */
    List<Integer> recordTypes() {
        byte[] bytes;
        synchronized (seen) {
            bytes = seen.toByteArray();
        }
        List<Integer> types = new ArrayList<>();
        for (int at = 0; at + 5 <= bytes.length; at += 5 + ((bytes[at + 3] & 0xFF) << 8) + (bytes[at + 4] & 0xFF)) {
            types.add((int) bytes[at]);
        }
        return types;
    }
}
