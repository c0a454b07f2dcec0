package aio.bench.micro;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the log of policy changes out of the figures. */
final class Quiet {
    private static final Logger LOG = Logger.getLogger("aio"); // held, or its level is forgotten

    private Quiet() {}

    static void log() {
        LOG.setLevel(Level.WARNING);
    }
}
