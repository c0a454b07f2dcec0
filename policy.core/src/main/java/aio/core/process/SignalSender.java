package aio.core.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sends signals to one child, in order. Those that the JDK knows go at once, the others through the shell beside the
 * loop; {@code SIGKILL} overtakes, for nothing can come behind it. Any thread.
 */
final class SignalSender {
    private static final Logger LOG = System.getLogger(SignalSender.class.getName());
    private static final int TERM = 15;
    private static final int KILL = 9;

    private final ProcessLauncher launcher;
    private final Process process;
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private boolean sending;

    SignalSender(ProcessLauncher launcher, Process process) {
        this.launcher = launcher;
        this.process = process;
    }

    void send(int signal) {
        if (signal < 0 || signal > ExitStatus.MAX_SIGNAL) {
            throw new IllegalArgumentException("signal " + signal + " for process " + process.pid()
                    + " does not exist: give a number from 1 to " + ExitStatus.MAX_SIGNAL + ", or 0 to probe");
        }
        if (signal == 0) {
            return;
        }
        if (ExitStatus.WINDOWS && signal != TERM && signal != KILL) {
            throw new UnsupportedOperationException("signal " + signal + " for process " + process.pid()
                    + " cannot be sent on Windows: only " + TERM + " and " + KILL + " can, both end the process");
        }
        launcher.reaper().signalled(process, signal);
        if (signal == KILL) {
            // not Process.destroy: that one closes our ends of the pipes, and the last output would be lost
            report(signal, process.toHandle().destroyForcibly());
            return;
        }
        synchronized (waiting) {
            if (signal == TERM && !sending) {
                report(signal, process.toHandle().destroy());
                return;
            }
            waiting.add(signal);
            if (sending) {
                return;
            }
            sending = true;
        }
        launcher.execute("aio-process-" + process.pid() + "-signals", this::sendWaiting);
    }

    void killIfAlive() {
        if (process.isAlive()) {
            send(KILL);
        }
    }

    private void sendWaiting() {
        while (true) {
            int signal;
            synchronized (waiting) {
                Integer next = waiting.poll();
                if (next == null) {
                    sending = false;
                    return;
                }
                signal = next;
            }
            sendByShell(signal);
        }
    }

    private void sendByShell(int signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            report(signal, kill.waitFor() == 0);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "signal " + signal + " was not sent to process " + process.pid()
                    + ": the shell could not be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(int signal, boolean sent) {
        // the handle asks the system: the process itself may not know yet that it has ended
        if (!sent && process.toHandle().isAlive()) {
            LOG.log(Level.WARNING, "signal " + signal + " was not sent to process " + process.pid()
                    + ", which runs: is it of another user?");
        }
    }
}
