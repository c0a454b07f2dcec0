package aio.core.signal;

import aio.core.foreign.CoreLog;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Catches signals through {@code sun.misc}, the JDK's only way. Any thread. */
final class JvmSignals implements SignalAccess {
    private static final CoreLog LOG = CoreLog.LOOP;

    @Override
    public Restore take(String name, Runnable caught) {
        Signal signal = new Signal(name);
        Ours ours = new Ours(caught);
        ours.previous = Signal.handle(signal, ours);
        return () -> give(signal, ours);
    }

    @Override
    public boolean exists(String name) {
        try {
            new Signal(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void give(Signal signal, Ours ours) {
        ours.caught = null;
        SignalHandler present = Signal.handle(signal, ours.previous);
        if (present != ours) {
            Signal.handle(signal, present);
            LOG.log(Level.WARNING, "the handler of signal SIG" + signal.getName() + " was replaced by " + present
                    + " meanwhile: that one is left there, and what was there before the loops' handlers is not "
                    + "restored");
        }
    }

    /** The core's handler; a retired one that is still called passes the signal on. */
    private static final class Ours implements SignalHandler {
        // Set to null before the handler is taken out: a signal that comes in between is passed on.
        private volatile @Nullable Runnable caught;

        // Set right after the handler was put in; not used before the handler is retired.
        private volatile SignalHandler previous = SIG_IGN;

        Ours(Runnable caught) {
            this.caught = caught;
        }

        @Override
        public void handle(Signal signal) {
            Runnable present = caught;
            if (present != null) {
                present.run();
            } else if (previous != SIG_DFL && previous != SIG_IGN) {
                previous.handle(signal);
            }
        }
    }
}
