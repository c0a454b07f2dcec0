package aio.core.process;

import java.util.Locale;

/**
 * Turns the JDK's exit value of a child into asyncio's return code. The JDK gives 128+N for a child killed by signal N,
 * just as for one that ended itself with that number (shells do, if their last command was killed). 128+N counts as -N
 * if this core sent signal N, and for the classic signals (129 to 159) also if it did not: a signal from elsewhere is
 * far more common than a program that chooses such a number.
 */
final class ExitStatus {
    static final int MAX_SIGNAL = 64;
    static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private static final int SIGNAL_BASE = 128;
    private static final int MAX_CLASSIC_SIGNAL = 31;

    private ExitStatus() {}

    /**
     * Returns the return code.
     *
     * @param sent the signals that this core sent: bit N-1 for signal N
     */
    static int returncode(int exitValue, long sent) {
        int signal = exitValue - SIGNAL_BASE;
        if (WINDOWS || signal < 1 || signal > MAX_SIGNAL) {
            return exitValue;
        }
        return signal <= MAX_CLASSIC_SIGNAL || (sent & bit(signal)) != 0 ? -signal : exitValue;
    }

    static long bit(int signal) {
        return 1L << (signal - 1);
    }
}
