package aio.core.tls;

import aio.core.tls.TlsConnection.Phase;
import aio.core.transport.DroppedWrites;
import aio.loop.LoopExit;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLException;

/** The sending half of a TLS connection, and the pauses of its user. Loop thread. */
final class TlsWriting {
    private final TlsConnection connection;
    private final TlsRecords records;
    private boolean sending;
    private boolean pauseWhenSent;
    private final DroppedWrites dropped = new DroppedWrites();

    TlsWriting(TlsConnection connection, TlsRecords records) {
        this.connection = connection;
        this.records = records;
    }

    /** Encrypts and sends; positions advance by what was done. */
    void write(List<ByteBuffer> data) {
        if (connection.phase() != Phase.OPEN) {
            dropped.add("SSL connection is closed. " + connection.transport() + " has ended", "connectionLost");
            return;
        }
        boolean outermost = !sending;
        sending = true;
        try {
            records.send(data, connection.lower());
        } catch (LoopExit e) {
            throw e;
        } catch (SSLException | RuntimeException | Error e) {
            connection.failed(e);
        } finally {
            sending = !outermost;
        }
        if (outermost && pauseWhenSent) {
            pauseWhenSent = false;
            connection.delivery().pauseWriting(connection.transport());
        }
    }

    /** The transport below holds too much. */
    void pause() {
        if (sending) {
            pauseWhenSent = true; // pauseWriting may write: not in the middle of this write
        } else if (connection.isMade()) {
            connection.delivery().pauseWriting(connection.transport());
        }
    }

    /** The transport below has room again. */
    void resume() {
        if (pauseWhenSent) {
            pauseWhenSent = false;
        } else if (connection.isMade()) {
            connection.delivery().resumeWriting(connection.transport());
        }
    }
}
