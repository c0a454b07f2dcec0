package aio.core.process;

import aio.core.foreign.CoreLog;
import aio.core.kernel.Shortage;
import aio.core.thread.Starts;
import aio.process.ProcessSignal;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends signals to one child, in order. Signals that the JDK knows go at once, the others through the shell beside the
 * loop; {@code SIGKILL} overtakes, since nothing can come after it. Any thread.
 */
final class SignalSender {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final int FIRST_REALTIME = 34; // on Linux; the exit by a classic signal is told in any case
    private static final Set<String> NAMES = Set.of("HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "IOT", "BUS", "EMT",
            "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CLD", "CONT", "STOP",
            "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "POLL", "INFO", "PWR",
            "SYS");
    private static final Pattern REALTIME = Pattern.compile("RTMIN(?:\\+(\\d{1,2}))?");

    private final ProcessLauncher launcher;
    private final Process process;
    private final Deque<ProcessSignal> waiting = new ArrayDeque<>();
    private boolean sending;

    SignalSender(ProcessLauncher launcher, Process process) {
        this.launcher = launcher;
        this.process = process;
    }

    void send(ProcessSignal signal) {
        Matcher realtime = REALTIME.matcher(signal.name());
        if (!NAMES.contains(signal.name()) && !realtime.matches()) {
            throw new IllegalArgumentException("signal \"" + signal + "\" for process " + process.pid()
                    + " does not exist: give one such as SIGTERM, SIGUSR1 or SIGRTMIN+1");
        }
        boolean kills = signal.equals(ProcessSignal.KILL);
        boolean terminates = signal.equals(ProcessSignal.TERM);
        if (ExitStatus.WINDOWS && !terminates && !kills) {
            throw new UnsupportedOperationException(signal + " for process " + process.pid()
                    + " cannot be sent on Windows: only SIGTERM and SIGKILL can, both end the process");
        }
        if (realtime.matches()) {
            int above = realtime.group(1) == null ? 0 : Integer.parseInt(realtime.group(1));
            launcher.reaper().signalled(process, Math.min(FIRST_REALTIME + above, ExitStatus.MAX_SIGNAL));
        }
        if (kills) {
            // not Process.destroy: it closes the core's ends of the pipes, and the last output would be lost
            report(signal, process.toHandle().destroyForcibly());
            return;
        }
        synchronized (waiting) {
            if (terminates && !sending) {
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
            send(ProcessSignal.KILL);
        }
    }

    private void sendWaiting() {
        while (true) {
            ProcessSignal signal;
            synchronized (waiting) {
                ProcessSignal next = waiting.poll();
                if (next == null) {
                    sending = false;
                    return;
                }
                signal = next;
            }
            if (!Starts.isPossible()) { // later, on the next thread that there is
                synchronized (waiting) {
                    waiting.addFirst(signal);
                }
                Starts.begin("aio-process-" + process.pid() + "-signals", this::sendWaiting);
                return;
            }
            sendByShell(signal);
        }
    }

    private void sendByShell(ProcessSignal signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            Shortage.checkDescriptors(Spawning.PIPES_OF_A_START);
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal.name() + " " + process.pid())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            report(signal, kill.waitFor() == 0);
        } catch (IOException | OutOfMemoryError e) { // or no thread: the other signals are still to be sent
            LOG.log(Level.WARNING, signal + " was not sent to process " + process.pid()
                    + ": the shell could not be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(ProcessSignal signal, boolean sent) {
        // the handle asks the system: the process object may not know yet that the child has ended
        if (!sent && process.toHandle().isAlive()) {
            LOG.log(Level.WARNING, signal + " was not sent to process " + process.pid()
                    + ", which runs: is it of another user?");
        }
    }
}
