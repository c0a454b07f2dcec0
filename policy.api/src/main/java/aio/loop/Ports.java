package aio.loop;

/** Checks port numbers. */
final class Ports {
    private Ports() {}

    static int check(int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is out of range: expected 0 to 65535");
        }
        return port;
    }
}
