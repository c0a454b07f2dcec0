package aio.soak.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/** One connection over a blocking socket: sends numbered bytes and checks what comes back. One thread. */
final class Exchange {
    private final Socket socket;
    private final int number;
    private final byte[] out;
    private final byte[] in;
    private long sent;
    private volatile long checked;

    Exchange(Socket socket, int number, int most) {
        this.socket = socket;
        this.number = number;
        out = new byte[most];
        in = new byte[most];
    }

    long checked() {
        return checked;
    }

    void request(int size) throws IOException {
        send(size);
        InputStream answers = socket.getInputStream();
        while (checked < sent) {
            receive(answers, (int) Math.min(in.length, sent - checked));
        }
    }

    void send(int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(out, 0, size);
        if (sent == 0) {
            bytes.putInt(number);
        }
        NumberedBytes.fill(bytes, number, Math.max(0, sent - Integer.BYTES));
        sent += size;
        OutputStream requests = socket.getOutputStream();
        requests.write(out, 0, size);
        requests.flush();
    }

    private boolean receive(InputStream answers, int most) throws IOException {
        int count = answers.read(in, 0, most);
        if (count < 0) {
            return false;
        }
        String wrong = NumberedBytes.wrongAt(ByteBuffer.wrap(in, 0, count), number, checked);
        if (wrong != null) {
            throw new IOException(wrong);
        }
        checked += count;
        return true;
    }

    /** Reads to the end, a little at a time with a rest in between. */
    void readSlowly(int most, Runnable rest) throws IOException {
        InputStream answers = socket.getInputStream();
        while (receive(answers, most)) {
            rest.run();
        }
    }

    /** Says that nothing more is sent, and reads to the end of what comes back. */
    void end() throws IOException {
        socket.shutdownOutput();
        int more = socket.getInputStream().read();
        if (more >= 0) {
            throw new IOException("got back more than it sent");
        }
    }
}
